//! The provider and its people.

use portal_bridge::{
    AcceptStaffInvitation, ConfirmStaff, Direction, GetAccount, GetStaff, GetStaffFingerprints, InviteStaff,
    ProviderUserId, RegistrationTicket, RemoveStaff, SaveAccount, SetStaffRole, SetUpProvider, StaffQuery,
    StaffRole, StaffSort, StaffStatus, StaffView, Window,
};
use portal_server::operator::{self, ProviderOrder};

use super::Play;
use crate::{
    Failure, Person,
    cast::{ANA, BILLING_EMAIL, BUSINESS, Colleague, ENTERPRISE_MINIMUM, PROVIDER, TEAMS_MINIMUM},
    link::Link,
};

impl Play<'_> {
    /// The operator makes the provider; its first admin opens an account at the set-up link and sets it up.
    pub(super) async fn found(&mut self) -> Result<(), Failure> {
        let app = self.stage.app().clone();
        let order = ProviderOrder {
            name: PROVIDER.to_owned(),
            admin_email: ANA.email.to_owned(),
            teams_minimum: TEAMS_MINIMUM,
            enterprise_minimum: ENTERPRISE_MINIMUM,
        };
        let made = self
            .stage
            .backstage(async move { operator::create_provider(app.context(), &order).await })
            .await??;
        let link = Link::parse(&made.link);
        let token = link.text("token")?;
        let provider = link.id("providerId")?;
        self.provider = Some(provider);
        let ana = self.enter(ANA.email, self.newcomer(ANA.email, ANA.device));
        let membership = link.id("providerUserId")?;
        ana.register(RegistrationTicket::Provider { membership, token: token.clone() }).await?;
        self.signed_in.borrow_mut().insert(ANA.email, self.stage.time().now());
        ana.ask(SaveAccount { name: ANA.name.to_owned() }).await?;
        ana.ask(SetUpProvider {
            provider,
            token,
            name: PROVIDER.to_owned(),
            business_name: Some(BUSINESS.to_owned()),
            billing_email: BILLING_EMAIL.to_owned(),
            country: "GB".to_owned(),
            postal_code: "PL1 2AA".to_owned(),
        })
        .await
    }

    pub(super) async fn invite(
        &self,
        by: &'static Colleague,
        whom: &[&'static Colleague],
    ) -> Result<(), Failure> {
        let Some(role) = whom.first().map(|colleague| colleague.role) else { return Ok(()) };
        let emails = whom.iter().map(|colleague| colleague.email.to_owned()).collect();
        self.at_work(by).await?.finish(InviteStaff { provider: self.provider()?, emails, role }).await
    }

    /// Opens an account at the link of the invitation, which lies in the mail or was passed on, and accepts.
    pub(super) async fn join(&self, colleague: &'static Colleague) -> Result<(), Failure> {
        let link = self.invitation(&*self.at_work(&ANA).await?, colleague.email).await?;
        let person = self.enter(colleague.email, self.newcomer(colleague.email, colleague.device));
        let (provider, membership) = (link.id("providerId")?, link.id("providerUserId")?);
        let token = link.text("token")?;
        person.register(RegistrationTicket::Provider { membership, token: token.clone() }).await?;
        person.ask(SaveAccount { name: colleague.name.to_owned() }).await?;
        person.ask(AcceptStaffInvitation { provider, membership, token }).await
    }

    /// Compares what both see, as two people would by telephone, and confirms.
    pub(super) async fn confirm(
        &self,
        by: &'static Colleague,
        whom: &'static Colleague,
    ) -> Result<(), Failure> {
        let provider = self.provider()?;
        let admin = self.at_work(by).await?;
        let staff = self.membership(&admin, whom, StaffStatus::NeedsConfirmation).await?;
        let fingerprints = admin.ask(GetStaffFingerprints { provider, staff: vec![staff] }).await?;
        let shown = fingerprints.into_iter().find_map(|fingerprint| fingerprint.phrase);
        let shown = shown.ok_or_else(|| Failure::missing(format!("the phrase of {}", whom.name)))?;
        self.compare(whom.email, &shown).await?;
        admin.finish(ConfirmStaff { provider, staff: vec![(staff, shown)] }).await
    }

    pub(super) async fn set_role(
        &self,
        by: &'static Colleague,
        whom: &'static Colleague,
        role: StaffRole,
    ) -> Result<(), Failure> {
        let admin = self.at_work(by).await?;
        let staff = self.membership(&admin, whom, StaffStatus::Confirmed).await?;
        admin.ask(SetStaffRole { provider: self.provider()?, staff, role }).await
    }

    pub(super) async fn remove(
        &self,
        by: &'static Colleague,
        whom: &'static Colleague,
    ) -> Result<(), Failure> {
        let admin = self.at_work(by).await?;
        let staff = vec![self.membership(&admin, whom, StaffStatus::Confirmed).await?];
        admin.finish(RemoveStaff { provider: self.provider()?, staff }).await
    }

    /// Fails unless somebody sees this very phrase for their own key.
    pub(super) async fn compare(&self, email: &str, shown: &str) -> Result<(), Failure> {
        let own = self.person(email)?.ask(GetAccount).await?.fingerprint;
        if own == shown {
            return Ok(());
        }
        Err(Failure::Phrase { email: email.to_owned(), own, shown: shown.to_owned() })
    }

    /// The membership of a colleague, once the list shows that they stand where they should.
    async fn membership(
        &self,
        admin: &Person,
        whom: &Colleague,
        status: StaffStatus,
    ) -> Result<ProviderUserId, Failure> {
        let provider = self.provider()?;
        let question = || GetStaff {
            query: StaffQuery {
                provider,
                search: whom.email.to_owned(),
                status: Some(status),
                role: None,
                sort: StaffSort::Name,
                direction: Direction::Ascending,
            },
            window: Window { from: 0, count: 50 },
        };
        let row = |view: StaffView| view.rows.rows.into_iter().find(|row| row.email == whom.email);
        let row = admin.look_for(question, row).await?;
        row.map(|row| row.id)
            .ok_or_else(|| Failure::missing(format!("{} as {status:?} among the staff", whom.name)))
    }
}
