//! Who does what when.

use portal_bridge::StaffRole::{ProviderAdmin, ServiceUser};

use super::{Act, stories};
use crate::{
    calendar::{Calendar, Dice},
    cast::{
        ANA, BEN, CLIENTS, Client, Colleague, FORMER, LEO, MIA, NINA, OWN, PRIYA, RENAMED, RESEATED, SAM,
        STAFF, STRANGER, TOM, Until,
    },
};

/// Chance begins here.
const SEED: u64 = 0x0068_6172_626f_7572;

/// Every act with its moment, in order.
pub(super) fn written_for(calendar: &Calendar) -> Vec<(i64, Act)> {
    let mut dice = Dice::new(SEED);
    let mut script = staffing(calendar);
    CLIENTS.iter().enumerate().for_each(|(index, client)| with_client(&mut script, calendar, index, client));
    changes(&mut script, calendar);
    script.extend(stories::all(calendar));
    working_days(&mut script, calendar, &mut dice);
    for (moment, _) in &mut script {
        // People do not act on the minute.
        *moment += i64::try_from(dice.below(60_000)).unwrap_or_default();
    }
    script.sort_by_key(|(moment, _)| *moment);
    script.retain(|(moment, _)| calendar.is_past(*moment));
    script
}

/// How the staff comes together, and who leaves.
fn staffing(calendar: &Calendar) -> Vec<(i64, Act)> {
    let at = |day, hour, minute, act| (calendar.at(day, hour, minute), act);
    vec![
        at(0, 9, 10, Act::Found),
        at(0, 9, 41, Act::Invite { by: &ANA, whom: vec![&BEN] }),
        at(0, 9, 44, Act::Invite { by: &ANA, whom: vec![&MIA, &TOM] }),
        at(0, 10, 32, Act::Join(&BEN)),
        at(0, 11, 5, Act::Join(&MIA)),
        at(0, 13, 15, Act::Confirm { by: &ANA, whom: &BEN }),
        at(0, 13, 19, Act::Confirm { by: &ANA, whom: &MIA }),
        at(1, 8, 50, Act::Join(&TOM)),
        at(1, 14, 6, Act::Confirm { by: &BEN, whom: &TOM }),
        at(4, 15, 30, Act::Invite { by: &BEN, whom: vec![&LEO] }),
        at(5, 9, 2, Act::Join(&LEO)),
        at(5, 11, 47, Act::Confirm { by: &ANA, whom: &LEO }),
        at(12, 10, 20, Act::Invite { by: &ANA, whom: vec![&PRIYA] }),
        at(12, 16, 11, Act::Join(&PRIYA)),
        at(13, 9, 33, Act::Confirm { by: &BEN, whom: &PRIYA }),
        at(20, 16, 40, Act::SetRole { by: &ANA, whom: &TOM, role: ProviderAdmin }),
        at(25, 9, 52, Act::SetRole { by: &ANA, whom: &TOM, role: ServiceUser }),
        at(28, 15, 55, Act::Remove { by: &ANA, whom: &LEO }),
        at(38, 14, 25, Act::Invite { by: &BEN, whom: vec![&SAM] }),
        at(40, 12, 8, Act::Join(&SAM)),
        at(41, 13, 36, Act::Invite { by: &ANA, whom: vec![&NINA] }),
    ]
}

/// A client from its creation as far as its owner comes.
fn with_client(script: &mut Vec<(i64, Act)>, calendar: &Calendar, index: usize, client: &'static Client) {
    let minute = i64::try_from(index * 17 % 60).unwrap_or_default();
    script.push((calendar.at(client.day, 10, minute), Act::Create(client)));
    if client.owner.until >= Until::Accepted {
        script.push((calendar.at(client.day + 1, 11, minute), Act::AcceptOwner(client)));
    }
    if client.owner.until >= Until::Confirmed {
        let by = if index.is_multiple_of(3) { client.by } else { &MIA };
        script.push((calendar.at(client.day + 2, 14, minute), Act::ConfirmOwner { by, client }));
    }
}

/// What changes later, and the clients that are none any more.
fn changes(script: &mut Vec<(i64, Act)>, calendar: &Calendar) {
    let mut at = |day, hour, minute, act| script.push((calendar.at(day, hour, minute), act));
    at(3, 9, 20, Act::Create(&FORMER));
    at(4, 9, 12, Act::AcceptOwner(&FORMER));
    at(5, 14, 31, Act::ConfirmOwner { by: &BEN, client: &FORMER });
    at(30, 11, 3, Act::Unlink { by: &ANA, client: &FORMER });
    at(9, 9, 15, Act::Create(&OWN));
    at(9, 13, 40, Act::AcceptOwner(&OWN));
    at(9, 14, 22, Act::ConfirmOwner { by: &BEN, client: &OWN });
    at(10, 16, 5, Act::Unlink { by: &BEN, client: &OWN });
    let (client, to) = RENAMED;
    at(22, 10, 48, Act::Rename { by: &ANA, client, to });
    for ((client, seats), (by, day)) in RESEATED.into_iter().zip([(&BEN, 17), (&MIA, 24), (&ANA, 32)]) {
        at(day, 11, 27, Act::SetSeats { by, client, seats });
    }
}

/// Signing in, day by day, with what goes wrong on the way.
fn working_days(script: &mut Vec<(i64, Act)>, calendar: &Calendar, dice: &mut Dice) {
    for (midnight, working) in calendar.every_day_since(calendar.at(1, 0, 0)) {
        for who in STAFF {
            let on_duty = calendar.is_yesterday(midnight) && who.email == BEN.email;
            if !is_staff(who, calendar, midnight) || !(dice.chance(if working { 85 } else { 6 }) || on_duty) {
                continue;
            }
            let from = if dice.chance(30) { who.home } else { who.device.address };
            let mut at = |hour: u64, minute: u64, act| {
                let minutes = i64::try_from(hour * 60 + minute).unwrap_or_default();
                script.push((midnight + minutes * 60_000, act));
            };
            let (hour, minute) = (6 + dice.below(3), dice.below(55));
            if dice.chance(5) {
                at(hour, minute, Act::Mistype(who));
            }
            at(hour, minute + 1, Act::SignIn { who, from });
            if dice.chance(12) {
                at(15 + dice.below(4), dice.below(60), Act::SignIn { who, from });
            }
            let regulars = regulars(who, calendar, midnight);
            for visit in 0..dice.below(3) {
                if let Some(client) = regulars.get(dice.index(regulars.len())) {
                    at(9 + 2 * visit, dice.below(60), Act::Enter { who, client });
                }
            }
        }
    }
    for minute in [12, 13, 13, 14] {
        script.push((calendar.at(37, 2, minute), Act::StrangerTries { whose: &ANA, device: STRANGER }));
    }
    script.push((calendar.at(41, 17, 42), Act::SignIn { who: &BEN, from: BEN.home }));
}

/// The clients somebody looks after that have come by a day.
fn regulars(who: &Colleague, calendar: &Calendar, midnight: i64) -> Vec<&'static str> {
    let there = CLIENTS.iter().filter(|client| calendar.at(client.day, 24, 0) <= midnight);
    there.map(|client| client.name).filter(|name| who.regulars.contains(name)).collect()
}

/// Whether somebody is confirmed staff for the whole of a day.
fn is_staff(who: &Colleague, calendar: &Calendar, midnight: i64) -> bool {
    let Some(works) = &who.works else { return false };
    let stays = *works.end() + 1 >= Calendar::DAYS;
    calendar.at(*works.start(), 0, 0) <= midnight && (stays || midnight <= calendar.at(*works.end(), 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Monday, at noon.
    const NOW: i64 = 1_795_435_200_000;

    #[test]
    fn the_script_is_in_order_and_ends_before_now() {
        let script = written_for(&Calendar::ending_at(NOW));
        assert!(script.is_sorted_by_key(|(moment, _)| *moment));
        assert!(script.iter().all(|(moment, _)| *moment < NOW));
    }

    #[test]
    fn somebody_worked_yesterday_even_on_a_sunday() {
        let script = written_for(&Calendar::ending_at(NOW));
        let sunday = NOW - 36 * 3_600_000..NOW - 12 * 3_600_000;
        assert!(
            script.iter().any(|(moment, act)| sunday.contains(moment) && matches!(act, Act::SignIn { .. }))
        );
    }

    #[test]
    fn nobody_signs_in_before_joining_or_after_leaving() {
        let script = written_for(&Calendar::ending_at(NOW));
        let when = |what: &dyn Fn(&Act) -> bool| script.iter().position(|(_, act)| what(act)).unwrap();
        let signs_in = |email: &str, act: &Act| matches!(act, Act::SignIn { who, .. } if who.email == email);
        let priya = when(&|act| matches!(act, Act::Confirm { whom, .. } if whom.email == PRIYA.email));
        assert!(script[..priya].iter().all(|(_, act)| !signs_in(PRIYA.email, act)));
        let leo = when(&|act| matches!(act, Act::Remove { .. }));
        assert!(script[leo..].iter().all(|(_, act)| !signs_in(LEO.email, act)));
        assert!(script[..leo].iter().any(|(_, act)| signs_in(LEO.email, act)));
    }
}
