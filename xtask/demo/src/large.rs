//! The same provider with very many clients and events, loaded in bulk.
//!
//! Their keys are as real as those of the small play: each client has a key of its own under the provider key.

pub(crate) mod keys;
mod log;
pub(crate) mod names;

use portal_bridge::{
    ClientSort, ClientsQuery, Direction, GetClient, GetClients, GetPlaces, GetStaff, MemberStatus,
    ProviderId, StaffQuery, StaffSort, StaffStatus, StaffView, UserId, Window,
};
use portal_keys::PublicKey;
use portal_server::store::bulk::{self, BulkClient, BulkMade, BulkMember, BulkPerson};
use portal_wire::{OrganizationUserStatus, OrganizationUserType, PlanType, Timestamp, profile::Permissions};

use self::{keys::Forge, log::Log};
use crate::{
    Failure, Narrator, Person, Stage,
    calendar::{Calendar, Dice},
    cast::{ANA, CLIENTS, Until},
    door::Door,
    stage::machine_now,
};

/// How much is added to the small play.
#[derive(Clone, Copy, Debug)]
pub struct Bulk {
    /// Clients.
    pub clients: usize,
    /// Events.
    pub events: usize,
}

/// Clients are written so many at a time…
const CLIENTS_AT_ONCE: usize = 2_000;
/// …and events so many.
const EVENTS_AT_ONCE: usize = 10_000;
const SEED: u64 = 0x006c_6172_6765;

/// Adds the clients and events.
pub(crate) async fn load(stage: &Stage, bulk: Bulk, narrator: &mut Narrator) -> Result<(), Failure> {
    let ana = Person::new(stage, ANA.email, ANA.device);
    ana.sign_in().await?;
    let places = ana.ask(GetPlaces).await?;
    let provider =
        places.providers.first().map(|card| card.id).ok_or_else(|| Failure::missing("the provider"))?;
    let door = Door::open(stage, &ANA).await?;
    let owners = owners(&ana, &door, provider).await?;
    let forge = Forge::new(
        door.provider_key(provider).await?,
        owners.iter().map(|owner| owner.key.clone()).collect(),
    )
    .await?;
    let calendar = Calendar::ending_at(machine_now());
    let mut dice = Dice::new(SEED);
    let mut log = Log::new(provider, staff(&ana, provider, &calendar).await?);

    narrator.begin(bulk.clients);
    let mut moments: Vec<i64> = (0..bulk.clients).map(|_| calendar.some_moment(&mut dice)).collect();
    moments.sort_unstable();
    for (round, moments) in moments.chunks(CLIENTS_AT_ONCE).enumerate() {
        let clients = clients(&forge, &owners, round * CLIENTS_AT_ONCE, moments, &mut dice)?;
        let app = stage.app().clone();
        let (clients, made) = stage
            .backstage(async move {
                let made = bulk::insert_clients(&app.context().store, provider, &clients).await;
                made.map(|made: Vec<BulkMade>| (clients, made))
            })
            .await??;
        clients.iter().zip(&made).for_each(|(client, made)| log.client_came(client, made, &mut dice));
        narrator.advance(moments.len(), "clients");
    }

    narrator.begin(bulk.events);
    let events = log.grown_to(bulk.events, &calendar, &mut dice);
    for events in events.chunks(EVENTS_AT_ONCE) {
        let (app, count, events) = (stage.app().clone(), events.len(), events.to_vec());
        stage.backstage(async move { bulk::insert_events(&app.context().store, &events).await }).await??;
        narrator.advance(count, "events");
    }
    narrator.end(&format!("{} clients and {} events loaded", bulk.clients, bulk.events));
    Ok(())
}

/// Somebody with an account who owns clients.
struct Owner {
    user: UserId,
    until: Until,
    key: PublicKey,
}

/// The owners of the small play, who own many of the others too.
async fn owners(ana: &Person, door: &Door<'_>, provider: ProviderId) -> Result<Vec<Owner>, Failure> {
    let mut owners = Vec::new();
    let everything = Window { from: 0, count: 500 };
    let query = || ClientsQuery {
        provider,
        search: String::new(),
        plan: None,
        needs: None,
        sort: ClientSort::Name,
        direction: Direction::Ascending,
    };
    let whole =
        |view: portal_bridge::ClientsView| Some(view.rows.rows).filter(|rows| rows.len() >= CLIENTS.len());
    let question = || GetClients { query: query(), window: everything };
    let rows = ana.look_for(question, whole).await?.ok_or_else(|| Failure::missing("the list of clients"))?;
    for row in rows {
        for person in ana.ask(GetClient { provider, organization: row.organization }).await?.people {
            let until = match person.status {
                MemberStatus::Confirmed => Until::Confirmed,
                MemberStatus::NeedsConfirmation => Until::Accepted,
                _ => continue,
            };
            let Some(user) = person.user else { continue };
            owners.push(Owner { user, until, key: door.public_key(user).await? });
        }
    }
    Ok(owners)
}

/// The confirmed staff, who do everything that happens.
async fn staff(ana: &Person, provider: ProviderId, calendar: &Calendar) -> Result<Vec<log::Actor>, Failure> {
    let query = StaffQuery {
        provider,
        search: String::new(),
        status: Some(StaffStatus::Confirmed),
        role: None,
        sort: StaffSort::Name,
        direction: Direction::Ascending,
    };
    let view: StaffView = ana.ask(GetStaff { query, window: Window { from: 0, count: 50 } }).await?;
    Ok(view.rows.rows.iter().filter_map(|row| log::Actor::of(row, calendar)).collect())
}

/// Clients that came at these moments.
fn clients(
    forge: &Forge,
    owners: &[Owner],
    first: usize,
    moments: &[i64],
    dice: &mut Dice,
) -> Result<Vec<BulkClient>, Failure> {
    let chosen: Vec<Option<usize>> =
        moments.iter().map(|_| dice.chance(15).then(|| dice.index(owners.len()))).collect();
    let keys = forge.keys(&chosen)?;
    let clients =
        keys.into_iter().zip(moments).zip(chosen).enumerate().map(|(index, ((keys, moment), chosen))| {
            let number = first + index;
            let name = names::name(number);
            let email = names::email(&name, number);
            let owner = match chosen.and_then(|chosen| owners.get(chosen)) {
                Some(owner) if owner.until == Until::Confirmed => {
                    (BulkPerson::User(owner.user), OrganizationUserStatus::Confirmed, keys.for_owner)
                }
                Some(owner) => (BulkPerson::User(owner.user), OrganizationUserStatus::Accepted, None),
                None => (BulkPerson::Invited(email.clone()), OrganizationUserStatus::Invited, None),
            };
            let mut members = vec![member(owner.0, OrganizationUserType::Owner, owner.1, owner.2)];
            let seats = u32::try_from(1 + dice.below(8) * dice.below(12)).unwrap_or(1);
            for colleague in 0..dice.below(4).min(u64::from(seats) - 1) {
                let who = BulkPerson::Invited(format!("member{colleague}.{email}"));
                members.push(member(who, OrganizationUserType::User, OrganizationUserStatus::Invited, None));
            }
            BulkClient {
                name,
                billing_email: email,
                plan: if dice.chance(60) { PlanType::TeamsMonthly } else { PlanType::EnterpriseMonthly },
                seats,
                key: keys.key.to_string(),
                public_key: keys.public_key,
                private_key: keys.private_key.to_string(),
                collection_name: keys.collection.to_string(),
                members,
                created_at: Timestamp(*moment),
            }
        });
    Ok(clients.collect())
}

fn member(
    who: BulkPerson,
    role: OrganizationUserType,
    status: OrganizationUserStatus,
    key: Option<String>,
) -> BulkMember {
    BulkMember { who, role, permissions: Permissions::default(), status, key }
}
