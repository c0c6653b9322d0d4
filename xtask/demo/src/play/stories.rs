//! What somebody asks a timeline about: who entered a client, what a colleague did on a day, and what is out of the ordinary.

use portal_bridge::PolicyType::{MasterPassword, TwoFactorAuthentication};

use super::Act;
use crate::{
    calendar::Calendar,
    cast::{
        ACME, ANA, BEN, Colleague, MIA, NEW_OWNER, NIGHT_BROWSER, NIGHT_PROGRAM, PRIYA, SEASONAL, STRANGER,
        TOM, UNFAMILIAR,
    },
};

const MOLLER: &str = "Møller & Sønner Shipping";
const CAFE: &str = "Café Zürich Roasters";
const NORDWIND: &str = "Nordwind Logistik GmbH";

/// Those who enter Acme in a month, in turn.
const VISITORS: [&Colleague; 7] = [&MIA, &BEN, &ANA, &TOM, &MIA, &BEN, &MIA];
/// Acme has its owner by then.
const ACME_SINCE: usize = 5;

/// Every act with its moment.
pub(super) fn all(calendar: &Calendar) -> Vec<(i64, Act)> {
    let mut script = Vec::new();
    visits_of_last_month(&mut script, calendar);
    tuesday(&mut script, calendar);
    policies(&mut script, calendar);
    members(&mut script, calendar);
    strangers(&mut script, calendar);
    script
}

/// Who entered Acme last month.
fn visits_of_last_month(script: &mut Vec<(i64, Act)>, calendar: &Calendar) {
    let days: Vec<usize> = calendar.days_of_last_month().filter(|day| *day >= ACME_SINCE).collect();
    let step = (days.len() / VISITORS.len()).max(1);
    for (who, day) in VISITORS.into_iter().zip(days.into_iter().step_by(step)) {
        script.push((calendar.at(day, 10, 20), Act::Enter { who, client: ACME }));
    }
}

/// What Ben did on Tuesday.
fn tuesday(script: &mut Vec<(i64, Act)>, calendar: &Calendar) {
    let day = calendar.last_tuesday();
    let mut at = |hour, minute, act| script.push((calendar.at(day, hour, minute), act));
    let enter = |client| Act::Enter { who: &BEN, client };
    let add = |client, name| Act::AddLogin { by: &BEN, client, name };
    at(9, 12, enter(ACME));
    at(9, 15, add(ACME, "Assembly line gateway"));
    at(9, 19, add(ACME, "Payroll"));
    at(9, 24, Act::CopyPassword { by: &BEN, client: ACME });
    at(9, 41, enter(MOLLER));
    at(9, 46, add(MOLLER, "Booking system"));
    at(9, 58, enter(CAFE));
    at(14, 6, enter(NORDWIND));
    at(14, 31, enter(ACME));
    at(14, 34, Act::CopyPassword { by: &BEN, client: ACME });
}

/// Which policies were weakened.
fn policies(script: &mut Vec<(i64, Act)>, calendar: &Calendar) {
    let mut at = |day, minute, act| script.push((calendar.at(day, 15, minute), act));
    let save = |by, client, kind, enabled| Act::SavePolicy { by, client, kind, enabled };
    at(7, 4, save(&ANA, ACME, MasterPassword, true));
    at(7, 9, save(&ANA, MOLLER, MasterPassword, true));
    at(8, 12, save(&ANA, MOLLER, TwoFactorAuthentication, true));
    at(41, 22, Act::Enter { who: &TOM, client: MOLLER });
    at(41, 25, save(&TOM, MOLLER, TwoFactorAuthentication, false));
    at(41, 31, Act::Enter { who: &TOM, client: ACME });
    at(41, 33, save(&TOM, ACME, MasterPassword, false));
}

/// Many members removed at once, and one who becomes an Owner.
fn members(script: &mut Vec<(i64, Act)>, calendar: &Calendar) {
    let mut at = |day, hour, minute, act| script.push((calendar.at(day, hour, minute), act));
    let (client, emails) = (SEASONAL.0, &SEASONAL.1);
    at(27, 11, 8, Act::InviteMembers { by: &PRIYA, client, emails });
    at(39, 11, 36, Act::Enter { who: &PRIYA, client });
    at(39, 11, 40, Act::RemoveMembers { by: &PRIYA, client, emails });
    let member = &NEW_OWNER;
    at(36, 10, 2, Act::InviteMembers { by: &MIA, client: ACME, emails: &NEW_OWNER_EMAIL });
    at(37, 9, 14, Act::AcceptMember(member));
    at(37, 13, 50, Act::ConfirmMember { by: &MIA, member });
    at(40, 13, 44, Act::MakeOwner { by: &MIA, member });
}

const NEW_OWNER_EMAIL: [&str; 1] = [NEW_OWNER.email];

/// Somebody guesses Priya's password, and somebody has Ben's.
fn strangers(script: &mut Vec<(i64, Act)>, calendar: &Calendar) {
    for minute in [2, 2, 3, 3, 4, 4, 5, 6] {
        script.push((calendar.at(40, 22, minute), Act::StrangerTries { whose: &PRIYA, device: STRANGER }));
    }
    let mut at = |minute, act| script.push((calendar.at(40, 24 + 2, minute), act));
    at(41, Act::EnterFromElsewhere { whose: &BEN, device: NIGHT_BROWSER, client: UNFAMILIAR });
    at(49, Act::ExportFromElsewhere { whose: &BEN, device: NIGHT_PROGRAM, client: UNFAMILIAR });
}
