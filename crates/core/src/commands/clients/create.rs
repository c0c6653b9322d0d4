use std::rc::Rc;

use portal_bridge::{
    Action, ClientMade, CreateClient, Field, InvitationLink, InvitedTo, OrganizationId, Problem, ProblemKind,
    ProviderId,
};
use portal_domain::limits::Stored;
use portal_keys::{EncString, SymmetricKey};
use portal_wire::{client::CreateClientRequest, organization};

use super::{
    super::{
        Handle,
        attempts::{Attempt, Attempts, Keys},
    },
    seats::plan_type,
};
use crate::{
    Core,
    api::{Call, refusal},
    fields::Fields,
    session::key_problem,
};

impl Handle for CreateClient {
    async fn handle(self, core: &Rc<Core>) -> Result<ClientMade, Problem> {
        let provider = self.provider;
        core.require(provider, Action::CreateClient).await?;
        let mut fields = Fields::default();
        let name = fields.name(Field::Name, &self.name, Stored::Plain);
        let owner_email = fields.email(Field::OwnerEmail, &self.owner_email);
        let seats = fields.seats(self.seats, 1);
        fields.finish()?;

        let attempt = core.stores.of::<Attempts>(provider).attempt(self.attempt);
        let _turn = attempt.turn.lock().await;
        if let Some(made) = attempt.made.get() {
            return core.made(provider, made, &owner_email).await;
        }
        let keys = core.attempt_keys(provider, &attempt).await?;
        if attempt.sent.get() {
            // An earlier try may have come through after all.
            core.reload_clients(provider).await.map_err(|_| ProblemKind::Uncertain)?;
            if let Some(made) = core.find_by_key(provider, &keys.wrapped).await? {
                attempt.made.set(Some(made));
                return core.made(provider, made, &owner_email).await;
            }
        }
        let body = CreateClientRequest {
            name,
            owner_email: owner_email.clone(),
            plan_type: plan_type(self.plan),
            seats,
            key: keys.wrapped.to_string(),
            key_pair: organization::KeyPair {
                public_key: keys.pair.public.to_base64(),
                encrypted_private_key: keys.pair.wrapped_private.to_string(),
            },
            collection_name: keys.collection.to_string(),
        };
        attempt.sent.set(true);
        let outcome = core.send_create(provider, &body).await;
        if let Outcome::Refused(problem) = outcome {
            attempt.sent.set(false);
            return Err(problem);
        }
        // The answer holds no id: the client is found by its key, which no other has.
        let read = core.reload_clients(provider).await;
        let found = match read {
            Ok(_) => core.find_by_key(provider, &keys.wrapped).await?,
            Err(problem) if matches!(problem.kind, ProblemKind::Locked | ProblemKind::SignedOut) => {
                return Err(problem);
            }
            Err(_) => return Err(ProblemKind::Uncertain.into()),
        };
        match (found, outcome) {
            (Some(made), _) => {
                attempt.made.set(Some(made));
                core.forget_seats(provider);
                core.tell_provider(provider);
                core.made(provider, made, &owner_email).await
            }
            // The server answered, and nothing is there: it certainly was not made.
            (None, Outcome::Failed(problem)) => Err(problem),
            (None, _) => Err(ProblemKind::Uncertain.into()),
        }
    }
}

/// What came of sending.
enum Outcome {
    Done,
    /// Certainly not carried out.
    Refused(Problem),
    /// The server failed at it and said so.
    Failed(Problem),
    /// Nobody knows.
    Unknown,
}

impl Core {
    async fn attempt_keys(&self, provider: ProviderId, attempt: &Attempt) -> Result<Rc<Keys>, Problem> {
        if let Some(keys) = attempt.keys() {
            return Ok(keys);
        }
        let provider_key = self.open()?.provider_key(provider).await?;
        let key = SymmetricKey::generate().map_err(|error| key_problem(&error))?;
        let wrapped = provider_key.wrap(&key).map_err(|error| key_problem(&error))?;
        attempt.keep_keys(&key, wrapped).await
    }

    async fn send_create(&self, provider: ProviderId, body: &CreateClientRequest) -> Outcome {
        let call = Call::post(format!("/api/providers/{provider}/clients")).json(body);
        match self.api.answer(&call).await {
            Ok((reply, _)) if reply.is_success() => Outcome::Done,
            // A gateway answers for a server that may still be at it.
            Ok((reply, _)) if matches!(reply.status, 502..=504) => Outcome::Unknown,
            Ok((reply, _)) if reply.status >= 500 => Outcome::Failed(refusal(&call.repeatable(), &reply)),
            Ok((reply, _)) => Outcome::Refused(refusal(&call, &reply)),
            Err(problem) if problem.kind == ProblemKind::Uncertain => Outcome::Unknown,
            Err(problem) => Outcome::Refused(problem),
        }
    }

    async fn find_by_key(
        self: &Rc<Self>,
        provider: ProviderId,
        key: &EncString,
    ) -> Result<Option<OrganizationId>, Problem> {
        let table = self.clients(provider).await?.table();
        Ok(table.find_key(key).and_then(|row| table.organization(row)))
    }

    /// The row of a client that was just made, and the owner's link where the server sends no mail.
    pub(super) async fn made(
        self: &Rc<Self>,
        provider: ProviderId,
        organization: OrganizationId,
        owner_email: &str,
    ) -> Result<ClientMade, Problem> {
        let table = self.clients(provider).await?.table();
        let row = table.find_organization(organization).and_then(|row| table.row(row));
        let client = row.ok_or(ProblemKind::NotFound)?;
        let to = InvitedTo::Organization(client.name.clone());
        // Where the links cannot be read now, the page of the client has them later.
        let links = self.invitation_links(provider).await.unwrap_or_default();
        let is_owners = |link: &InvitationLink| link.to == to && link.email.eq_ignore_ascii_case(owner_email);
        let owner_link = links.into_iter().rev().find(is_owners).map(|link| link.link);
        Ok(ClientMade { client, owner_link })
    }
}
