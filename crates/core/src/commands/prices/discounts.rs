//! The discount tiers, and how far the next one is.

use std::rc::Rc;

use portal_bridge::{
    BillingFault, BooksOf, DiscountsView, Fault, GetDiscounts, Mark, Money, MonthCost, NextTierMoney,
    NextTierView, PlanText, Problem, ProblemKind, SaveSeatCosts, SaveTiers, SeatCosts, SeatsCounted, TierRow,
    TierText,
};
use portal_domain::{
    billing::{
        Agreement, Amount, NextTier, PlanFacts, Price, PriceTable, Tier, Tiers, TiersError, TooMuch, Volume,
    },
    limits::{SeatsError, parse_seats},
};
use portal_wire::{PlanType, ProductTier};

use super::{
    super::Handle,
    mark,
    typed::{self, Typed, refused},
    unchanged,
};
use crate::{
    Core,
    stores::{
        agreed::{AGREEMENT, Agreed},
        portfolio::Seats,
        subscription::{ProviderPlan, SEATS_LAST_MS},
    },
};

/// The plans of today's generation that clients can have, in the order of their names.
pub(super) const PLANS: [PlanType; 4] = [
    PlanType::TeamsMonthly,
    PlanType::TeamsAnnually,
    PlanType::EnterpriseMonthly,
    PlanType::EnterpriseAnnually,
];

impl Handle for GetDiscounts {
    async fn handle(self, core: &Rc<Core>) -> Result<Box<DiscountsView>, Problem> {
        let agreed = core.agreed(self.0).await?;
        let (listed, counted) = core.seats_that_count(self.0, &agreed).await?;
        let unassigned = core.seats_nobody_has(self.0).await?;
        view(&agreed, listed, &unassigned, counted).map(Box::new).map_err(beyond)
    }
}

impl Handle for SaveTiers {
    async fn handle(self, core: &Rc<Core>) -> Result<Mark, Problem> {
        core.may_bill(self.of).await?;
        let tiers = read_tiers(&self.rows)?;
        let save = |agreement: &mut Agreement| {
            unchanged(&agreement.tiers, &self.before)?;
            agreement.tiers = Some(tiers.clone());
            Ok(mark(&agreement.tiers))
        };
        core.books(self.of).edit(AGREEMENT, save).await
    }
}

impl Handle for SaveSeatCosts {
    async fn handle(self, core: &Rc<Core>) -> Result<Mark, Problem> {
        core.may_bill(self.of).await?;
        let prices = read_costs(&self.currency, &self.plans)?;
        let save = |agreement: &mut Agreement| {
            unchanged(&agreement.prices, &self.before)?;
            agreement.prices = prices.clone();
            Ok(mark(&agreement.prices))
        };
        core.books(self.of).edit(AGREEMENT, save).await
    }
}

impl Core {
    /// The seats that count towards a discount, by plan, and who counted them.
    async fn seats_that_count(
        self: &Rc<Self>,
        of: BooksOf,
        agreed: &Agreed,
    ) -> Result<(Vec<(PlanType, u32)>, SeatsCounted), Problem> {
        let BooksOf::Provider(provider) = of else { return self.members_that_count(agreed).await };
        let table = self.clients(provider).await?.table();
        let listed = (0..table.len()).filter_map(|index| {
            let client = table.row(index)?;
            Some((plan_named(table.plan(index))?, client.assigned.unwrap_or(client.used)))
        });
        let counted = if agreed.server.is_some() { SeatsCounted::Server } else { SeatsCounted::Clients };
        Ok((listed.collect(), counted))
    }

    /// The seats of a provider's pools that are paid for and assigned to no client.
    async fn seats_nobody_has(&self, of: BooksOf) -> Result<Vec<(PlanType, u32)>, Problem> {
        let BooksOf::Provider(provider) = of else { return Ok(Vec::new()) };
        let subscription = match self.subscription(provider, SEATS_LAST_MS).await {
            Ok(subscription) => subscription,
            // A server that tells of no subscription has no pools either.
            Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotAllowed) => {
                return Ok(Vec::new());
            }
            Err(problem) => return Err(problem),
        };
        let of_pool = |plan: &ProviderPlan| (plan.kind, plan.pool().unassigned());
        Ok(subscription.plans.iter().map(of_pool).collect())
    }

    /// Servers without providers assign no seats that cost anything: whoever is a member has one.
    async fn members_that_count(
        self: &Rc<Self>,
        agreed: &Agreed,
    ) -> Result<(Vec<(PlanType, u32)>, SeatsCounted), Problem> {
        self.portfolio_so_far().await?;
        self.read_portfolio();
        let (mut seats, mut missing) = (Vec::new(), 0);
        for client in self.open()?.me().billed_clients() {
            let Some(plan) = plan_of_tier(client.product_tier_type, agreed.prices()) else { continue };
            match self.portfolio().own(client.id).and_then(|own| own.members) {
                Some(members) => seats.push((plan, Seats::of(&members).used)),
                None => missing += 1,
            }
        }
        Ok((seats, SeatsCounted::Members { missing }))
    }
}

/// A plan by the name it has in a list of clients; all generations have one name.
fn plan_named(name: &str) -> Option<PlanType> {
    PLANS.into_iter().find(|plan| PlanFacts::of(*plan).is_some_and(|facts| facts.name == name))
}

/// Of an organization one looks after oneself only the tier is told: its plan is the one that has a price, paid by the month if both do.
fn plan_of_tier(tier: ProductTier, prices: Option<&PriceTable>) -> Option<PlanType> {
    let (monthly, annually) = match tier {
        ProductTier::Teams => (PlanType::TeamsMonthly, PlanType::TeamsAnnually),
        ProductTier::Enterprise => (PlanType::EnterpriseMonthly, PlanType::EnterpriseAnnually),
        _ => return None,
    };
    let priced = |plan| prices.is_some_and(|prices| prices.price(plan).is_ok());
    Some(if priced(annually) && !priced(monthly) { annually } else { monthly })
}

fn view(
    agreed: &Agreed,
    listed: Vec<(PlanType, u32)>,
    unassigned: &[(PlanType, u32)],
    counted: SeatsCounted,
) -> Result<DiscountsView, TooMuch> {
    let (tiers, prices) = (agreed.tiers(), agreed.prices());
    let volume = Volume::of(listed, unassigned, prices)?;
    let seats = agreed.server.as_ref().map_or(volume.seats, |server| server.seats);
    let more = volume.more.map_or(Amount::ZERO, |(_, price)| price);
    let progress = tiers.progress(seats, volume.full, more)?;
    let money = |amount| prices.map(|prices| Money { amount, currency: prices.currency() });
    let paid = volume.full.minus(progress.discount.of(volume.full)?)?;
    let month = money(volume.full).zip(money(paid)).map(|(full, paid)| MonthCost { full, paid });
    let next = progress.next.map(|next| {
        let worth = next.worth()?;
        let told = || next_money(next, worth, volume.more?, money);
        Ok(NextTierView { tier: row(&next.tier), missing: next.missing, money: told() })
    });
    let entered = agreed.entered.tiers();
    Ok(DiscountsView {
        seats,
        counted,
        from_server: agreed.server.is_some(),
        differ: agreed.server.is_some() && agreed.entered.tiers.is_some() && entered != tiers,
        discount: progress.discount,
        month,
        next: next.transpose()?,
        unpriced: volume.unpriced,
        form: entered.rows().iter().map(text).collect(),
        entered: agreed.entered.tiers.is_some(),
        mark: mark(&agreed.entered.tiers),
        costs: costs(agreed),
        tiers: tiers.rows().iter().map(row).collect(),
    })
}

fn next_money(
    next: NextTier,
    worth: Amount,
    (plan, seat): (PlanType, Amount),
    money: impl Fn(Amount) -> Option<Money>,
) -> Option<NextTierMoney> {
    Some(NextTierMoney {
        saves: money(next.saves)?,
        missing_cost: money(next.missing_cost)?,
        worth: money(worth)?,
        seat: money(seat)?,
        plan: plan_name(plan).to_owned(),
    })
}

/// The name of a plan.
pub(super) fn plan_name(plan: PlanType) -> &'static str {
    PlanFacts::of(plan).map(|facts| facts.name).unwrap_or_default()
}

fn costs(agreed: &Agreed) -> SeatCosts {
    let prices = agreed.prices();
    let price = |plan: PlanType| {
        let prices = prices?;
        Some(Money { amount: prices.price(plan).ok()?.provider_seat, currency: prices.currency() })
    };
    let line = |plan: PlanType| PlanText {
        plan: plan.number(),
        name: plan_name(plan).to_owned(),
        text: price(plan).map(|price| price.currency.plain(price.amount)).unwrap_or_default(),
    };
    SeatCosts {
        from_server: agreed.server.is_some(),
        currency: prices.map(|prices| prices.currency().code().to_owned()).unwrap_or_default(),
        plans: PLANS.into_iter().map(line).collect(),
        told: PLANS.into_iter().filter_map(|plan| Some((plan_name(plan).to_owned(), price(plan)?))).collect(),
        mark: mark(&agreed.entered.prices),
    }
}

fn row(tier: &Tier) -> TierRow {
    TierRow { from_seats: tier.from_seats, discount: tier.discount }
}

fn text(tier: &Tier) -> TierText {
    TierText { from_seats: tier.from_seats.to_string(), discount: tier.discount.to_string() }
}

fn read_tiers(rows: &[TierText]) -> Result<Tiers, Problem> {
    let mut typed = Typed::default();
    let mut tiers = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let from = typed.take(&from_key(index), seats(&row.from_seats));
        let discount = typed.take(&discount_key(index), typed::share(&row.discount));
        tiers.extend(from.zip(discount).map(|(from_seats, discount)| Tier { from_seats, discount }));
    }
    let tiers = typed.finish(Some(tiers))?;
    let place = |seats: u32| tiers.iter().rposition(|tier| tier.from_seats == seats).unwrap_or_default();
    Tiers::new(tiers.clone()).map_err(|error| match error {
        TiersError::TooMany => {
            refused("tiers", Fault::TooMany { limit: u32::try_from(Tiers::MOST).unwrap_or(u32::MAX) })
        }
        TiersError::FromNothing => refused(&from_key(place(0)), Fault::TooSmall { limit: 1 }),
        TiersError::NotRising(seats) => {
            refused(&from_key(place(seats)), Fault::Billing(BillingFault::NotRising))
        }
        TiersError::NotAShare(seats) => {
            refused(&discount_key(place(seats)), Fault::Billing(BillingFault::NotAShare))
        }
        TiersError::Falling(seats) => {
            refused(&discount_key(place(seats)), Fault::Billing(BillingFault::Falling))
        }
    })
}

fn from_key(index: usize) -> String {
    format!("from-{index}")
}

fn discount_key(index: usize) -> String {
    format!("discount-{index}")
}

fn seats(text: &str) -> Result<u32, Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Missing);
    }
    parse_seats(text).map_err(|error| match error {
        SeatsError::NotANumber => Fault::Billing(BillingFault::NotANumber),
        SeatsError::None => Fault::TooSmall { limit: 1 },
        SeatsError::TooMany => Fault::TooLarge { limit: portal_domain::limits::MOST_SEATS },
    })
}

/// `None` where nothing was typed: then no price is known.
fn read_costs(code: &str, plans: &[PlanText]) -> Result<Option<PriceTable>, Problem> {
    if plans.iter().all(|plan| plan.text.trim().is_empty()) {
        return Ok(None);
    }
    let mut typed = Typed::default();
    let Some(currency) = typed.take("currency", typed::currency(code)) else {
        return typed.finish(None);
    };
    let mut prices = Vec::new();
    for (index, plan) in plans.iter().enumerate().filter(|(_, plan)| !plan.text.trim().is_empty()) {
        let read = currency.parse_price(&plan.text).map_err(typed::number);
        let price = typed.take(&format!("seat-{index}"), read);
        prices.extend(price.map(|seat| {
            (PlanType::from(plan.plan), Price { seat, provider_seat: seat, ..Price::default() })
        }));
    }
    let prices = typed.finish(Some(prices))?;
    PriceTable::new(currency, prices)
        .map(Some)
        .map_err(|error| Problem::with(ProblemKind::Refused, error.to_string()))
}

fn beyond(error: TooMuch) -> Problem {
    Problem::with(ProblemKind::BadAnswer, error.to_string())
}
