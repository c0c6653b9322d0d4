//! What the members of a client do in a year.

use portal_wire::{DeviceType, Event, EventType};

use super::{
    days::Days,
    deeds,
    people::{Seat, Worker, address},
    places::Place,
};
use crate::calendar::Dice;

/// Those who run a client beside their work are the first of its members.
const LEADERS: usize = 2;

/// Adds exactly so many events of sessions of the client's members.
pub(super) fn year(events: &mut Vec<Event>, place: &Place, count: usize, days: &Days, dice: &mut Dice) {
    let end = events.len() + count;
    while events.len() < end {
        // The first members of the list do more than the last.
        let who = dice.index(place.workers.len()).min(dice.index(place.workers.len()));
        let Some(worker) = place.workers.get(who) else { return };
        let midnight = days.some(dice);
        match dice.below(400) {
            0 => guesses(events, place, worker, midnight, dice),
            chance => session(events, place, (worker, who < LEADERS), midnight, chance < 140, dice),
        }
        events.truncate(end);
    }
}

fn session(
    events: &mut Vec<Event>,
    place: &Place,
    (worker, leads): (&Worker, bool),
    midnight: i64,
    signs_in: bool,
    dice: &mut Dice,
) {
    let seat = worker.seat(dice);
    let mut moment = worker.at_work(midnight, dice);
    if signs_in {
        if dice.chance(6) {
            events.push(of_account(place, EventType::UserFailedLogIn, worker, &seat, moment));
            moment += deeds::pause(dice);
        }
        events.push(of_account(place, EventType::UserLoggedIn, worker, &seat, moment));
    }
    let deeds = if leads && dice.chance(30) { deeds::RUNNING } else { deeds::EVERYDAY };
    for _ in 0..2 + dice.below(14) {
        moment += deeds::pause(dice);
        let event = deeds::at(place, deeds::some(deeds, dice), dice);
        events.push(deeds::by(event, worker.user, &seat, moment));
    }
}

/// Somebody else tries passwords at night.
fn guesses(events: &mut Vec<Event>, place: &Place, worker: &Worker, midnight: i64, dice: &mut Dice) {
    let seat = Seat { device: DeviceType::UnknownBrowser, address: address(dice) };
    let mut moment = midnight + i64::try_from(dice.below(4 * 3_600_000)).unwrap_or_default();
    for _ in 0..6 + dice.below(6) {
        events.push(of_account(place, EventType::UserFailedLogIn, worker, &seat, moment));
        moment += 4_000 + i64::try_from(dice.below(20_000)).unwrap_or_default();
    }
}

/// The copy in the client's log of an event about a member's account.
fn of_account(place: &Place, kind: EventType, worker: &Worker, seat: &Seat, moment: i64) -> Event {
    let event = Event {
        kind,
        organization_id: Some(place.organization),
        user_id: Some(worker.user),
        ..Event::default()
    };
    deeds::by(event, worker.user, seat, moment)
}
