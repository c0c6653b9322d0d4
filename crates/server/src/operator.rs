//! What whoever runs the server does, because the contract has no interface for it.

mod billing;

use portal_domain::{
    billing::Day,
    limits::{Stored, parse_email, parse_name},
};
use portal_wire::{PlanType, ProviderId, ProviderUserId};

use billing::refuse_unpaid;
pub use billing::{
    BillingOrderError, IssuedInvoice, bill_alone, invoices, mark_paid, set_discounts, set_price,
};

use crate::{
    app::Context,
    auth::tokens::{PROVIDER_TOKEN_LIFE, Purpose},
    http::{names, validation::normal_email},
    mail::letters,
    settings::Mode,
    store::{
        StoreError,
        billing::cycles,
        outbox,
        providers::{self, NewProvider, details},
    },
};

/// Why an operator's order is refused.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The name cannot be taken.
    #[error("the name: {0}")]
    Name(#[from] portal_domain::limits::TextError),
    /// The address cannot be taken.
    #[error("the admin's e-mail address: {0}")]
    Email(#[from] portal_domain::limits::EmailError),
    /// A number of seats makes no sense.
    #[error("a seat minimum is a number from 0 to {most}")]
    Seats {
        /// The most seats.
        most: u32,
    },
    /// The server has no providers at all.
    #[error(
        "this server has no providers: it runs with --mode owner, in which people own their organizations"
    )]
    OwnerMode,
    /// There is no such provider.
    #[error("there is no provider {0}")]
    Unknown(ProviderId),
    /// The provider does not work because it has not paid, and would be suspended again within the hour.
    #[error(
        "the provider has not paid; once invoice {number} is, it works again: portal-server billing paid {number}"
    )]
    Unpaid {
        /// The invoice that is overdue longest.
        number: String,
    },
    /// Something is wrong with what was said about billing.
    #[error(transparent)]
    Billing(#[from] BillingOrderError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A provider to be made.
#[derive(Clone, Debug)]
pub struct ProviderOrder {
    /// Its name.
    pub name: String,
    /// The address of its first admin.
    pub admin_email: String,
    /// The Teams seats that are paid for in any case.
    pub teams_minimum: u32,
    /// The Enterprise seats that are paid for in any case.
    pub enterprise_minimum: u32,
}

/// A provider that was made.
#[derive(Clone, Debug)]
pub struct NewlyMade {
    /// The provider.
    pub provider_id: ProviderId,
    /// The membership the admin registers for, if there is no account of that address yet.
    pub invitation: Option<ProviderUserId>,
    /// The token of the set-up link.
    pub token: String,
    /// Where the admin sets the provider up, within 120 hours.
    pub link: String,
}

/// Makes a pending provider, and the link at which its first admin sets it up. The link is mailed too, where mail is set.
pub async fn create_provider(context: &Context, order: &ProviderOrder) -> Result<NewlyMade, OperatorError> {
    some_providers(context)?;
    let name = names::encode(&parse_name(&order.name, Stored::Encoded)?);
    let email = normal_email(&parse_email(&order.admin_email)?);
    let most = portal_domain::limits::MOST_SEATS;
    if order.teams_minimum > most || order.enterprise_minimum > most {
        return Err(OperatorError::Seats { most });
    }
    let now = context.clock.now();
    let seat_minimums = [
        (PlanType::TeamsMonthly, i64::from(order.teams_minimum)),
        (PlanType::EnterpriseMonthly, i64::from(order.enterprise_minimum)),
    ];
    let mut tx = context.store.write().await?;
    let new = NewProvider { name: Some(&name), admin_email: &email, seat_minimums: &seat_minimums };
    let made = providers::create(&mut tx, new, now).await?;
    let expires = now.saturating_add(PROVIDER_TOKEN_LIFE);
    let token = context.secrets.voucher(Purpose::ProviderSetup, made.provider_id, &email, expires);
    let link =
        letters::provider_setup_link(&context.settings, made.provider_id, &email, &token, made.invitation);
    outbox::add(&mut tx, letters::provider_setup(&email, &link, made.provider_id), now).await?;
    tx.commit().await?;
    Ok(NewlyMade { provider_id: made.provider_id, invitation: made.invitation, token, link })
}

/// Suspends a provider with all its clients, or lets them work again.
pub async fn set_provider_enabled(
    context: &Context,
    provider: ProviderId,
    enabled: bool,
) -> Result<(), OperatorError> {
    some_providers(context)?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    details::lock(&mut tx, provider).await?;
    if enabled {
        refuse_unpaid(&mut tx, provider, Day::of(now)).await?;
    }
    if !providers::set_enabled(&mut tx, provider, enabled, now).await? {
        return Err(OperatorError::Unknown(provider));
    }
    // From here on it is the operator's doing, which a payment does not undo.
    cycles::set_suspended_unpaid(&mut tx, provider, false).await?;
    Ok(tx.commit().await?)
}

/// Refuses what is about providers where there are none.
fn some_providers(context: &Context) -> Result<(), OperatorError> {
    match context.settings.mode {
        Mode::Provider => Ok(()),
        Mode::Owner => Err(OperatorError::OwnerMode),
    }
}
