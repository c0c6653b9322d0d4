use std::rc::Rc;

use portal_bridge::{
    AcceptOrganizationInvitation, AcceptStaffInvitation, Action, DeleteProvider, Field, FromCore, GetPlaces,
    GetProvider, GetProviderDetails, Moment, OrganizationCard, Places, Problem, ProblemKind, ProviderCard,
    ProviderDetails, ProviderId, ProviderState, ProviderView, SaveProvider, SetUpProvider, Suspension, Topic,
    Verdict,
};
use portal_domain::{
    access::{ProviderCondition, ProviderSituation, Situation, Subject, verdict, verdicts},
    html,
    limits::Stored,
};
use portal_wire::{
    OrganizationUserStatus, OrganizationUserType, ProviderStatus, Timestamp,
    organization::AcceptMemberRequest,
    provider::{
        AcceptStaffRequest, BillingAddress, SetupProviderRequest, TokenizedPaymentMethod,
        UpdateProviderRequest,
    },
};
use serde::Deserialize;

use super::{Handle, session::given};
use crate::{
    Core,
    api::Call,
    fields::Fields,
    session::Staffing,
    stores::{Clients, StaffCounts, staff::shown_role},
};

impl Handle for GetPlaces {
    async fn handle(self, core: &Rc<Core>) -> Result<Places, Problem> {
        let open = core.open()?;
        core.reload_old_me(&open);
        // Without an answer nobody is invited to make what the server might refuse.
        let creates = core.server().await.is_ok_and(|server| server.creates_organizations());
        let me = open.me();
        let card = |staffing: &Staffing| ProviderCard {
            id: staffing.id,
            name: staffing.name.clone(),
            role: shown_role(staffing.kind),
            state: state(staffing),
        };
        let organizations = me.organizations.iter().map(|membership| OrganizationCard {
            id: membership.id,
            name: membership.name.clone().unwrap_or_default(),
            role: role_word(membership.kind),
            enabled: membership.enabled.unwrap_or(true),
            managed_by: membership.provider_name.clone(),
            waiting: membership.status == OrganizationUserStatus::Accepted,
        });
        Ok(Places {
            providers: me.providers.iter().map(card).collect(),
            organizations: organizations.collect(),
            looked_after: u32::try_from(me.own_clients().count()).unwrap_or(u32::MAX),
            creates,
        })
    }
}

impl Handle for GetProvider {
    async fn handle(self, core: &Rc<Core>) -> Result<ProviderView, Problem> {
        let provider = self.0;
        let me = core.open()?.me();
        let staffing = me.staffing(provider)?;
        let (subject, situation) = core.rights_base(provider).await?;
        let state = state(staffing);
        let suspension = match state {
            ProviderState::Suspended => Some(core.suspension(provider, subject).await),
            ProviderState::Pending | ProviderState::Active => None,
        };
        let counts = match verdict(Action::ViewStaff, subject, &situation) {
            Verdict::Allowed => core.staff_counts(provider),
            Verdict::Disabled(_) | Verdict::Hidden => StaffCounts::default(),
        };
        let clients = match verdict(Action::ViewClients, subject, &situation) {
            Verdict::Allowed => core.client_count(provider),
            Verdict::Disabled(_) | Verdict::Hidden => None,
        };
        Ok(ProviderView {
            id: provider,
            name: staffing.name.clone().unwrap_or_default(),
            role: shown_role(staffing.kind),
            state,
            clients,
            waiting: counts.waiting,
            confirmed_admins: counts.confirmed_admins,
            rights: verdicts(subject, &situation),
            events: situation.provider.keeps_events,
            suspension,
            overdue: match (state, verdict(Action::ViewProviderSubscription, subject, &situation)) {
                (ProviderState::Active, Verdict::Allowed) => core.overdue(provider),
                _ => None,
            },
            key_missing: state != ProviderState::Pending && !situation.provider.has_key,
        })
    }
}

impl Handle for GetProviderDetails {
    async fn handle(self, core: &Rc<Core>) -> Result<ProviderDetails, Problem> {
        let provider = self.0;
        let details = core.fetch_provider(provider).await?;
        let clients = core.clients(provider).await?.count().unwrap_or_default();
        Ok(ProviderDetails {
            name: details.name.unwrap_or_default(),
            business_name: details
                .business_name
                .map(|name| html::decode(&name))
                .filter(|name| !name.is_empty()),
            billing_email: details.billing_email.unwrap_or_default(),
            created: Moment(details.creation_date.0),
            clients,
        })
    }
}

impl Handle for SaveProvider {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.require(self.provider, Action::EditProvider).await?;
        let mut fields = Fields::default();
        let body = UpdateProviderRequest {
            name: fields.name(Field::Name, &self.name, Stored::Encoded),
            business_name: fields.optional_name(
                Field::BusinessName,
                self.business_name.as_deref(),
                Stored::Encoded,
            ),
            billing_email: fields.email(Field::BillingEmail, &self.billing_email),
        };
        fields.finish()?;
        // The same details twice are the same as once.
        let call = Call::put(format!("/api/providers/{}", self.provider)).repeatable().json(&body);
        let saved: Provider = core.api.json(&call).await?;
        if saved.id != self.provider {
            return Err(ProblemKind::Mismatch.into());
        }
        core.reload_me().await
    }
}

impl Handle for DeleteProvider {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        // The server asks for no password here; the core does.
        core.login_hash(given(&self.password)?).await?;
        core.reload_clients(self.provider).await?;
        core.require(self.provider, Action::DeleteProvider).await?;
        let deleted = core.api.done(&Call::delete(format!("/api/providers/{}", self.provider))).await;
        let uncertain = matches!(&deleted, Err(problem) if problem.kind == ProblemKind::Uncertain);
        if let (Err(problem), false) = (&deleted, uncertain) {
            return Err(problem.clone());
        }
        core.reload_me()
            .await
            .map_err(|problem| if uncertain { ProblemKind::Uncertain.into() } else { problem })?;
        match core.open()?.me().staffing(self.provider) {
            Err(_) => Ok(()),
            Ok(_) if uncertain => Err(ProblemKind::ServerFailed.into()),
            Ok(_) => Err(ProblemKind::BadAnswer.into()),
        }
    }
}

impl Handle for SetUpProvider {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let mut fields = Fields::default();
        let name = fields.name(Field::Name, &self.name, Stored::Encoded);
        let business_name =
            fields.optional_name(Field::BusinessName, self.business_name.as_deref(), Stored::Encoded);
        let billing_email = fields.email(Field::BillingEmail, &self.billing_email);
        let country = self.country.trim().to_ascii_uppercase();
        let postal_code = self.postal_code.trim().to_owned();
        if country.len() != 2
            || !country.bytes().all(|letter| letter.is_ascii_uppercase())
            || postal_code.is_empty()
        {
            fields.refuse(Field::Other, portal_bridge::Fault::Malformed);
        }
        fields.finish()?;
        let own = core.own_public_key().await?;
        let (_, wrapped) = core.open()?.new_key_for_self(&own).await?;
        let body = SetupProviderRequest {
            name,
            business_name,
            billing_email,
            token: self.token,
            key: wrapped.to_string(),
            // Paying is between the provider and a payment service the portal does not know; the contract wants a token.
            payment_method: Some(TokenizedPaymentMethod { kind: "card".into(), token: "none".into() }),
            billing_address: Some(BillingAddress { country, postal_code, ..BillingAddress::default() }),
        };
        let done =
            core.api.done(&Call::post(format!("/api/providers/{}/setup", self.provider)).json(&body)).await;
        match done {
            Ok(()) => core.reload_me().await,
            Err(problem) if problem.kind == ProblemKind::Uncertain => {
                core.reload_me().await.map_err(|_| problem)?;
                let me = core.open()?.me();
                // The key tells one's own set-up from another's.
                let stored = me.staffing(self.provider)?.key.as_deref().map(str::to_owned);
                if stored == Some(wrapped.to_string()) {
                    Ok(())
                } else {
                    Err(ProblemKind::ServerFailed.into())
                }
            }
            Err(problem) => Err(problem),
        }
    }
}

impl Handle for AcceptStaffInvitation {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let Self { provider, membership, token } = self;
        let body = AcceptStaffRequest { token };
        core.api
            .done(&Call::post(format!("/api/providers/{provider}/users/{membership}/accept")).json(&body))
            .await
    }
}

impl Handle for AcceptOrganizationInvitation {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let Self { organization, member, token } = self;
        let body = AcceptMemberRequest { token, reset_password_key: None };
        core.api
            .done(&Call::post(format!("/api/organizations/{organization}/users/{member}/accept")).json(&body))
            .await?;
        // The invitation is accepted, whether or not the list of places can be read again now.
        let _ = core.reload_me().await;
        Ok(())
    }
}

impl Core {
    /// Who one is at a provider, and what its state is: what every verdict there starts from.
    pub(crate) async fn rights_base(&self, provider: ProviderId) -> Result<(Subject, Situation), Problem> {
        let open = self.open()?;
        let me = open.me();
        let staffing = me.staffing(provider)?;
        let situation = ProviderSituation {
            condition: ProviderCondition::of(staffing.provider_status, staffing.enabled.unwrap_or(true)),
            keeps_events: staffing.use_events.unwrap_or(true),
            has_key: open.provider_key(provider).await.is_ok(),
            has_clients: self.stores.of::<Clients>(provider).count().is_some_and(|count| count > 0),
        };
        let subject = Subject::staff(staffing.kind);
        Ok((subject, Situation { provider: situation, ..Situation::default() }))
    }

    /// Refuses what the role may not do, or not now, before anything is sent.
    pub(crate) async fn require(&self, provider: ProviderId, action: Action) -> Result<(), Problem> {
        let (subject, situation) = self.rights_base(provider).await?;
        match verdict(action, subject, &situation) {
            Verdict::Allowed => Ok(()),
            Verdict::Disabled(_) | Verdict::Hidden => Err(ProblemKind::NotAllowed.into()),
        }
    }

    /// A provider's details, as the server tells them now.
    async fn fetch_provider(&self, provider: ProviderId) -> Result<Provider, Problem> {
        let details: Provider = self.api.json(&Call::get(format!("/api/providers/{provider}"))).await?;
        if details.id == provider { Ok(details) } else { Err(ProblemKind::Mismatch.into()) }
    }

    /// What to do about a suspension: what the server says, or what one's role can.
    async fn suspension(&self, provider: ProviderId, subject: Subject) -> Suspension {
        let warning = self.warnings(provider).await.ok().and_then(|warnings| warnings.suspension);
        let cancels_at =
            warning.as_ref().and_then(|warning| warning.subscription_cancels_at).map(|at| Moment(at.0));
        match (warning.as_ref().map(|warning| warning.resolution.as_str()), subject) {
            (Some("contact_support"), _) => Suspension::ContactSupport,
            (Some("contact_administrator"), _) => Suspension::ContactAdministrator,
            (Some("add_payment_method"), _) | (_, Subject::ProviderAdmin) => {
                Suspension::AddPaymentMethod { cancels_at }
            }
            _ => Suspension::ContactAdministrator,
        }
    }

    /// What the server says needs attention in a provider's billing.
    pub(super) async fn warnings(&self, provider: ProviderId) -> Result<Warnings, Problem> {
        self.api.json(&Call::get(format!("/api/providers/{provider}/billing/vnext/warnings"))).await
    }

    /// Tells tabs that a provider's frame may look different now.
    pub(crate) fn tell_provider(&self, provider: ProviderId) {
        self.tabs.tell_all(&FromCore::Changed(Topic::Provider(provider)));
    }
}

/// A provider's details, as far as they are shown.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    id: ProviderId,
    name: Option<String>,
    business_name: Option<String>,
    billing_email: Option<String>,
    #[serde(default)]
    creation_date: Timestamp,
}

/// What needs attention in a provider's billing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Warnings {
    suspension: Option<SuspensionWarning>,
    pub(super) tax_id: Option<TaxIdWarning>,
}

/// Something is wrong with the tax id.
#[derive(Deserialize)]
pub(super) struct TaxIdWarning {
    /// The payment service's word.
    #[serde(rename = "type", default)]
    pub(super) kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SuspensionWarning {
    #[serde(default)]
    resolution: String,
    subscription_cancels_at: Option<Timestamp>,
}

fn state(staffing: &Staffing) -> ProviderState {
    match (staffing.provider_status, staffing.enabled.unwrap_or(true)) {
        (ProviderStatus::Pending, _) => ProviderState::Pending,
        (_, true) => ProviderState::Active,
        (_, false) => ProviderState::Suspended,
    }
}

/// A role in an organization in Bitwarden's word.
pub(super) fn role_word(kind: OrganizationUserType) -> String {
    match kind {
        OrganizationUserType::Owner => "Owner".into(),
        OrganizationUserType::Admin => "Admin".into(),
        OrganizationUserType::User => "User".into(),
        OrganizationUserType::Custom => "Custom".into(),
        OrganizationUserType::Unknown(number) => format!("Role {number}"),
    }
}
