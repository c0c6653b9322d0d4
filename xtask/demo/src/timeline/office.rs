//! The provider, as it is filled.

use std::ops::Range;

use portal_bridge::{ProviderId, UserId};
use portal_server::store::{
    StoreError,
    bulk::{self, BulkAccount, BulkClient, BulkMember, BulkPerson},
    users,
};
use portal_wire::{
    Event,
    OrganizationUserStatus::Confirmed,
    OrganizationUserType::{self, Admin, Owner, User},
    PlanType, ProviderUserType, Timestamp,
    profile::Permissions,
};

use super::{
    days::Days,
    people::{Worker, address, name},
    places::Place,
};
use crate::{
    Failure, Narrator, Stage,
    calendar::Dice,
    cast::{ANA, BEN, MIA, PASSWORD, PRIYA, TOM},
    door::Door,
    large::{keys::Forge, names},
};

/// The staff of the small play is joined by so many.
const JOINING: usize = 7;
/// How many members a client has.
const MEMBERS: usize = 20;
/// So many clients have one of the staff among their members.
const WITH_INSIDERS: usize = 20;

/// The provider, the people who work there, and what is needed to give it clients.
pub(super) struct Office<'a> {
    stage: &'a Stage,
    forge: Forge,
    pub(super) provider: ProviderId,
    pub(super) staff: Vec<Worker>,
    /// A hash of what nobody knows, for accounts that only have names.
    locked: String,
    since: Timestamp,
}

impl<'a> Office<'a> {
    /// The provider of the small play, whose staff grows.
    pub(super) async fn open(stage: &'a Stage, days: &Days, dice: &mut Dice) -> Result<Self, Failure> {
        let door = Door::open(stage, &ANA).await?;
        let provider = door.provider().await?;
        let forge = Forge::new(door.provider_key(provider).await?, Vec::new()).await?;
        let app = stage.app().clone();
        let locked = stage
            .backstage(async move {
                let nobody = format!("{PASSWORD}{}", uuid::Uuid::new_v4());
                app.context().passwords.hash(&nobody).await
            })
            .await?
            .map_err(|_| Failure::missing("a hash"))?;
        let since = Timestamp(days.before());
        let mut office = Self { stage, forge, provider, staff: Vec::new(), locked, since };
        let address = address(dice);
        for user in office.people().await? {
            office.staff.push(Worker::new(user, &address, dice));
        }
        Ok(office)
    }

    /// The accounts of the staff, of the small play and those who join.
    async fn people(&self) -> Result<Vec<UserId>, Failure> {
        let joining: Vec<_> = (0..JOINING)
            .map(|number| BulkAccount {
                name: name(number),
                email: format!("technician{number}@harbourlight.example"),
            })
            .collect();
        let (locked, provider, since) = (self.locked.clone(), self.provider, self.since);
        let app = self.stage.app().clone();
        let work = async move {
            let store = &app.context().store;
            let mut people = Vec::new();
            for colleague in [&ANA, &BEN, &MIA, &TOM, &PRIYA] {
                let known = users::by_email(&mut *store.read().await?, colleague.email).await?;
                people.extend(known.map(|user| user.id));
            }
            for user in bulk::insert_accounts(store, &joining, &locked, since).await? {
                bulk::insert_staff(store, provider, user, ProviderUserType::ServiceUser, since).await?;
                people.push(user);
            }
            Ok::<_, StoreError>(people)
        };
        Ok(self.stage.backstage(work).await??)
    }

    /// Makes the clients with these numbers.
    pub(super) async fn open_clients(
        &self,
        numbers: Range<usize>,
        dice: &mut Dice,
    ) -> Result<Vec<Place>, Failure> {
        let accounts: Vec<BulkAccount> = numbers.clone().flat_map(accounts).collect();
        let (app, locked, since) = (self.stage.app().clone(), self.locked.clone(), self.since);
        let users = self
            .stage
            .backstage(
                async move { bulk::insert_accounts(&app.context().store, &accounts, &locked, since).await },
            )
            .await??;
        let insiders: Vec<Option<UserId>> = numbers.clone().map(|number| self.insider(number)).collect();
        let clients = self.clients(numbers, &users, &insiders)?;
        let (app, provider) = (self.stage.app().clone(), self.provider);
        let made = self
            .stage
            .backstage(async move { bulk::insert_clients(&app.context().store, provider, &clients).await })
            .await??;
        let places = made.into_iter().zip(users.chunks(MEMBERS)).zip(insiders);
        let places = places.map(|((made, users), insider)| {
            let address = address(dice);
            let workers = users.iter().map(|user| Worker::new(*user, &address, dice)).collect();
            Place::new(made.organization_id, made.link, workers, made.members, insider, dice)
        });
        Ok(places.collect())
    }

    /// The first clients have one of the staff among their members.
    fn insider(&self, number: usize) -> Option<UserId> {
        let insiders = self.staff.get(self.staff.len().saturating_sub(2)..)?;
        let insider = insiders.get(number % insiders.len().max(1)).filter(|_| number < WITH_INSIDERS);
        insider.map(|worker| worker.user)
    }

    fn clients(
        &self,
        numbers: Range<usize>,
        users: &[UserId],
        insiders: &[Option<UserId>],
    ) -> Result<Vec<BulkClient>, Failure> {
        let keys = self.forge.keys(&vec![None; numbers.len()])?;
        let each = numbers.zip(keys).zip(users.chunks(MEMBERS)).zip(insiders);
        let clients = each.map(|(((number, keys), users), insider)| {
            let roles = [Owner, Admin].into_iter().chain(std::iter::repeat(User));
            let members = users.iter().zip(roles).map(|(user, role)| member(*user, role));
            let name = names::name(number);
            BulkClient {
                billing_email: names::email(&name, number),
                name,
                plan: if number % 5 < 3 { PlanType::TeamsMonthly } else { PlanType::EnterpriseMonthly },
                seats: 25,
                key: keys.key.to_string(),
                public_key: keys.public_key,
                private_key: keys.private_key.to_string(),
                collection_name: keys.collection.to_string(),
                members: members.chain(insider.map(|user| member(user, User))).collect(),
                created_at: self.since,
            }
        });
        Ok(clients.collect())
    }

    /// Writes events to the logs.
    pub(super) async fn write(&self, events: &[Event], narrator: &mut Narrator) -> Result<(), Failure> {
        for events in events.chunks(super::EVENTS_AT_ONCE) {
            let (app, count, events) = (self.stage.app().clone(), events.len(), events.to_vec());
            let written = async move { bulk::insert_events(&app.context().store, &events).await };
            self.stage.backstage(written).await??;
            narrator.advance(count, "events");
        }
        Ok(())
    }
}

/// The accounts of a client's members.
fn accounts(client: usize) -> impl Iterator<Item = BulkAccount> {
    let domain = names::email(&names::name(client), client);
    (0..MEMBERS).map(move |member| BulkAccount {
        name: name(client * MEMBERS + member),
        email: format!("member{member}.{domain}"),
    })
}

fn member(user: UserId, role: OrganizationUserType) -> BulkMember {
    BulkMember {
        who: BulkPerson::User(user),
        role,
        permissions: Permissions::default(),
        status: Confirmed,
        key: None,
    }
}
