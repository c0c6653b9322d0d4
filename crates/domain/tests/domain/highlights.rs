use portal_domain::timeline::{Part, highlights::*};
use portal_wire::EventType::{self as E};

mod any;
mod bursts;
mod people;
mod powers;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A Monday at midnight in UTC.
const START: i64 = 20_454 * DAY;
const ANA: u32 = 7;
const HOME: u32 = 50;
const AWAY: u32 = 51;
const PHONE: u32 = 61;
const LAPTOP: u32 = 60;

/// A log that is being written: an event a call.
#[derive(Default)]
struct Book(Vec<Seen>);

impl Book {
    fn add(&mut self, date: i64, kind: E) -> &mut Seen {
        let row = self.0.len() as u32;
        self.0.push(Seen {
            row,
            date: START + date,
            kind,
            actor: ANA,
            address: HOME,
            device: LAPTOP,
            place: NONE,
            subject: NONE,
            becomes_owner: false,
            policy_now_off: false,
            is_staff: false,
        });
        self.0.last_mut().unwrap()
    }

    /// So many events a day for so many days, from nine o'clock, one every ten minutes.
    fn habit(days: i64, a_day: i64) -> Self {
        let mut book = Self::default();
        for day in 0..days {
            for number in 0..a_day {
                book.add(day * DAY + 9 * HOUR + number * 10 * MINUTE, E::CipherClientViewed);
            }
        }
        book
    }

    fn found(&self) -> Vec<Highlight> {
        self.with(&[], RuleSet::ALL)
    }

    fn with(&self, zone: &[(i64, i32)], rules: RuleSet) -> Vec<Highlight> {
        highlights(&mut self.0.iter().copied(), zone, rules)
    }

    fn rules(&self) -> Vec<Rule> {
        self.found().iter().map(|highlight| highlight.rule).collect()
    }

    fn last(&self) -> u32 {
        self.0.last().unwrap().row
    }
}

fn text(highlight: &Highlight) -> String {
    let names = |mention| {
        Some(match mention {
            Mention::Address(AWAY) => "203.0.113.94".to_owned(),
            Mention::Device(PHONE) => "iOS app".to_owned(),
            Mention::Place(9) => "Cobalt Freight".to_owned(),
            Mention::Member(3) => "Cid Poe".to_owned(),
            Mention::Policy(4) => "Require two-step login".to_owned(),
            _ => return None,
        })
    };
    why(highlight, &names).iter().map(Part::text).collect()
}

/// The one highlight there is, its sentence, and how many rows are behind it.
fn only(book: &Book) -> (Rule, String, usize) {
    let found = book.found();
    assert_eq!(found.len(), 1, "{found:?}");
    let one = &found[0];
    assert_eq!(one.behind.last(), Some(&one.row));
    (one.rule, text(one), one.behind.len())
}
