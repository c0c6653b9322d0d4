//! `portal-server billing`: what whoever runs the server does about money.

use clap::Subcommand;
use portal_wire::{OrganizationId, ProviderId};

use crate::{
    app::Context,
    operator::{self, OperatorError},
};

#[derive(Subcommand)]
pub(super) enum Billing {
    /// List the invoices, oldest first: number, provider, day, due day, open or paid, total, and what is to pay of it.
    Invoices {
        /// Only those of this provider.
        #[arg(long, value_name = "ID")]
        provider: Option<ProviderId>,
    },
    /// Mark an invoice as paid. A provider that was suspended for it works again.
    Paid {
        /// Its number, as in the list.
        number: String,
    },
    /// Agree on what a seat of a plan costs a provider, for every invoice that is still to be made.
    Price {
        /// 17 (Teams monthly), 19 (Enterprise monthly) or 20 (Enterprise annually).
        plan: i32,
        /// Dollars for a seat and the plan's period, such as 4.50.
        dollars: String,
    },
    /// Replace the discounts by volume. Without rows there is none.
    Discounts {
        /// Cumulative seats and percent, such as 500=7.5.
        rows: Vec<String>,
    },
    /// Bill a client by itself from today on.
    Alone {
        /// The client's organization.
        client: OrganizationId,
    },
    /// Bill a client out of its provider's pool of seats again.
    Pooled {
        /// The client's organization.
        client: OrganizationId,
    },
}

pub(super) async fn run(context: &Context, command: Billing) -> Result<(), OperatorError> {
    match command {
        Billing::Invoices { provider } => {
            for invoice in operator::invoices(context, provider).await? {
                println!(
                    "{}  {}  {}  due {}  {}  {}  to pay {}",
                    invoice.number,
                    invoice.provider,
                    invoice.issued,
                    invoice.due,
                    invoice.status,
                    invoice.total,
                    invoice.to_pay
                );
            }
            Ok(())
        }
        Billing::Paid { number } => operator::mark_paid(context, &number).await,
        Billing::Price { plan, dollars } => operator::set_price(context, plan, &dollars).await,
        Billing::Discounts { rows } => operator::set_discounts(context, &rows).await,
        Billing::Alone { client } => operator::bill_alone(context, client, true).await,
        Billing::Pooled { client } => operator::bill_alone(context, client, false).await,
    }
}
