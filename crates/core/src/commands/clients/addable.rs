use std::rc::Rc;

use portal_bridge::{
    Action, AddExisting, AddObstacle, AddableRow, ClientMade, GetAddable, Problem, ProblemKind,
};
use portal_wire::{
    OrganizationUserStatus, OrganizationUserType, ProductTier,
    client::{AddExistingRequest, AddableOrganization},
};

use super::super::Handle;
use crate::{
    Core,
    api::Call,
    session::{Membership, key_problem},
};

impl Handle for GetAddable {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<AddableRow>, Problem> {
        let provider = self.0;
        core.require(provider, Action::ViewAddable).await?;
        let call = Call::get(format!("/api/providers/{provider}/clients/addable"));
        let offered: Vec<AddableOrganization> = core.api.json(&call).await?;
        let me = core.open()?.me();
        let mut rows: Vec<AddableRow> = offered
            .iter()
            .map(|offer| AddableRow {
                organization: offer.id,
                name: offer.name.clone(),
                plan: offer.plan.clone(),
                seats: u32::try_from(offer.seats).unwrap_or_default(),
                obstacle: offer.disabled.then_some(AddObstacle::NeedsPurchase),
            })
            .collect();
        // What one has besides, with what stands in the way.
        let others = me.organizations.iter().filter(|own| offered.iter().all(|offer| offer.id != own.id));
        rows.extend(others.map(|own| AddableRow {
            organization: own.id,
            name: own.name.clone().unwrap_or_default(),
            plan: tier_word(own.product_tier_type),
            seats: own.seats.and_then(|seats| u32::try_from(seats).ok()).unwrap_or_default(),
            obstacle: Some(obstacle(own)),
        }));
        Ok(rows)
    }
}

impl Handle for AddExisting {
    async fn handle(self, core: &Rc<Core>) -> Result<ClientMade, Problem> {
        let Self { provider, organization } = self;
        core.require(provider, Action::AddExisting).await?;
        let open = core.open()?;
        let key = open.own_organization_key(organization).await?;
        let provider_key = open.provider_key(provider).await?;
        drop(open);
        core.check_organization_key(organization, &key).await?;
        let wrapped = provider_key.wrap(&key).map_err(|error| key_problem(&error))?;
        let body = AddExistingRequest { key: wrapped.to_string(), organization_id: organization };
        let added = core
            .api
            .done(&Call::post(format!("/api/providers/{provider}/clients/existing")).json(&body))
            .await;
        let uncertain = matches!(&added, Err(problem) if problem.kind == ProblemKind::Uncertain);
        if let (Err(problem), false) = (added, uncertain) {
            return Err(problem);
        }
        let clients = core.reload_clients(provider).await.map_err(|_| ProblemKind::Uncertain)?;
        if clients.table().find_organization(organization).is_none() {
            return Err(if uncertain {
                ProblemKind::Uncertain.into()
            } else {
                ProblemKind::BadAnswer.into()
            });
        }
        core.forget_seats(provider);
        // Now a provider manages it, which the profile tells; that may as well come a little later.
        let reloading = core.clone();
        core.spawn_in_session(async move {
            let _ = reloading.reload_me().await;
        });
        core.tell_provider(provider);
        core.made(provider, organization, "").await
    }
}

/// Why one's own organization is not offered.
fn obstacle(own: &Membership) -> AddObstacle {
    if own.provider_id.is_some() {
        AddObstacle::HasProvider(own.provider_name.clone())
    } else if own.kind != OrganizationUserType::Owner || own.status != OrganizationUserStatus::Confirmed {
        AddObstacle::NotOwner
    } else if own.enabled == Some(false) {
        AddObstacle::SwitchedOff
    } else if !matches!(
        own.product_tier_type,
        ProductTier::Teams | ProductTier::Enterprise | ProductTier::Unknown(_)
    ) {
        AddObstacle::Plan
    } else {
        AddObstacle::NotOffered
    }
}

pub(crate) fn tier_word(tier: ProductTier) -> String {
    match tier {
        ProductTier::Free => "Free".into(),
        ProductTier::Families => "Families".into(),
        ProductTier::Teams => "Teams".into(),
        ProductTier::Enterprise => "Enterprise".into(),
        ProductTier::TeamsStarter => "Teams Starter".into(),
        ProductTier::Unknown(_) => String::new(),
    }
}
