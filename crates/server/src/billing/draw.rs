//! Making the invoice of the next month that is over.

use portal_domain::billing::{Amount, Charge, ClientInvoiceRow, Day, PlanFacts, Standing};
use portal_wire::{ProviderId, Timestamp};

use super::{Account, BillingError};
use crate::store::{
    Tx,
    billing::{
        clients::{ManagedClient, managed},
        cycles,
        issue::{InvoicedClient, NewInvoice, issue},
    },
};

/// Days from an invoice to the day it is due: as long as it may be overdue before the provider is suspended.
const DUE_IN: i32 = Standing::GRACE_BY_INVOICE;

/// Bills the next month if it is over, and tells whether it did. A month that owes nothing has no invoice. The provider is locked.
pub(super) async fn next_invoice(
    tx: &mut Tx,
    provider: ProviderId,
    now: Timestamp,
) -> Result<bool, BillingError> {
    let today = Day::of(now);
    let Some(cycle) = cycles::of(tx, provider).await? else { return Ok(false) };
    let Some(window) = cycle.window().filter(|window| window.end() <= today) else { return Ok(false) };
    let account = Account::read(tx, provider).await?;
    let charge = account.charge(&cycle, window)?;
    let (credit_used, credit) = settle(&charge, cycle.credit)?;
    if !charge.lines.is_empty() {
        let clients = table(&account, managed(tx, provider).await?, &charge)?;
        let alone = account.clients_alone();
        let due = today.plus(DUE_IN);
        let new = NewInvoice {
            provider,
            window,
            due,
            charge: &charge,
            alone: &alone,
            credit_used,
            clients: &clients,
        };
        let number = issue(tx, new, now).await?;
        tracing::info!(%provider, number, %today, "an invoice was made");
    }
    cycles::close(tx, provider, window.end(), credit).await?;
    Ok(true)
}

/// How much of an invoice the provider's credit pays, and what credit there is then: an invoice below nothing adds to it.
fn settle(charge: &Charge, credit: Amount) -> Result<(Amount, Amount), BillingError> {
    let used = credit.min(charge.total);
    Ok((used.max(Amount::ZERO), credit.minus(used)?))
}

/// The table of clients as they are now, in the contract's order (§3.6).
fn table(
    account: &Account,
    clients: Vec<ManagedClient>,
    charge: &Charge,
) -> Result<Vec<InvoicedClient>, BillingError> {
    let mut rows = Vec::with_capacity(clients.len());
    for ManagedClient { organization, name, plan, assigned, used } in clients {
        let total = ClientInvoiceRow::estimated(assigned, account.seat_price(plan)?, charge.discount)?;
        let plan_name = plan_name(plan);
        rows.push(InvoicedClient {
            organization: Some(organization),
            name,
            plan_name,
            assigned,
            used,
            total,
        });
    }
    for pool in account.pools() {
        let (plan_name, price) = (plan_name(pool.plan), account.seat_price(pool.plan)?);
        let unassigned = ClientInvoiceRow::unassigned(&plan_name, pool.pool, price, charge.discount)?;
        if let Some(ClientInvoiceRow { client, assigned, used, total, .. }) = unassigned {
            let name = client.to_owned();
            rows.push(InvoicedClient { organization: None, name, plan_name, assigned, used, total });
        }
    }
    Ok(rows)
}

fn plan_name(plan: portal_wire::PlanType) -> String {
    PlanFacts::of(plan).map(|facts| facts.name).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use portal_domain::billing::{Currency, Rate};

    use super::*;

    #[test]
    fn credit_pays_as_much_as_there_is_and_what_is_given_back_becomes_credit() {
        let amount = |minor| Amount::new(minor).unwrap();
        let settled = |total: i64, credit: i64| {
            let charge = Charge {
                currency: Currency::USD,
                lines: Vec::new(),
                subtotal: amount(total),
                discount: Rate::ZERO,
                taken_off: Amount::ZERO,
                total: amount(total),
            };
            let (used, left) = settle(&charge, amount(credit)).unwrap();
            (used.minor(), left.minor())
        };
        assert_eq!(settled(100, 0), (0, 0));
        assert_eq!(settled(100, 30), (30, 0));
        assert_eq!(settled(100, 130), (100, 30));
        assert_eq!(settled(-54, 10), (0, 64));
        assert_eq!(settled(0, 10), (0, 10));
    }
}
