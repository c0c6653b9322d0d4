//! What a provider pays for, and what it was billed.

mod address;
mod charged;
mod invoices;
mod outlook;
mod pools;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use futures::join;
use portal_bridge::{
    Action, Amount, BillsView, BooksOf, GetSubscription, Problem, ProviderId, SubscriptionView, Verdict,
};
use portal_domain::{
    access::verdict,
    billing::{Agreement, Tiers},
};

use super::Handle;
use crate::{
    Core,
    stores::{agreed::AGREEMENT, charges::Terms, subscription::Subscription},
};
use outlook::{Discounts, next_charge};
use pools::{Priced, alone, costs, pools};

/// A page that is told that clients are read asks again; the subscription it asked for just now is still good then.
const STILL_GOOD_MS: i64 = 1_500;

impl Handle for GetSubscription {
    async fn handle(self, core: &Rc<Core>) -> Result<Box<SubscriptionView>, Problem> {
        let provider = self.0;
        core.require(provider, Action::ViewProviderSubscription).await?;
        let (subject, situation) = core.rights_base(provider).await?;
        let sees_bills = verdict(Action::ViewProviderBilling, subject, &situation) == Verdict::Allowed;
        let (subscription, agreed, warnings, clients) = join!(
            core.subscription(provider, STILL_GOOD_MS),
            core.agreed_with(provider, sees_bills),
            async { if sees_bills { core.warnings(provider).await.ok() } else { None } },
            core.clients_so_far(provider),
        );
        let (subscription, agreed) = (subscription?, agreed?);
        let entered = match &agreed {
            None if sees_bills => core.tiers_entered(provider).await,
            _ => None,
        };
        let table = clients.count().map(|_| clients.table());
        let table = table.as_deref();
        let alone = alone(agreed.as_ref(), table);
        let pools = pools(&subscription, &alone, table);
        let over = table.map(|table| {
            let is_over = |row: &usize| matches!(table.seats(*row), (Some(seats), used) if used > seats);
            u32::try_from((0..table.len()).filter(is_over).count()).unwrap_or(u32::MAX)
        });
        let priced = Priced {
            costs: costs(&pools, &alone, subscription.discount()).unwrap_or_default(),
            largest: subscription
                .plans
                .iter()
                .max_by_key(|plan| plan.pool().assigned.max(plan.pool().seat_minimum)),
        };
        let seat_price = priced.largest.and_then(|plan| match &agreed {
            Some(agreed) => agreed.price(plan.kind),
            None => plan.seat_price().and_then(|cents| Amount::new(cents.into()).ok()),
        });
        let bills = sees_bills.then(|| {
            let credit = agreed.as_ref().map_or_else(|| subscription.credit(), |agreed| Some(agreed.credit));
            Box::new(BillsView {
                next: next_charge(&subscription, agreed.as_ref(), &priced, credit, table),
                credit,
                tiers: Discounts::of(agreed.as_ref(), entered, &subscription)
                    .map(|discounts| discounts.outlook(&priced, seat_price)),
                tax_id: warnings.and_then(|warnings| warnings.tax_id).map(|tax_id| tax_id.kind),
            })
        });
        Ok(Box::new(SubscriptionView {
            provider,
            status: subscription.status.clone(),
            period_end: subscription.period_end(),
            cancels: subscription.cancels(),
            by_invoice: subscription.collection_method.as_deref() == Some("send_invoice"),
            currency: Subscription::CURRENCY,
            total: pools::total(&pools),
            pools,
            alone,
            over,
            discount: subscription.discount(),
            overdue: subscription.overdue(),
            costs: priced.costs,
            bills,
        }))
    }
}

impl Core {
    /// The tiers that were entered, where the server tells none. Without them the page says less, and no more is wrong with it.
    async fn tiers_entered(self: &Rc<Self>, provider: ProviderId) -> Option<Tiers> {
        let agreement = self.books(BooksOf::Provider(provider)).read::<Agreement>(AGREEMENT).await;
        agreement.ok().flatten()?.tiers
    }

    /// What was agreed with the provider, where the server tells it: only the embedded one does.
    async fn agreed_with(&self, provider: ProviderId, sees_bills: bool) -> Result<Option<Terms>, Problem> {
        if !sees_bills {
            return Ok(None);
        }
        // Nothing is converted: what is in another currency does not go with the contract's dollars.
        let terms = self.provider_terms(provider).await?;
        Ok(terms.filter(|terms| terms.currency == Subscription::CURRENCY))
    }
}
