use std::rc::Rc;

use portal_bridge::{CreateOrganization, Field, OrganizationId, OrganizationMade, Problem, ProblemKind};
use portal_domain::limits::Stored;
use portal_wire::{
    PlanType,
    organization::{CreateOrganizationRequest, KeyPair},
};

use super::super::{
    Handle,
    attempts::{Attempt, Attempts, Keys},
};
use crate::{Core, api::Call, fields::Fields};

impl Handle for CreateOrganization {
    async fn handle(self, core: &Rc<Core>) -> Result<OrganizationMade, Problem> {
        if !core.server().await?.creates_organizations() {
            return Err(ProblemKind::NotAllowed.into());
        }
        let mut fields = Fields::default();
        let name = fields.name(Field::Name, &self.name, Stored::Plain);
        let billing_email = fields.email(Field::BillingEmail, &self.billing_email);
        fields.finish()?;
        let attempt = core.stores.only::<Attempts>().attempt(self.attempt);
        let _turn = attempt.turn.lock().await;
        let made = |organization| OrganizationMade { organization, name: name.clone() };
        if let Some(organization) = attempt.made.get() {
            return Ok(made(organization));
        }
        let keys = core.own_attempt_keys(&attempt).await?;
        if attempt.sent.get()
            && let Some(organization) = core.find_own_by_key(&keys).await?
        {
            // An earlier try came through after all.
            attempt.made.set(Some(organization));
            return Ok(made(organization));
        }
        let body = CreateOrganizationRequest {
            name: name.clone(),
            billing_email,
            // Servers that let anybody make an organization do not look at it.
            plan_type: PlanType::Free,
            key: keys.wrapped.to_string(),
            keys: Some(KeyPair {
                public_key: keys.pair.public.to_base64(),
                encrypted_private_key: keys.pair.wrapped_private.to_string(),
            }),
            collection_name: keys.collection.to_string(),
        };
        attempt.sent.set(true);
        let sent = core.api.done(&Call::post("/api/organizations").json(&body)).await;
        let organization = match sent {
            // Whether it is there is seen in one's profile, by the key that no other has.
            Ok(_) => core.find_own_by_key(&keys).await?.ok_or(ProblemKind::BadAnswer)?,
            Err(problem) if problem.kind == ProblemKind::Uncertain => {
                core.find_own_by_key(&keys).await.ok().flatten().ok_or(problem)?
            }
            Err(problem) => {
                attempt.sent.set(false);
                return Err(problem);
            }
        };
        attempt.made.set(Some(organization));
        Ok(made(organization))
    }
}

impl Core {
    async fn own_attempt_keys(&self, attempt: &Attempt) -> Result<Rc<Keys>, Problem> {
        if let Some(keys) = attempt.keys() {
            return Ok(keys);
        }
        let own = self.own_public_key().await?;
        let (key, wrapped) = self.open()?.new_key_for_self(&own).await?;
        attempt.keep_keys(&key, wrapped).await
    }

    /// The organization with this key, by one's profile as it is now.
    async fn find_own_by_key(self: &Rc<Self>, keys: &Keys) -> Result<Option<OrganizationId>, Problem> {
        self.reload_me().await?;
        let wrapped = keys.wrapped.to_string();
        let me = self.open()?.me();
        Ok(me.organizations.iter().find(|own| own.key.as_deref() == Some(&wrapped)).map(|own| own.id))
    }
}
