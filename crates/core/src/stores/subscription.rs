//! A provider's subscription as the contract tells it (§3.6.1): its pools of seats, and how it stands.

use std::{
    cell::{Cell, RefCell},
    num::NonZeroU32,
    rc::Rc,
};

use portal_bridge::{Amount, Cadence, Currency, Day, Overdue, Problem, ProblemKind, ProviderId, Rate};
use portal_domain::{billing::PlanFacts, seats::Pool};
use portal_wire::{
    PlanType, Timestamp,
    json::{Digits, Lenient},
};
use serde::Deserialize;

use crate::{Core, api::Call};

/// What a provider pays for. The contract's amounts are dollars.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Subscription {
    #[serde(default)]
    pub(crate) status: String,
    current_period_end_date: Option<Timestamp>,
    cancel_at: Option<Timestamp>,
    discount_percentage: Option<Digits>,
    pub(crate) collection_method: Option<String>,
    #[serde(default)]
    pub(crate) plans: Vec<ProviderPlan>,
    account_credit: Lenient<Digits>,
    suspension: Option<Suspension>,
}

/// One pool of seats.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProviderPlan {
    pub(crate) plan_name: String,
    #[serde(rename = "type")]
    pub(crate) kind: PlanType,
    seat_minimum: i32,
    purchased_seats: i32,
    assigned_seats: i32,
    cost: Lenient<Digits>,
    cadence: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suspension {
    suspension_date: Option<Timestamp>,
    unpaid_period_end_date: Option<Timestamp>,
}

/// The provider's subscription as last read, and when.
#[derive(Default)]
struct Known {
    read: RefCell<Option<(i64, Rc<Subscription>)>>,
    overdue: Cell<Option<Overdue>>,
    /// When it was last asked for what is overdue.
    asked: Cell<Option<i64>>,
}

/// What is overdue changes by the day: a core that lives on for days asks again now and then.
const OVERDUE_LASTS_MS: i64 = 3_600_000;

/// Who types a number of seats is answered from a subscription that was read at most so long ago: it changes seldom.
pub(crate) const SEATS_LAST_MS: i64 = 20_000;

impl Core {
    /// A provider's subscription, not older than this.
    pub(crate) async fn subscription(
        &self,
        provider: ProviderId,
        oldest_ms: i64,
    ) -> Result<Rc<Subscription>, Problem> {
        let known = self.stores.of::<Known>(provider);
        let now = self.platform.now_ms();
        if let Some((read_at, subscription)) = &*known.read.borrow()
            && (0..oldest_ms).contains(&(now - read_at))
        {
            return Ok(subscription.clone());
        }
        let call = Call::get(format!("/api/providers/{provider}/billing/subscription"));
        let subscription: Rc<Subscription> = Rc::new(self.api.json(&call).await?);
        *known.read.borrow_mut() = Some((now, subscription.clone()));
        known.asked.set(Some(now));
        if known.overdue.replace(subscription.overdue()) != subscription.overdue() {
            self.tell_provider(provider);
        }
        Ok(subscription)
    }

    /// Seats were changed: the subscription is read again when next needed.
    pub(crate) fn forget_seats(&self, provider: ProviderId) {
        self.stores.of::<Known>(provider).read.take();
    }

    /// What is overdue, as far as known; asked of the server the first time, and when that is an hour ago.
    pub(crate) fn overdue(self: &Rc<Self>, provider: ProviderId) -> Option<Overdue> {
        let known = self.stores.of::<Known>(provider);
        let now = self.platform.now_ms();
        if known.asked.get().is_none_or(|asked| !(0..OVERDUE_LASTS_MS).contains(&(now - asked))) {
            known.asked.set(Some(now));
            let core = self.clone();
            self.spawn_in_session(async move {
                let refused = |problem: &Problem| {
                    matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound)
                };
                // Where there is nothing to know it is not asked again; after a failure it is, with the next look at the frame.
                if let Err(problem) = core.subscription(provider, SEATS_LAST_MS).await
                    && !refused(&problem)
                {
                    core.stores.of::<Known>(provider).asked.set(None);
                }
            });
        }
        known.overdue.get()
    }
}

impl Subscription {
    /// What the contract's amounts are in.
    pub(crate) const CURRENCY: Currency = Currency::USD;

    /// The day after the last of the period under way.
    pub(crate) fn period_end(&self) -> Option<Day> {
        self.current_period_end_date.map(Day::of)
    }

    /// The day on which it ends.
    pub(crate) fn cancels(&self) -> Option<Day> {
        self.cancel_at.map(Day::of)
    }

    /// What is taken off everything.
    pub(crate) fn discount(&self) -> Option<Rate> {
        Rate::read(&self.discount_percentage.as_ref()?.0)
    }

    /// What the provider has to its credit.
    pub(crate) fn credit(&self) -> Option<Amount> {
        dollars(&self.account_credit)
    }

    /// What is overdue, by the payment service's word or by what it says will come of it.
    pub(crate) fn overdue(&self) -> Option<Overdue> {
        let suspension = self.suspension.as_ref();
        let told = matches!(self.status.as_str(), "past_due" | "unpaid");
        (told || suspension.is_some()).then(|| Overdue {
            suspended_on: suspension.and_then(|it| it.suspension_date).map(Day::of),
            unpaid_until: suspension.and_then(|it| it.unpaid_period_end_date).map(Day::of),
        })
    }
}

impl ProviderPlan {
    /// In cents: what the pool costs, divided by its seats.
    pub(crate) fn seat_price(&self) -> Option<u32> {
        let pool = self.pool();
        let seats = NonZeroU32::new(pool.seat_minimum.checked_add(pool.purchased)?)?;
        let cents = self.cost()?.share(1, seats).ok()?;
        u32::try_from(cents.minor()).ok().filter(|cents| *cents > 0)
    }

    /// Its seats.
    pub(crate) fn pool(&self) -> Pool {
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Pool {
            seat_minimum: count(self.seat_minimum),
            assigned: count(self.assigned_seats),
            purchased: count(self.purchased_seats),
        }
    }

    /// What it costs for a period, before discount.
    pub(crate) fn cost(&self) -> Option<Amount> {
        dollars(&self.cost)
    }

    /// How often that is paid.
    pub(crate) fn cadence(&self) -> Option<Cadence> {
        match self.cadence.as_deref() {
            Some("Monthly") => Some(Cadence::Monthly),
            Some("Annual") => Some(Cadence::Annual),
            _ => PlanFacts::of(self.kind).map(|facts| facts.cadence),
        }
    }
}

/// An amount of the contract, digit by digit.
fn dollars(number: &Lenient<Digits>) -> Option<Amount> {
    Subscription::CURRENCY.read_amount(&number.0.as_ref()?.0)
}
