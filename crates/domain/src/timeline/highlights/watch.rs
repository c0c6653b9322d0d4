mod bursts;

use std::collections::BinaryHeap;

use portal_wire::EventType;

use self::bursts::Sort;
use super::{
    CREATION_MS, Facts, Highlight, MOST_BEHIND, NONE, Rule, RuleSet, Seen,
    burst::{Burst, Step},
    habits::{Habits, Local, Used},
    kinds::{reads, removal, weakens},
    numbers::{Numbers, pair},
};

/// What deserves a second look, in the order in which it was found.
///
/// `events` come oldest first; those of one date may come in any order, and [`Seen::row`] decides between them. An event
/// that is out of order counts where it stands. `zone` says how many minutes the reader's clocks are ahead of UTC from which
/// moment on, by rising moment; before the first entry the first holds, and without any it is UTC.
pub fn highlights(
    events: &mut dyn Iterator<Item = Seen>,
    zone: &[(i64, i32)],
    rules: RuleSet,
) -> Vec<Highlight> {
    let mut watch = Watch::new(zone, rules);
    watch.look(events);
    watch.end()
}

/// The same for events that are handed in part by part, so that whoever does it can do something else between.
pub struct Watch {
    zone: Vec<(i64, i32)>,
    rules: RuleSet,
    found: Vec<Highlight>,
    /// The last events handed in, which have one date: others of that date may follow.
    together: Vec<Seen>,
    /// Places in `people`, by actor.
    numbers: Numbers,
    people: Vec<Habits>,
    /// What each person has used, and where they have been.
    addresses: Numbers,
    devices: Numbers,
    places: Numbers,
    bursts: Vec<Burst>,
    /// What the bursts that have become highlights have counted already.
    counted: Numbers,
    /// Places in `creations`, by client.
    created: Numbers,
    creations: Vec<i64>,
    /// Places in `invited`, by client and member.
    owners: Numbers,
    invited: Vec<Invited>,
}

/// What became of the last invitation of somebody as an Owner.
#[derive(Clone, Copy)]
enum Invited {
    /// There was none, or it has been confirmed.
    No,
    /// It came with the client, as a matter of course.
    AsEver,
    /// It is a highlight, at this place of the list.
    Told(usize),
}

impl Watch {
    /// Has seen nothing yet.
    pub fn new(zone: &[(i64, i32)], rules: RuleSet) -> Self {
        Self {
            zone: zone.to_vec(),
            rules,
            found: Vec::new(),
            together: Vec::new(),
            numbers: Numbers::default(),
            people: Vec::new(),
            addresses: Numbers::default(),
            devices: Numbers::default(),
            places: Numbers::default(),
            bursts: Vec::new(),
            counted: Numbers::default(),
            created: Numbers::default(),
            creations: Vec::new(),
            owners: Numbers::default(),
            invited: Vec::new(),
        }
    }

    /// Looks at the events that come next.
    pub fn look(&mut self, events: &mut dyn Iterator<Item = Seen>) {
        for seen in events {
            if self.together.first().is_some_and(|first| first.date != seen.date) {
                self.see_together();
            }
            self.together.push(seen);
        }
    }

    /// What was found in all of them.
    pub fn end(mut self) -> Vec<Highlight> {
        self.see_together();
        self.found
    }

    fn see_together(&mut self) {
        let together = std::mem::take(&mut self.together);
        self.see_all(&together);
        self.together = together;
        self.together.clear();
    }

    /// Looks at events of one date.
    fn see_all(&mut self, together: &[Seen]) {
        // A client and the invitation of its Owner may have one date and any order.
        for seen in together {
            if seen.kind == EventType::ProviderOrganizationCreated && seen.place != NONE {
                let next = u32::try_from(self.creations.len()).unwrap_or(NONE);
                if self.created.get_or(pair(seen.place, 0), next).1 {
                    self.creations.push(seen.date);
                }
            }
        }
        if together.is_sorted_by_key(|seen| seen.row) {
            for seen in together {
                self.see(seen);
            }
            return;
        }
        let order: BinaryHeap<u64> = (0..).zip(together).map(|(place, seen)| pair(seen.row, place)).collect();
        for key in order.into_sorted_vec() {
            // The lower half is the place.
            if let Some(seen) = together.get(key as u32 as usize) {
                self.see(seen);
            }
        }
    }

    fn see(&mut self, seen: &Seen) {
        match seen.kind {
            EventType::OrganizationClientExportedVault | EventType::UserClientExportedVault => {
                let own = seen.kind == EventType::UserClientExportedVault;
                self.add(Rule::MassExport, vec![seen.row], Facts::Export { own });
            }
            EventType::OrganizationPurgedVault => {
                self.add(Rule::MassRemoval, vec![seen.row], Facts::Purge);
            }
            EventType::OrganizationUserInvited
            | EventType::OrganizationUserConfirmed
            | EventType::OrganizationUserUpdated
                if seen.becomes_owner && self.rules.has(Rule::OwnerAdded) =>
            {
                self.owner(seen);
            }
            kind if weakens(kind) || kind == EventType::PolicyUpdated && seen.policy_now_off => {
                let facts = Facts::Weakened { kind, subject: seen.subject };
                self.add(Rule::ProtectionWeakened, vec![seen.row], facts);
            }
            _ => {}
        }
        if seen.actor != NONE {
            self.person(seen);
        }
    }

    fn owner(&mut self, seen: &Seen) {
        let facts = Facts::Owner { kind: seen.kind, subject: seen.subject };
        if seen.subject == NONE || seen.kind == EventType::OrganizationUserUpdated {
            return self.add(Rule::OwnerAdded, vec![seen.row], facts);
        }
        let next = u32::try_from(self.invited.len()).unwrap_or(NONE);
        let (at, new) = self.owners.get_or(pair(seen.place, seen.subject), next);
        if new {
            self.invited.push(Invited::No);
        }
        let invited = self.invited.get(at as usize).copied().unwrap_or(Invited::No);
        let confirmed = seen.kind == EventType::OrganizationUserConfirmed;
        let now = match invited {
            Invited::AsEver if confirmed => Invited::No,
            Invited::Told(highlight) if confirmed => {
                if let Some(highlight) = self.found.get_mut(highlight) {
                    highlight.push(seen.row);
                    highlight.facts = facts;
                }
                Invited::No
            }
            _ if !confirmed && self.is_creation(seen) => Invited::AsEver,
            _ => {
                self.add(Rule::OwnerAdded, vec![seen.row], facts);
                if confirmed { Invited::No } else { Invited::Told(self.found.len() - 1) }
            }
        };
        if let Some(slot) = self.invited.get_mut(at as usize) {
            *slot = now;
        }
    }

    fn is_creation(&self, seen: &Seen) -> bool {
        let date = self.created.get(pair(seen.place, 0)).and_then(|at| self.creations.get(at as usize));
        date.is_some_and(|date| seen.date.abs_diff(*date) <= CREATION_MS)
    }

    fn person(&mut self, seen: &Seen) {
        let next = u32::try_from(self.people.len()).unwrap_or(NONE);
        let (number, new) = self.numbers.get_or(pair(seen.actor, 0), next);
        if new {
            self.people.push(Habits::new());
        }
        let person = number as usize;
        if matches!(seen.kind, EventType::UserFailedLogIn | EventType::UserFailedLogIn2fa) {
            let step = Step { date: seen.date, row: seen.row, subject: NONE, sort: 0 };
            return self.advance(person, Sort::FailedSignIns, step);
        }
        if seen.kind == EventType::UserLoggedIn {
            self.signed_in(person, seen);
        } else if let Some(sort) = removal(seen.kind) {
            let step = Step { date: seen.date, row: seen.row, subject: seen.subject, sort };
            self.advance(person, Sort::Removals, step);
        } else if reads(seen.kind) {
            let step = Step { date: seen.date, row: seen.row, subject: seen.subject, sort: 0 };
            self.advance(person, Sort::Reading, step);
        }
        self.habits(person, seen);
    }

    /// Compares with what is usual for this person, and learns from it.
    fn habits(&mut self, person: usize, seen: &Seen) {
        let now = Local::new(seen.date, self.ahead(seen.date));
        let Some(habits) = self.people.get_mut(person) else { return };
        let events = habits.events;
        let address =
            first_time(habits, |habits| &mut habits.addresses, &mut self.addresses, seen.actor, seen.address);
        let device =
            first_time(habits, |habits| &mut habits.devices, &mut self.devices, seen.actor, seen.device);
        let hour = habits.unusual_hour(seen.date, now);
        let visit = habits.is_visit(seen).then(|| habits.visit(seen, &mut self.places)).flatten();
        let before = habits.last_row;
        habits.learn(seen.date, now, seen.row);
        if let Some(others) = address {
            let facts = Facts::NewAddress { address: seen.address, events, others };
            self.add(Rule::NewAddress, vec![before, seen.row], facts);
        }
        if let Some(others) = device {
            let facts = Facts::NewDevice { device: seen.device, events, others };
            self.add(Rule::NewDevice, vec![before, seen.row], facts);
        }
        if let Some(facts) = hour {
            self.add(Rule::UnusualHour, vec![seen.row], facts);
        }
        if let Some(facts) = visit {
            self.add(Rule::FirstVisit, vec![seen.row], facts);
        }
    }

    /// How many minutes the reader's clocks were ahead of UTC.
    fn ahead(&self, date: i64) -> i32 {
        let after = self.zone.partition_point(|(from, _)| *from <= date);
        self.zone.get(after.saturating_sub(1)).map_or(0, |(_, minutes)| *minutes)
    }

    fn add(&mut self, rule: Rule, behind: Vec<u32>, facts: Facts) {
        if let Some(row) = behind.last().copied().filter(|_| self.rules.has(rule)) {
            self.found.push(Highlight { rule, row, behind, facts });
        }
    }
}

/// Notes what somebody used. If it is the first time and they had settled on others, says on how many.
fn first_time(
    habits: &mut Habits,
    used: fn(&mut Habits) -> &mut Used,
    known: &mut Numbers,
    actor: u32,
    thing: u32,
) -> Option<u32> {
    let Used { count, last } = *used(habits);
    if thing == NONE || thing == last {
        return None;
    }
    used(habits).last = thing;
    if !known.get_or(pair(actor, thing), 0).1 {
        return None;
    }
    used(habits).count += 1;
    habits.is_settled(count).then_some(count)
}

impl Highlight {
    fn push(&mut self, row: u32) {
        self.row = row;
        if self.behind.len() >= MOST_BEHIND {
            self.behind.pop();
        }
        self.behind.push(row);
    }
}
