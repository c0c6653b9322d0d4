//! The organization itself, its policies and its events.

use serde_json::{Value, json};

use super::{Answer, Asked, ORGANIZATION, Role, State, answers::with_fields, untouched};
use crate::{keys::KEYS, recorded::recorded};

/// The policies this server knows.
pub(crate) const KNOWN_POLICIES: [i64; 11] = [0, 1, 2, 3, 5, 6, 7, 8, 14, 15, 16];

impl State {
    /// What is asked inside the organization.
    pub(super) fn inside(&mut self, method: &str, rest: &[&str], asked: &Asked) -> Answer {
        let answered = match (method, rest) {
            ("GET", []) => Ok(Answer::json(&self.organization)),
            ("PUT", []) => self.change_organization(&asked.body),
            ("DELETE", []) => self.delete(&asked.body),
            ("POST", ["leave"]) => Ok(self.leave()),
            ("GET", ["public-key"]) => {
                Ok(Answer::json(&json!({"object": "organizationPublicKey", "publicKey": KEYS.public_key})))
            }
            ("POST", ["api-key"]) => Ok(self.api_key(asked)),
            (_, ["users", users @ ..]) => self.users(method, users, asked),
            (_, ["collections", collections @ ..]) => self.collections(method, collections, asked),
            (_, ["groups", groups @ ..]) => self.groups(method, groups, asked),
            ("GET", ["policies"]) => Ok(Answer::list(&self.policies.values().cloned().collect::<Vec<_>>())),
            ("PUT", ["policies", kind]) => self.put_policy(kind, &asked.body),
            ("GET", ["events"]) => Ok(self.events_page(asked, |_| true)),
            _ => Ok(untouched(asked)),
        };
        answered.unwrap_or_else(|refused| refused)
    }

    /// Anybody may make one, unless nobody may. Of what is sent, the plan alone is not looked at.
    pub(super) fn make(&mut self, body: &str) -> Result<Answer, Answer> {
        let body = with_fields(body, &["name", "billingEmail", "key", "collectionName"])?;
        if self.makes_none {
            return Err(Answer::refused("User not allowed to create organizations"));
        }
        let mut membership = self.membership.clone();
        (membership["id"], membership["type"]) = (json!(self.new_id()), json!(0));
        (membership["name"], membership["key"]) = (body["name"].clone(), body["key"].clone());
        self.made_organizations.push(membership.clone());
        Ok(Answer::json(&membership))
    }

    /// Name and billing address are both needed.
    fn change_organization(&mut self, body: &str) -> Result<Answer, Answer> {
        let body = with_fields(body, &["name", "billingEmail"])?;
        if !body["billingEmail"].as_str().unwrap_or_default().contains('@') {
            return Err(Answer::of(recorded("validation", "bad billing address")));
        }
        for (name, value) in [("name", "name"), ("businessName", "name"), ("billingEmail", "billingEmail")] {
            self.organization[name] = body[value].clone();
        }
        self.membership["name"] = body["name"].clone();
        Ok(Answer::json(&self.organization))
    }

    fn delete(&mut self, body: &str) -> Result<Answer, Answer> {
        let body = with_fields(body, &["masterPasswordHash"])?;
        if self.role != Role::Owner {
            return Err(super::unauthorized());
        }
        if body["masterPasswordHash"] != KEYS.login_hash.as_str() {
            return Err(Answer::of(recorded("validation", "DELETE organization, wrong password")));
        }
        self.gone = true;
        Ok(Answer::of(recorded("validation", "DELETE organization")))
    }

    fn leave(&mut self) -> Answer {
        if self.role == Role::Owner && self.owners() < 2 {
            return Answer::of(recorded("validation", "leave as last owner"));
        }
        self.gone = true;
        Answer::nothing()
    }

    /// Takes the wrapped form only, and only what it knows.
    fn put_policy(&mut self, kind: &str, body: &str) -> Result<Answer, Answer> {
        let Some(kind) = kind.parse().ok().filter(|kind| KNOWN_POLICIES.contains(kind)) else {
            return Err(Answer::of(recorded("policies", "get type 99")));
        };
        let body = with_fields(body, &["policy"])?;
        let Some(enabled) = body["policy"]["enabled"].as_bool() else { return Err(super::not_taken()) };
        let mut policy: Value = serde_json::from_str(recorded("policies", "put, wrapped").body).unwrap();
        (policy["type"], policy["enabled"], policy["data"]) =
            (json!(kind), json!(enabled), body["policy"]["data"].clone());
        if kind == 8 {
            policy["canToggleState"] = json!(true);
        }
        self.policies.insert(kind, policy.clone());
        Ok(Answer::json(&policy))
    }

    /// A page of the events between two dates, both in it, newest first. The token is the date of the last one, and the next
    /// page begins with that date again.
    pub(super) fn events_page(&self, asked: &Asked, of: impl Fn(&Value) -> bool) -> Answer {
        const PAGE: usize = 30;
        let (Some(start), Some(end)) = (asked.query("start"), asked.query("end")) else {
            return Answer::of(recorded("events", "no start, no end"));
        };
        if [&start, &end].iter().any(|date| !date.contains('T')) {
            return Answer::of(recorded("events", "date only"));
        }
        if [&start, &end].iter().any(|date| !date.ends_with('Z')) {
            return Answer::of(recorded("events", "no zone"));
        }
        if !self.events_on {
            return Answer::list(&[]);
        }
        let date = |event: &Value| event["date"].as_str().unwrap().to_owned();
        let end = asked.query("continuationToken").unwrap_or(end);
        let all = self.events.iter().filter(|event| of(event));
        let rows = all.filter(|event| {
            comparable(&start) <= comparable(&date(event)) && comparable(&date(event)) <= comparable(&end)
        });
        let rows: Vec<Value> = rows.take(PAGE).cloned().collect();
        let token = rows.last().filter(|_| rows.len() == PAGE).map(date);
        Answer::json(&json!({"data": rows, "object": "list", "continuationToken": token}))
    }

    /// An event like the recorded one, of that date.
    pub(crate) fn happened(&mut self, kind: i32, date: &str) {
        let mut event: Value = serde_json::from_str(recorded("shapes", "event").body).unwrap();
        (event["type"], event["date"], event["organizationId"]) =
            (json!(kind), json!(date), json!(ORGANIZATION));
        self.events.push(event);
    }

    /// Confirmed owners, oneself among them.
    pub(super) fn owners(&self) -> usize {
        let owners = self.members.iter().filter(|member| member["type"] == 0 && member["status"] == 2);
        owners.count()
    }
}

/// Dates of any precision, to the microsecond.
fn comparable(date: &str) -> String {
    let date = date.trim_end_matches('Z');
    let (seconds, fraction) = date.split_once('.').unwrap_or((date, ""));
    format!("{seconds}.{fraction:0<6}")
}
