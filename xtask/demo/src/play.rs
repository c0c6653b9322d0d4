//! The play itself: every act in its order, each at its time.

mod act;
mod bills;
mod clients;
mod inside;
pub(crate) mod own;
mod script;
mod staff;
mod stories;

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use portal_bridge::{InvitationLink, OrganizationId, ProviderId, ProviderOrganizationId};

use crate::{
    Failure, Narrator, Person, Stage,
    calendar::{self, Calendar},
    cast::{Colleague, Device, OWNERS_DEVICE},
    link::Link,
    stage::{Derived, machine_now},
};
use act::Act;

/// Who signed in less than so long ago is still at work.
const SHIFT_MS: i64 = 6 * 3_600_000;

/// Plays everything.
pub(crate) async fn perform(stage: &Stage, narrator: &mut Narrator) -> Result<(), Failure> {
    let calendar = Calendar::ending_at(machine_now());
    let script = script::written_for(&calendar);
    let mut play = Play::on(stage);
    narrator.begin(script.len());
    let total = script.len();
    let mut bills = bills::Bills::default();
    for (moment, act) in script {
        bills.let_days_pass(stage, moment).await?;
        let date = calendar::date(moment);
        narrator.act(&date, &act.to_string(), act.is_of_note());
        stage.time().move_to(moment);
        play.perform(&act).await.map_err(|cause| Failure::Act {
            act: act.to_string(),
            date,
            cause: Box::new(cause),
        })?;
    }
    bills.let_days_pass(stage, machine_now()).await?;
    stage.time().return_to_present();
    narrator.end(&format!("{total} acts played"));
    Ok(())
}

/// What the play knows at any moment.
struct Play<'a> {
    stage: &'a Stage,
    provider: Option<ProviderId>,
    /// Everybody with an account, by address.
    people: RefCell<HashMap<&'static str, Rc<Person>>>,
    /// When the staff signed in last.
    signed_in: RefCell<HashMap<&'static str, i64>>,
    /// Clients by the name they began with.
    clients: HashMap<&'static str, Ids>,
    derived: Rc<Derived>,
}

/// What a client is known by.
#[derive(Clone, Copy)]
struct Ids {
    /// Where it has a provider.
    link: Option<ProviderOrganizationId>,
    organization: OrganizationId,
}

impl<'a> Play<'a> {
    fn on(stage: &'a Stage) -> Self {
        Self {
            stage,
            provider: None,
            people: RefCell::default(),
            signed_in: RefCell::default(),
            clients: HashMap::new(),
            derived: Rc::default(),
        }
    }

    async fn perform(&mut self, act: &Act) -> Result<(), Failure> {
        match *act {
            Act::Found => self.found().await,
            Act::Invite { by, ref whom } => self.invite(by, whom).await,
            Act::Join(colleague) => self.join(colleague).await,
            Act::Confirm { by, whom } => self.confirm(by, whom).await,
            Act::SetRole { by, whom, role } => self.set_role(by, whom, role).await,
            Act::Remove { by, whom } => self.remove(by, whom).await,
            Act::Create(client) => self.create(client).await,
            Act::AcceptOwner(client) => self.accept_owner(client).await,
            Act::ConfirmOwner { by, client } => self.confirm_owner(by, client).await,
            Act::Rename { by, client, to } => self.update(by, client, Some(to), None).await,
            Act::SetSeats { by, client, seats } => self.update(by, client, None, Some(seats)).await,
            Act::Unlink { by, client } => self.unlink(by, client).await,
            Act::SignIn { who, from } => self.sign_in(who, from).await,
            Act::Mistype(who) => self.person(who.email)?.mistype().await,
            Act::Enter { who, client } => self.enter_client(&*self.at_work(who).await?, client).await,
            Act::SavePolicy { by, client, kind, enabled } => {
                self.save_policy(by, client, kind, enabled).await
            }
            Act::AddLogin { by, client, name } => self.add_login(by, client, name).await,
            Act::CopyPassword { by, client } => self.copy_password(by, client).await,
            Act::InviteMembers { by, client, emails } => self.invite_members(by, client, emails).await,
            Act::RemoveMembers { by, client, emails } => self.remove_members(by, client, emails).await,
            Act::AcceptMember(member) => self.accept_member(member).await,
            Act::ConfirmMember { by, member } => self.confirm_member(by, member).await,
            Act::MakeOwner { by, member } => self.make_owner(by, member).await,
            Act::EnterFromElsewhere { whose, device, client } => {
                let person = self.newcomer(whose.email, device);
                person.sign_in().await?;
                self.enter_client(&person, client).await
            }
            Act::ExportFromElsewhere { whose, device, client } => {
                self.export_vault(whose, device, client).await
            }
            Act::StrangerTries { whose, device } => self.newcomer(whose.email, device).mistype().await,
        }
    }

    fn provider(&self) -> Result<ProviderId, Failure> {
        self.provider.ok_or_else(|| Failure::missing("the provider"))
    }

    fn link(&self, name: &str) -> Result<ProviderOrganizationId, Failure> {
        self.client(name)?.link.ok_or_else(|| Failure::missing(format!("the provider of {name}")))
    }

    fn client(&self, name: &str) -> Result<Ids, Failure> {
        self.clients.get(name).copied().ok_or_else(|| Failure::missing(format!("the client {name}")))
    }

    fn person(&self, email: &str) -> Result<Rc<Person>, Failure> {
        let known = self.people.borrow().get(email).cloned();
        known.ok_or_else(|| Failure::missing(format!("the account of {email}")))
    }

    /// Somebody at a device nobody has seen before.
    fn newcomer(&self, email: &str, device: Device) -> Person {
        Person::remembering(self.stage, email, device, self.derived.clone())
    }

    /// An owner or colleague who gets an account.
    fn enter(&self, email: &'static str, person: Person) -> Rc<Person> {
        let person = Rc::new(person);
        self.people.borrow_mut().insert(email, person.clone());
        person
    }

    /// One of the staff, signed in on this day.
    async fn at_work(&self, colleague: &'static Colleague) -> Result<Rc<Person>, Failure> {
        let last = self.signed_in.borrow().get(colleague.email).copied();
        if last.is_none_or(|last| self.stage.time().now() - last > SHIFT_MS) {
            self.sign_in(colleague, colleague.device.address).await?;
        }
        self.person(colleague.email)
    }

    async fn sign_in(&self, colleague: &'static Colleague, from: &'static str) -> Result<(), Failure> {
        let person = self.person(colleague.email)?;
        person.move_to(from);
        person.sign_in().await?;
        self.signed_in.borrow_mut().insert(colleague.email, self.stage.time().now());
        Ok(())
    }

    /// The invitation somebody got, as those who may invite see it.
    async fn invitation(&self, through: &Person, email: &str) -> Result<Link, Failure> {
        let links = through.ask(portal_bridge::GetInvitationLinks(self.provider()?)).await?;
        let newest = links.into_iter().filter(|link| link.email == email).max_by_key(|link| link.expires);
        let InvitationLink { link, .. } =
            newest.ok_or_else(|| Failure::missing(format!("the invitation of {email}")))?;
        Ok(Link::parse(&link))
    }

    /// Somebody for an owner's part.
    fn owner(&self, email: &str) -> Person {
        self.newcomer(email, OWNERS_DEVICE)
    }
}
