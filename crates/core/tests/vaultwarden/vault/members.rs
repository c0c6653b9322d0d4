//! The members.

use serde_json::{Value, json};

use super::{
    Answer, Asked, KEPT_PERMISSIONS, MYSELF, Role, State, answers::with_fields, not_taken, untouched,
};
use crate::{
    keys::{ITERATIONS, KEYS},
    recorded::recorded,
};

impl State {
    pub(super) fn users(&mut self, method: &str, rest: &[&str], asked: &Asked) -> Result<Answer, Answer> {
        let shown = |member: &Value| shown(member, asked);
        Ok(match (method, rest) {
            ("GET", []) => Answer::list(&self.members.iter().map(shown).collect::<Vec<_>>()),
            ("GET", ["mini-details"]) => Answer::list(&self.members.iter().map(by_name).collect::<Vec<_>>()),
            ("POST", ["invite"]) => self.invite(&asked.body)?,
            ("POST", ["public-keys"]) => {
                let ids = ids(&asked.body)?;
                let found =
                    self.members.iter().filter(|member| ids.iter().any(|id| member["id"] == id.as_str()));
                let row = |member: &Value| {
                    json!({"object": "organizationUserPublicKeyResponseModel", "id": member["id"], "userId": member["userId"],
                        "key": self.key_of(member)})
                };
                Answer::list(&found.map(row).collect::<Vec<_>>())
            }
            ("POST", ["confirm"]) => self.confirm(&asked.body)?,
            ("POST", ["reinvite"]) => {
                self.each(&asked.body, |state, row| match state.members[row]["status"].as_i64() {
                    Some(0) => Ok(()),
                    _ => Err("The user is already accepted or confirmed to the organization"),
                })?
            }
            ("PUT", ["revoke"]) => self.each(&asked.body, |state, row| {
                if state.members[row]["id"] == MYSELF {
                    return Err("You cannot revoke yourself");
                }
                state.members[row]["was"] = state.members[row]["status"].clone();
                state.members[row]["status"] = json!(-1);
                Ok(())
            })?,
            ("PUT", ["restore"]) => self.each(&asked.body, |state, row| {
                if state.members[row]["status"] != -1 {
                    return Err("User is already active");
                }
                state.members[row]["status"] = state.members[row]["was"].clone();
                Ok(())
            })?,
            ("DELETE", []) => self.each(&asked.body, |state, row| {
                if state.is_last_owner(row) {
                    return Err("Can't delete the last owner");
                }
                state.members.remove(row);
                Ok(())
            })?,
            ("GET", [member, "events"]) => {
                let of = |event: &Value| event["organizationUserId"] == *member || *member == MYSELF;
                self.events_page(asked, of)
            }
            ("POST", [member, "accept"]) => self.accept(member, &asked.body)?,
            ("GET", [member, "reset-password-details"]) if self.mail => recovery_of(member),
            ("PUT", [_, "recover-account"]) if self.mail => {
                with_fields(&asked.body, &["newMasterPasswordHash", "key"])?;
                Answer::of(recorded("with_mail", "recovered"))
            }
            ("GET", [member]) => match self.row(member) {
                Some(row) => Answer::json(&shown(&self.members[row])),
                None => Answer::of(recorded("members", "get unknown")),
            },
            ("PUT", [member]) => self.change(member, &asked.body)?,
            _ => untouched(asked),
        })
    }

    /// One address after the other, up to the first that cannot be invited. Those before it stay invited.
    fn invite(&mut self, body: &str) -> Result<Answer, Answer> {
        let body = with_fields(body, &["emails", "type", "groups", "collections"])?;
        let kind = body["type"].as_i64().ok_or_else(not_taken)?;
        if kind != 2 && self.role != Role::Owner {
            return Err(Answer::of(recorded("members", "admin invites an admin")));
        }
        for email in body["emails"].as_array().ok_or_else(not_taken)? {
            let email = email.as_str().ok_or_else(not_taken)?;
            if self.members.iter().any(|member| member["email"] == email) {
                let known = recorded("members", "invite already a member");
                return Err(Answer::new(known.status, known.body.replace("owner-9e8729@probe.test", email)));
            }
            let refused = self.not_invitable.iter().any(|known| known == email);
            if refused || email != email.trim() || !email.contains('@') {
                return Err(Answer::of(recorded("members", "invite malformed address")));
            }
            if self.mail && self.unreachable.iter().any(|known| known == email) {
                return Err(Answer::of(recorded("with_mail", "invite, and the letter cannot be sent")));
            }
            let mut member = self.new_member(email, kind, &body["permissions"]);
            (member["groups"], member["collections"]) = (body["groups"].clone(), body["collections"].clone());
            self.members.push(member);
        }
        Ok(Answer::of(recorded("members", "invite ok")))
    }

    /// Somebody just invited: who has an account has accepted at once where no mail is sent.
    pub(super) fn new_member(&mut self, email: &str, kind: i64, permissions: &Value) -> Value {
        let account = self.accounts.iter().any(|known| known == email);
        let mut member = self.members[0].clone();
        (member["id"], member["userId"], member["email"]) =
            (json!(self.new_id()), json!(self.new_id()), json!(email));
        member["name"] = if account { json!("Somebody") } else { Value::Null };
        (member["type"], member["permissions"]) = kept(kind, permissions);
        member["accessAll"] = json!(kind < 2);
        member["status"] = json!(i32::from(account && !self.mail));
        member
    }

    /// Only a letter has a token.
    fn accept(&mut self, member: &str, body: &str) -> Result<Answer, Answer> {
        with_fields(body, &["token"])?;
        let Some(row) = self.row(member).filter(|_| self.mail) else {
            return Err(Answer::of(recorded("members", "accept with a bad token")));
        };
        if self.members[row]["status"] != 0 {
            return Err(Answer::of(recorded("with_mail", "accept twice")));
        }
        self.members[row]["status"] = json!(1);
        Ok(Answer::of(recorded("with_mail", "accept")))
    }

    fn confirm(&mut self, body: &str) -> Result<Answer, Answer> {
        let body = with_fields(body, &["keys"])?;
        let mut results = Vec::new();
        for key in body["keys"].as_array().ok_or_else(not_taken)? {
            let id = key["id"].as_str().ok_or_else(not_taken)?;
            let wrapped = key["key"].as_str().ok_or_else(not_taken)?;
            let waiting = self.row(id).filter(|row| self.members[*row]["status"] == 1);
            results.push((
                id.to_owned(),
                match waiting {
                    Some(row) => {
                        (self.members[row]["status"], self.members[row]["wrapped"]) =
                            (json!(2), json!(wrapped));
                        ""
                    }
                    None => "User in invalid state",
                },
            ));
        }
        Ok(Answer::bulk(results.into_iter()))
    }

    /// Replaces collections and groups: what is absent is removed.
    fn change(&mut self, member: &str, body: &str) -> Result<Answer, Answer> {
        let body = with_fields(body, &["type"])?;
        let Some(row) = self.row(member) else { return Err(Answer::of(recorded("members", "get unknown"))) };
        let kind = body["type"].as_i64().ok_or_else(not_taken)?;
        if self.is_last_owner(row) && kind != 0 {
            return Err(Answer::of(recorded("members", "demote the last owner")));
        }
        let given =
            |name: &str| body.get(name).filter(|list| list.is_array()).cloned().unwrap_or_else(|| json!([]));
        let member = &mut self.members[row];
        (member["collections"], member["groups"]) = (given("collections"), given("groups"));
        (member["type"], member["permissions"]) = kept(kind, &body["permissions"]);
        Ok(Answer::nothing())
    }

    /// The status of a bulk call says nothing; the rows do.
    fn each(
        &mut self,
        body: &str,
        act: impl Fn(&mut Self, usize) -> Result<(), &'static str>,
    ) -> Result<Answer, Answer> {
        let results = ids(body)?.into_iter().map(|id| {
            let error = match self.row(&id) {
                Some(row) => act(self, row).err().unwrap_or_default(),
                None => "User to delete isn't member of the organization",
            };
            (id, error)
        });
        Ok(Answer::bulk(results.collect::<Vec<_>>().into_iter()))
    }

    fn row(&self, id: &str) -> Option<usize> {
        self.members.iter().position(|member| member["id"] == id)
    }

    fn is_last_owner(&self, row: usize) -> bool {
        self.members[row]["type"] == 0 && self.members[row]["status"] == 2 && self.owners() < 2
    }
}

/// The old Manager is a Custom member as well, and of the permissions only those on collections are kept.
fn kept(kind: i64, permissions: &Value) -> (Value, Value) {
    if !matches!(kind, 3 | 4) {
        return (json!(kind), Value::Null);
    }
    let row: Value = serde_json::from_str(recorded("shapes", "organization of the profile").body).unwrap();
    let mut all = row["permissions"].clone();
    for name in KEPT_PERMISSIONS {
        all[name] = json!(permissions[name] == true);
    }
    (json!(4), all)
}

/// Groups and collections come only when they are asked for; who reaches everything has none of their own.
fn shown(member: &Value, asked: &Asked) -> Value {
    let mut member = member.clone();
    let wanted = |name: &str| asked.query(name).as_deref() == Some("true");
    if !wanted("includeGroups") {
        member["groups"] = json!([]);
    }
    if !wanted("includeCollections") || member["accessAll"] == true {
        member["collections"] = json!([]);
    }
    for own in ["was", "wrapped"] {
        member.as_object_mut().unwrap().remove(own);
    }
    member
}

/// What opens the account of somebody who enrolled.
fn recovery_of(member: &str) -> Answer {
    let details = recorded("with_mail", "details for recovery");
    let text = details.body.replace("{member}", member).replace("600000", &ITERATIONS.to_string());
    let text = text.replace("{recovery key}", &KEYS.recovery_key);
    Answer::new(details.status, text.replace("{organization private key}", &KEYS.organizations_private_key))
}

fn by_name(member: &Value) -> Value {
    let mut mini: Value = serde_json::from_str(recorded("shapes", "member by name").body).unwrap();
    for name in ["id", "userId", "type", "status", "name", "email"] {
        mini[name] = member[name].clone();
    }
    mini
}

fn ids(body: &str) -> Result<Vec<String>, Answer> {
    let body = with_fields(body, &["ids"])?;
    let ids = body["ids"].as_array().ok_or_else(not_taken)?;
    ids.iter().map(|id| id.as_str().map(str::to_owned).ok_or_else(not_taken)).collect()
}
