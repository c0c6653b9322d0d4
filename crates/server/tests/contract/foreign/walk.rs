//! Walking a route: with every foreign id by everybody, and then as it is meant to be called.

use futures::{StreamExt, stream};
use serde_json::Value;

use super::{
    answers::{NOT_ACCEPTED, OTHERWISE, Otherwise},
    database::{Dump, run},
    generate::{BY_API_KEY, Call, Operation},
    own::By,
    stage::{Kind, Stage, World},
};
use crate::support::{Answer, Person};

/// How many calls are under way at once.
const AT_ONCE: usize = 6;

/// A walk over the routes, and what went wrong on it.
pub struct Walk<'a> {
    stage: &'a Stage,
    pristine: &'a Dump,
    faults: Vec<String>,
    accepted: Vec<String>,
    refused_calls: usize,
    own_calls: usize,
}

/// A call that must do nothing to a foreign world.
struct Attempt<'a> {
    caller: Option<&'a Person>,
    call: Call,
    foreign: &'a World,
    /// The foreign ids in it.
    ids: Vec<&'a str>,
    /// In which places they stand.
    places: Vec<String>,
    /// One's own id stands beside the foreign one, so that a part of the call may be done.
    in_part: bool,
}

impl<'a> Walk<'a> {
    pub fn new(stage: &'a Stage, pristine: &'a Dump) -> Self {
        Self { stage, pristine, faults: Vec::new(), accepted: Vec::new(), refused_calls: 0, own_calls: 0 }
    }

    /// Calls a route with every foreign id in every place, as everybody who is to be kept out.
    pub async fn foreign(&mut self, operation: &Operation) {
        let (stage, otherwise) = (self.stage, otherwise(operation));
        let prepared = self.prepare(operation).await;
        let before = prepared.as_ref().unwrap_or(self.pristine);
        let attempts = callers(stage, operation.own.by)
            .into_iter()
            .flat_map(|caller| attempts(stage, operation, caller));
        let unread = |attempt: &Attempt<'_>| match otherwise {
            Some(Otherwise::Unread(unread)) => attempt.places.iter().all(|place| place == unread),
            _ => false,
        };
        // What may do a part of a call is looked at alone; all else together, for speed.
        let (in_part, whole): (Vec<_>, Vec<_>) =
            attempts.partition(|attempt| (attempt.in_part && otherwise.is_some()) || unread(attempt));
        self.refused_calls += in_part.len() + whole.len();

        let ask = async |attempt: Attempt<'a>| {
            let answer = send(stage, operation, attempt.caller, &attempt.call).await;
            (attempt, answer)
        };
        let answers: Vec<_> = stream::iter(whole).map(ask).buffer_unordered(AT_ONCE).collect().await;
        for (attempt, answer) in answers {
            let fault = fault(&attempt, &answer, otherwise);
            self.faults.extend(fault.map(|fault| told(operation, &attempt, &answer, fault)));
        }
        let written = before.difference(&Dump::of(&stage.server).await);
        if !written.is_empty() {
            let some: Vec<String> = written.into_iter().take(5).collect();
            let some = some.join("\n  ");
            self.faults.push(format!("{}: wrote something for a foreign id\n  {some}", operation.name()));
            before.put_back(&stage.server).await;
        }

        for attempt in in_part {
            let answer = send(stage, operation, attempt.caller, &attempt.call).await;
            let after = Dump::of(&stage.server).await;
            let all_or_nothing = !(200..300).contains(&answer.status);
            let mut written = match all_or_nothing {
                true => before.difference(&after),
                false => {
                    let ids = theirs(attempt.foreign, stage);
                    before.about(&ids).difference(&after.about(&ids))
                }
            };
            let allowed = if unread(&attempt) { Some(Otherwise::Everybody) } else { otherwise };
            if let Some(fault) = fault(&attempt, &answer, allowed) {
                written.push(fault.to_owned());
            }
            if !written.is_empty() {
                self.faults.push(told(operation, &attempt, &answer, &written.join("\n  ")));
            }
            if before != &after {
                before.put_back(&stage.server).await;
            }
        }
        if prepared.is_some() {
            self.pristine.put_back(&stage.server).await;
        }
    }

    /// Calls a route as it is meant to be called, so that what is refused is refused because of an id.
    pub async fn own(&mut self, operation: &Operation) {
        let stage = self.stage;
        let bodies = operation.calls(&stage.own);
        let mut accepted = vec![false; bodies.len()];
        let mut answers = Vec::new();
        for caller in callers(stage, operation.own.by) {
            for (call, accepted) in bodies.iter().zip(&mut accepted) {
                self.prepare(operation).await;
                let answer = send(stage, operation, caller, call).await;
                self.own_calls += 1;
                *accepted |= self.is_accepted(&answer, otherwise(operation)).await;
                let is_changed = answer.status == 200 && operation.method() != "GET";
                if is_changed || !operation.own.after.is_empty() {
                    self.pristine.put_back(&stage.server).await;
                }
                answers.push(format!("{} {}", answer.status, answer.text));
            }
        }
        if operation.method() == "GET" {
            // Who looks into a client leaves an event.
            self.pristine.put_back(&stage.server).await;
        }
        let known = NOT_ACCEPTED.iter().any(|(method, path, _)| operation.is((method, path)));
        if accepted.iter().all(|accepted| *accepted) {
            self.accepted.push(operation.name());
            if known {
                self.faults.push(format!("{}: is accepted, so it need not be excused", operation.name()));
            }
        } else if !known {
            let answers = answers.join("\n  ");
            self.faults.push(format!("{}: is accepted of nobody\n  {answers}", operation.name()));
        }
    }

    /// Whether a call was done, as far as its answer says; where that says nothing, whether something was written.
    async fn is_accepted(&self, answer: &Answer, otherwise: Option<Otherwise>) -> bool {
        let is_silent = otherwise == Some(Otherwise::Silence);
        is_done(answer, otherwise) && (!is_silent || *self.pristine != Dump::of(&self.stage.server).await)
    }

    async fn prepare(&self, operation: &Operation) -> Option<Dump> {
        if operation.own.after.is_empty() {
            return None;
        }
        run(&self.stage.server, operation.own.after).await;
        Some(Dump::of(&self.stage.server).await)
    }

    /// Fails if something went wrong, or an exception is of no route.
    pub fn finish(self, operations: &[Operation]) {
        let otherwise = OTHERWISE.iter().map(|(method, path, ..)| (*method, *path));
        let exceptions = otherwise.chain(NOT_ACCEPTED.iter().map(|(method, path, _)| (*method, *path)));
        for exception in exceptions.filter(|exception| !BY_API_KEY.contains(exception)) {
            let known = operations.iter().any(|operation| operation.is(exception));
            assert!(known, "{exception:?} is excused, and takes no id");
        }
        println!(
            "{} routes, {} accepted as one's own in {} calls; {} calls with foreign ids",
            operations.len(),
            self.accepted.len(),
            self.own_calls,
            self.refused_calls
        );
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

fn callers(stage: &Stage, by: By) -> Vec<Option<&Person>> {
    match by {
        By::Everybody => vec![Some(&stage.admin), Some(&stage.service_user), Some(&stage.owner)],
        By::Invitee => vec![Some(&stage.invitee)],
        By::Nobody => vec![None],
    }
}

/// Every call of a route with ids of a foreign world: in one place, beside one's own in a list, and in all places.
fn attempts<'a>(stage: &'a Stage, operation: &Operation, caller: Option<&'a Person>) -> Vec<Attempt<'a>> {
    let staff = caller.is_some_and(|caller| [&stage.admin.id, &stage.service_user.id].contains(&&caller.id));
    let mut attempts: Vec<Attempt<'a>> = Vec::new();
    for own in operation.calls(&stage.own) {
        let places = own.places(&stage.own);
        for foreign in stage.foreign() {
            let places: Vec<_> =
                places.iter().filter(|(_, kind)| foreign[*kind] != stage.own[*kind]).collect();
            let sibling = std::ptr::eq(foreign, &raw const stage.sibling);
            // The provider's staff are at home in its other client, unless both are mixed in one call.
            let at_home = |call: &Call| {
                let left = call.places(&stage.own);
                staff && sibling && left.iter().all(|(_, kind)| kind.is_of_provider())
            };
            let mut add = |call: Call, replaced: &[&(String, Kind)], in_part: bool| {
                if !attempts.iter().any(|attempt| attempt.call == call) {
                    let ids = replaced.iter().map(|(_, kind)| &foreign[*kind]).collect();
                    let places = replaced.iter().map(|(place, _)| place.clone()).collect();
                    attempts.push(Attempt { caller, call, foreign, ids, places, in_part });
                }
            };
            let mut all = own.clone();
            for place in &places {
                let (pointer, kind) = place;
                let id = &foreign[*kind];
                let replaced = own.replaced(pointer, id);
                if !at_home(&replaced) {
                    add(replaced, &[place], false);
                    if let Some(call) = own.beside(pointer, id) {
                        add(call, &[place], true);
                    }
                }
                all = all.replaced(pointer, id);
            }
            if !places.is_empty() && !at_home(&all) {
                add(all, &places, false);
            }
        }
    }
    attempts
}

/// The ids that are the foreign world's alone.
fn theirs<'a>(foreign: &'a World, stage: &'a Stage) -> Vec<&'a str> {
    let own = |kind| stage.own[kind] == foreign[kind];
    foreign.ids.keys().filter(|kind| !own(**kind)).map(|kind| &foreign[*kind]).collect()
}

/// Sends a call as somebody, or as nobody.
pub async fn send(stage: &Stage, operation: &Operation, caller: Option<&Person>, call: &Call) -> Answer {
    let (server, address) = (&stage.server, operation.address(call));
    let request = match caller {
        Some(person) => server.request_as(person, operation.method(), &address),
        None => server.request(operation.method(), &address),
    };
    let body = call.body();
    Answer::of(if body.is_null() { request } else { request.json(&body) }).await
}

/// How a route answers foreign ids, if not by refusing.
pub fn otherwise(operation: &Operation) -> Option<Otherwise> {
    let mut known = OTHERWISE.iter().filter(|(method, path, ..)| operation.is((method, path)));
    known.next().map(|(_, _, otherwise, _)| *otherwise)
}

/// What is wrong with an answer to a call with foreign ids.
fn fault(attempt: &Attempt<'_>, answer: &Answer, otherwise: Option<Otherwise>) -> Option<&'static str> {
    if answer.text.contains(attempt.foreign.mark) {
        return Some("tells of the other tenant");
    }
    let model = || answer.text.starts_with('{') && answer.json()["object"] == "error";
    let is_refusal = match answer.status {
        401 => answer.text.is_empty() || model(),
        403 => answer.text.is_empty() || model(),
        400 | 404 => model(),
        _ => false,
    };
    let is_known = match otherwise {
        Some(Otherwise::Silence) => answer.status == 200 && answer.text.is_empty(),
        Some(Otherwise::Failure) => answer.status == 500 && model(),
        Some(Otherwise::Everybody) => answer.status == 200,
        Some(Otherwise::Rows) => answer.status == 200 && !does(&answer.json(), &attempt.ids),
        Some(Otherwise::Unread(_)) | None => false,
    };
    (!is_refusal && !is_known).then_some("is not refused")
}

/// Whether a call was done; where rows have results, there must be some and none an error.
pub fn is_done(answer: &Answer, otherwise: Option<Otherwise>) -> bool {
    let good = |row: &Value| row["error"].as_str().unwrap_or_default().is_empty();
    let rows =
        |list: &Value| list["data"].as_array().is_some_and(|rows| !rows.is_empty() && rows.iter().all(good));
    answer.status == 200 && (otherwise != Some(Otherwise::Rows) || rows(&answer.json()))
}

/// Whether a list has a row without an error about one of these ids.
fn does(list: &Value, ids: &[&str]) -> bool {
    let rows = list["data"].as_array().unwrap().iter();
    let good = rows.filter(|row| row["error"].as_str().unwrap_or_default().is_empty());
    good.map(Value::to_string).any(|row| ids.iter().any(|id| row.contains(id)))
}

fn told(operation: &Operation, attempt: &Attempt<'_>, answer: &Answer, what: &str) -> String {
    let who = attempt.caller.map_or("nobody", |caller| &caller.email);
    let (name, places, mark) = (operation.name(), attempt.places.join(" "), attempt.foreign.mark);
    format!("{name} by {who} with an id of {mark} at {places}: {what}\n  {} {}", answer.status, answer.text)
}
