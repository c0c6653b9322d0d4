//! A provider whose clients are at work: a year of events in the log of each, for measuring what reads them all.
//!
//! The clients' keys are as real as those of the small play. Their members have accounts, so that they are named, but
//! nobody can sign in to those.

mod days;
mod deeds;
mod members;
mod office;
mod people;
mod places;
mod staff;

use portal_server::store::bulk::EventLoad;

use self::{
    days::Days,
    office::Office,
    places::{Place, Weights},
};
use crate::{Bulk, Failure, Narrator, Stage, calendar::Dice, stage::machine_now};

const SEED: u64 = 0x7469_6d65_6c69_6e65;
/// Clients are written so many at a time…
const CLIENTS_AT_ONCE: usize = 100;
/// …and events so many.
const EVENTS_AT_ONCE: usize = 20_000;
/// So many of a hundred events are the staff's.
const STAFFS_SHARE: usize = 18;

/// Adds the clients with their members, the rest of the staff, and the events.
pub(crate) async fn load(stage: &Stage, bulk: Bulk, narrator: &mut Narrator) -> Result<(), Failure> {
    let days = Days::ending_at(machine_now());
    let mut dice = Dice::new(SEED);
    let office = Office::open(stage, &days, &mut dice).await?;

    narrator.begin(bulk.clients);
    let mut places: Vec<Place> = Vec::with_capacity(bulk.clients);
    while places.len() < bulk.clients {
        let (from, count) = (places.len(), CLIENTS_AT_ONCE.min(bulk.clients - places.len()));
        places.extend(office.open_clients(from..from + count, &mut dice).await?);
        narrator.advance(count, "clients");
    }

    narrator.begin(bulk.events);
    let weights = Weights::skewed(places.len(), &mut dice);
    let ours = bulk.events * STAFFS_SHARE / 100;
    let of_staff = staff::year(&office, &places, &weights, &days, ours, &mut dice);
    let app = stage.app().clone();
    let indexes = stage.backstage(async move { EventLoad::begin(&app.context().store).await }).await??;
    office.write(&of_staff, narrator).await?;
    let shares = weights.shares(bulk.events.saturating_sub(of_staff.len()));
    let mut events = Vec::new();
    for (place, share) in places.iter().zip(shares) {
        members::year(&mut events, place, share, &days, &mut dice);
        if events.len() >= EVENTS_AT_ONCE {
            office.write(&std::mem::take(&mut events), narrator).await?;
        }
    }
    office.write(&events, narrator).await?;
    let app = stage.app().clone();
    stage.backstage(async move { indexes.end(&app.context().store).await }).await??;
    narrator.end(&format!("{} clients and {} events loaded", bulk.clients, bulk.events));
    Ok(())
}
