//! The clients and their owners.

use portal_bridge::{
    AcceptOrganizationInvitation, ConfirmMember, CreateClient, GetClient, GetMemberFingerprint, MemberStatus,
    RegistrationTicket, SaveAccount, UnlinkClients, UpdateClient,
};

use super::{Ids, Play};
use crate::{
    Failure,
    cast::{Client, Colleague},
    link::Link,
};

impl Play<'_> {
    pub(super) async fn create(&mut self, client: &'static Client) -> Result<(), Failure> {
        let question = CreateClient {
            provider: self.provider()?,
            name: client.name.to_owned(),
            owner_email: client.owner.email.to_owned(),
            plan: client.plan,
            seats: client.seats,
            attempt: u32::try_from(self.clients.len()).unwrap_or(u32::MAX),
        };
        let made = self.at_work(client.by).await?.ask(question).await?.client;
        self.clients.insert(client.name, Ids { link: Some(made.link), organization: made.organization });
        Ok(())
    }

    /// The owner opens an account at the link of the invitation, unless they have one, and accepts.
    pub(super) async fn accept_owner(&self, client: &'static Client) -> Result<(), Failure> {
        let link = self.invitation(&*self.at_work(&crate::cast::ANA).await?, client.owner.email).await?;
        self.accept(client.owner.email, client.owner.name, &link).await
    }

    /// Opens an account at a client's link, unless there is one, and accepts.
    pub(super) async fn accept(&self, email: &'static str, name: &str, link: &Link) -> Result<(), Failure> {
        let (organization, member) = (link.id("organizationId")?, link.id("organizationUserId")?);
        let token = link.text("token")?;
        let owner = match self.person(email) {
            Ok(known) => known,
            Err(_) => {
                let owner = self.enter(email, self.owner(email));
                let ticket = RegistrationTicket::Organization { organization, member, token: token.clone() };
                owner.register(ticket).await?;
                owner.ask(SaveAccount { name: name.to_owned() }).await?;
                owner
            }
        };
        owner.ask(AcceptOrganizationInvitation { organization, member, token }).await
    }

    pub(super) async fn confirm_owner(
        &self,
        by: &'static Colleague,
        client: &'static Client,
    ) -> Result<(), Failure> {
        let provider = self.provider()?;
        let organization = self.client(client.name)?.organization;
        let colleague = self.at_work(by).await?;
        let people = colleague.ask(GetClient { provider, organization }).await?.people;
        let waiting = people.into_iter().find(|person| {
            person.email == client.owner.email && person.status == MemberStatus::NeedsConfirmation
        });
        let member = waiting
            .ok_or_else(|| Failure::missing(format!("{} waiting to be confirmed", client.owner.name)))?
            .member;
        let phrase = colleague.ask(GetMemberFingerprint { provider, organization, member }).await?;
        self.compare(client.owner.email, &phrase).await?;
        colleague.ask(ConfirmMember { provider, organization, member, phrase }).await
    }

    pub(super) async fn update(
        &self,
        by: &'static Colleague,
        client: &'static str,
        name: Option<&str>,
        seats: Option<u32>,
    ) -> Result<(), Failure> {
        let link = self.link(client)?;
        let question =
            UpdateClient { provider: self.provider()?, link, name: name.map(str::to_owned), seats };
        self.at_work(by).await?.ask(question).await
    }

    pub(super) async fn unlink(
        &self,
        by: &'static Colleague,
        client: &'static Client,
    ) -> Result<(), Failure> {
        let links = vec![self.link(client.name)?];
        self.at_work(by).await?.finish(UnlinkClients { provider: self.provider()?, links }).await
    }
}
