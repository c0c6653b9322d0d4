//! The play without a provider: organizations are made by whoever owns them, and others come to sit in them.

pub(crate) mod cast;

use std::rc::Rc;

use portal_bridge::{
    Access, AccessLevel, MemberDeed, MemberPermission, MemberRole, Party, PolicyType, RegistrationStarted,
    RegistrationTicket, SaveAccount, SaveCollection, SaveGroup, Seen, StartRegistration,
};

use self::cast::{Founder, ORGANIZATIONS, Organization, Seat, TECHNICIANS, Until, WITHOUT_BEN};
use super::{Ids, Play};
use crate::{
    Failure, Narrator, Person, Stage,
    calendar::{self, Calendar},
    cast::{ACME, ANA, BEN, Colleague, Device, MIA, OWNERS_DEVICE, STAFF, TOM},
    door::Door,
    stage::machine_now,
};

/// What somebody with the Custom role may.
const PERMISSIONS: [MemberPermission; 2] =
    [MemberPermission::AccessEventLogs, MemberPermission::CreateNewCollections];

/// How long nobody has to sign in anew: less than the seven days of a session.
const SESSION_MS: i64 = 5 * 24 * 3_600_000;

/// Plays everything.
pub(crate) async fn perform(stage: &Stage, narrator: &mut Narrator) -> Result<(), Failure> {
    let calendar = Calendar::ending_at(machine_now());
    let mut play = Play::on(stage);
    let mut acts = vec![(calendar.at(0, 9, 0), Step::Accounts)];
    for organization in &ORGANIZATIONS {
        let mut at =
            |days, hour, minute, step| acts.push((calendar.at(organization.day + days, hour, minute), step));
        at(0, 10, 5, Step::Make(organization));
        at(1, 11, 20, Step::Work(organization));
    }
    acts.extend(VISITS.map(|(day, who, client)| (calendar.at(day, 14, 10), Step::Visit(who, client))));
    acts.sort_by_key(|(moment, _)| *moment);
    narrator.begin(acts.len());
    let total = acts.len();
    for (moment, step) in acts {
        let (date, act) = (calendar::date(moment), step.to_string());
        narrator.act(&date, &act, true);
        stage.time().move_to(moment);
        play.take(step).await.map_err(|cause| Failure::Act { act, date, cause: Box::new(cause) })?;
    }
    stage.time().return_to_present();
    narrator.end(&format!("{total} acts played"));
    Ok(())
}

/// Who looks into which organization on which working day.
const VISITS: [(usize, &Colleague, &str); 8] = [
    (33, &MIA, ACME),
    (34, &BEN, "Nordwind Logistik GmbH"),
    (35, &ANA, "Brightwater Dental"),
    (36, &TOM, ACME),
    (37, &MIA, WITHOUT_BEN),
    (38, &BEN, ACME),
    (39, &ANA, "Quayside Legal LLP"),
    (40, &ANA, ACME),
];

/// Something that is done together.
#[derive(Clone, Copy)]
enum Step {
    /// Those who work for many open their accounts.
    Accounts,
    /// An organization is made, and its people come.
    Make(&'static Organization),
    /// It gets collections, a group, items and a policy.
    Work(&'static Organization),
    /// Somebody enters it and copies a password.
    Visit(&'static Colleague, &'static str),
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accounts => {
                let names: Vec<_> = TECHNICIANS.map(|technician| technician.name).into();
                write!(f, "{} open accounts", names.join(", "))
            }
            Self::Make(organization) => {
                let name = match organization.founder {
                    Founder::Ours(colleague) => colleague.name,
                    Founder::Theirs(name, _) => name,
                };
                write!(f, "{name} makes {}", organization.name)
            }
            Self::Work(organization) => {
                write!(f, "{} sets {} up", worker(organization).name, organization.name)
            }
            Self::Visit(who, client) => write!(f, "{} enters {client}", who.name),
        }
    }
}

/// Who sets an organization up: Ana where she may, else Ben.
fn worker(organization: &Organization) -> &'static Colleague {
    let may = |seat: &Seat| {
        seat.email == ANA.email && seat.role == MemberRole::Admin && seat.until == Until::Confirmed
    };
    let ana = matches!(organization.founder, Founder::Ours(founder) if founder.email == ANA.email);
    if ana || organization.seats.iter().any(may) { &ANA } else { &BEN }
}

impl Play<'_> {
    async fn take(&mut self, step: Step) -> Result<(), Failure> {
        match step {
            Step::Accounts => {
                for technician in TECHNICIANS {
                    self.open_account(technician.name, technician.email, technician.device).await?;
                }
                Ok(())
            }
            Step::Make(organization) => self.make(organization).await,
            Step::Work(organization) => self.set_up(organization).await,
            Step::Visit(who, client) => {
                self.sign_in(who, who.device.address).await?;
                self.enter_client(&*self.person(who.email)?, client).await?;
                self.copy_password(who, client).await
            }
        }
    }

    /// Opens an account without an invitation.
    async fn open_account(
        &self,
        name: &'static str,
        email: &'static str,
        device: Device,
    ) -> Result<Rc<Person>, Failure> {
        let person = self.enter(email, self.newcomer(email, device));
        let started = person.ask(StartRegistration { email: email.to_owned(), name: None }).await?;
        let RegistrationStarted::Token(token) = started else {
            return Err(Failure::missing("the token to register with"));
        };
        person.register(RegistrationTicket::Email { token }).await?;
        person.ask(SaveAccount { name: name.to_owned() }).await?;
        self.signed_in.borrow_mut().insert(email, self.stage.time().now());
        Ok(person)
    }

    /// Signs somebody in anew whose session would not last.
    async fn keep_signed_in(&self, person: &Person, email: &'static str) -> Result<(), Failure> {
        let now = self.stage.time().now();
        let last = self.signed_in.borrow().get(email).copied();
        if last.is_none_or(|last| now - last > SESSION_MS) {
            person.sign_in().await?;
            self.signed_in.borrow_mut().insert(email, now);
        }
        Ok(())
    }

    /// Makes an organization, and lets its people come as far as they come, within the hour.
    async fn make(&mut self, organization: &'static Organization) -> Result<(), Failure> {
        let (founder, device) = self.founder(organization).await?;
        let (client, email) = (organization.name, founder.email());
        let door = Door::open_as(self.stage, email, device, self.derived.clone()).await?;
        let id = door.create_organization(client, email, "General").await?;
        self.clients.insert(client, Ids { link: None, organization: id });
        founder.sign_in().await?;

        self.later(12);
        for (role, emails) in invited_together(organization) {
            let permissions = if role == MemberRole::Custom { PERMISSIONS.to_vec() } else { Vec::new() };
            self.invite_in(&founder, client, &emails, role, permissions).await?;
        }
        self.later(9);
        let links = door.invitations(id).await?;
        for seat in organization.seats.iter().filter(|seat| seat.until >= Until::Accepted) {
            let link = links.iter().find(|(email, _)| email == seat.email).map(|(_, link)| link);
            let link = link.ok_or_else(|| Failure::missing(format!("the invitation of {}", seat.email)))?;
            if let Ok(known) = self.person(seat.email) {
                self.keep_signed_in(&known, seat.email).await?;
            }
            self.accept(seat.email, seat.name, link).await?;
            self.later(2);
        }
        self.later(7);
        for seat in organization.seats.iter().filter(|seat| seat.until >= Until::Confirmed) {
            self.confirm_in(&founder, client, seat.email).await?;
        }
        let revoked = organization.seats.iter().filter(|seat| seat.until == Until::Revoked);
        for seat in revoked {
            self.later(5);
            self.change_members(&founder, client, &[seat.email], MemberDeed::Revoke).await?;
        }
        Ok(())
    }

    /// Who makes an organization, and at which device.
    async fn founder(&self, organization: &Organization) -> Result<(Rc<Person>, Device), Failure> {
        match organization.founder {
            Founder::Ours(colleague) => Ok((self.person(colleague.email)?, colleague.device)),
            Founder::Theirs(name, email) => {
                Ok((self.open_account(name, email, OWNERS_DEVICE).await?, OWNERS_DEVICE))
            }
        }
    }

    /// What an organization gets on its second day.
    async fn set_up(&self, organization: &'static Organization) -> Result<(), Failure> {
        let (client, worker) = (organization.name, worker(organization));
        // What they are a member of is known from the sign-in on.
        self.sign_in(worker, worker.device.address).await?;
        let person = self.person(worker.email)?;
        self.enter_client(&person, client).await?;
        let within = self.within(client)?;
        let mut collections = Vec::new();
        for name in ["Servers", "Suppliers"] {
            let collection = SaveCollection {
                within,
                id: None,
                seen: Seen::default(),
                parent: String::new(),
                name: name.to_owned(),
                external_id: None,
                access: None,
            };
            let party = Party::Collection(person.ask(collection).await?);
            collections.push(Access { party, label: name.to_owned(), level: AccessLevel::Manage });
        }
        let ours = organization.seats.iter().filter(|seat| seat.until == Until::Confirmed && is_ours(seat));
        let mut members = Vec::new();
        for seat in ours {
            members.push(Party::Person(super::inside::find(&person, within, seat.email).await?));
        }
        let name = "Technicians".to_owned();
        person.ask(SaveGroup { within, id: None, seen: Seen::default(), name, members, collections }).await?;
        self.later(6);
        self.add_login(worker, client, "Domain registrar").await?;
        self.add_login(worker, client, "Backup server").await?;
        if client == ACME {
            self.add_login(worker, client, "Assembly line gateway").await?;
            self.save_policy(worker, client, PolicyType::PasswordGenerator, true).await?;
        }
        self.save_policy(worker, client, PolicyType::DisablePersonalVaultExport, true).await
    }

    /// So many minutes pass.
    fn later(&self, minutes: i64) {
        self.stage.time().move_to(self.stage.time().now() + minutes * 60_000);
    }
}

/// Whether somebody works for many.
fn is_ours(seat: &Seat) -> bool {
    STAFF.iter().any(|colleague| colleague.email == seat.email)
}

/// The addresses that are invited in each role.
fn invited_together(organization: &Organization) -> Vec<(MemberRole, Vec<&'static str>)> {
    let mut roles: Vec<(MemberRole, Vec<&'static str>)> = Vec::new();
    for seat in organization.seats {
        match roles.iter_mut().find(|(role, _)| *role == seat.role) {
            Some((_, emails)) => emails.push(seat.email),
            None => roles.push((seat.role, vec![seat.email])),
        }
    }
    roles
}
