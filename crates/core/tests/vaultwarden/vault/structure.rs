//! Collections and groups.

use serde_json::{Value, json};

use super::{Answer, Asked, ORGANIZATION, State, answers::with_fields, untouched};

/// What is said where groups are switched off.
const GROUPS_OFF: &str = "Group support is disabled";

impl State {
    pub(super) fn collections(
        &mut self,
        method: &str,
        rest: &[&str],
        asked: &Asked,
    ) -> Result<Answer, Answer> {
        Ok(match (method, rest) {
            ("GET", []) => Answer::list(&self.collections.iter().map(plain).collect::<Vec<_>>()),
            ("GET", ["details"]) => {
                let rows: Vec<Value> = self.collections.iter().map(|row| self.with_owners(row)).collect();
                Answer::list(&rows)
            }
            ("POST", []) => {
                let body = with_fields(&asked.body, &["name", "groups", "users"])?;
                let mut made = self.collections[0].clone();
                (made["id"], made["name"], made["users"], made["groups"]) = (
                    json!(self.new_id()),
                    body["name"].clone(),
                    body["users"].clone(),
                    body["groups"].clone(),
                );
                self.collections.push(made.clone());
                Answer::json(&made)
            }
            ("PUT", [id]) => {
                let body = with_fields(&asked.body, &["name", "groups", "users"])?;
                let row = self.collections.iter().position(|row| row["id"] == *id);
                let Some(row) = row else { return Err(Answer::refused("Invalid collection")) };
                for name in ["name", "groups", "users"] {
                    self.collections[row][name] = body[name].clone();
                }
                Answer::json(&self.collections[row])
            }
            ("DELETE", []) => {
                let body = with_fields(&asked.body, &["ids"])?;
                self.collections.retain(|row| !body["ids"].as_array().unwrap().contains(&row["id"]));
                Answer::nothing()
            }
            ("POST", ["bulk-access"]) => {
                let body = with_fields(&asked.body, &["collectionIds", "groups", "users"])?;
                for row in &mut self.collections {
                    if body["collectionIds"].as_array().unwrap().contains(&row["id"]) {
                        grant(&mut row["users"], &body["users"]);
                        grant(&mut row["groups"], &body["groups"]);
                    }
                }
                Answer::nothing()
            }
            _ => untouched(asked),
        })
    }

    /// Who has access: the people it was given to, and every Owner and Admin beside them.
    fn with_owners(&self, collection: &Value) -> Value {
        let mut row = collection.clone();
        let leads =
            |member: &&Value| member["status"] == 2 && member["type"].as_i64().is_some_and(|kind| kind < 2);
        let mut users: Vec<Value> =
            self.members.iter().filter(leads).map(|member| manages(&member["id"])).collect();
        let given = collection["users"].as_array().unwrap().iter();
        users.extend(
            given
                .filter(|one| users.iter().all(|owner| owner["id"] != one["id"]))
                .cloned()
                .collect::<Vec<_>>(),
        );
        row["users"] = json!(users);
        row
    }

    pub(super) fn groups(&mut self, method: &str, rest: &[&str], asked: &Asked) -> Result<Answer, Answer> {
        if !self.groups_on {
            return Ok(if method == "GET" { Answer::list(&[]) } else { Answer::refused(GROUPS_OFF) });
        }
        Ok(match (method, rest) {
            ("GET", []) => Answer::list(&self.groups.iter().map(by_name).collect::<Vec<_>>()),
            ("GET", ["details"]) => Answer::list(&self.groups.iter().map(shown).collect::<Vec<_>>()),
            ("POST", []) => {
                let body = with_fields(&asked.body, &["name", "collections", "users"])?;
                let made = json!({"id": self.new_id(), "organizationId": ORGANIZATION, "name": body["name"], "accessAll": false,
                    "externalId": body["externalId"], "object": "group", "collections": body["collections"]});
                self.groups.push(made.clone());
                self.join(&made["id"], &body["users"]);
                Answer::json(&made)
            }
            ("GET", [id, "details"]) => Answer::json(&shown(&self.groups[self.group(id)?])),
            ("GET", [id, "users"]) => {
                let has =
                    |member: &&Value| member["groups"].as_array().unwrap().iter().any(|group| group == *id);
                Answer::json(&json!(
                    self.members.iter().filter(has).map(|member| &member["id"]).collect::<Vec<_>>()
                ))
            }
            // What the directory knows it by stays, whatever is sent.
            ("PUT", [id]) => {
                let body = with_fields(&asked.body, &["name", "collections", "users"])?;
                let row = self.group(id)?;
                (self.groups[row]["name"], self.groups[row]["collections"]) =
                    (body["name"].clone(), body["collections"].clone());
                self.join(&json!(id), &body["users"]);
                Answer::json(&shown(&self.groups[row]))
            }
            ("DELETE", []) => {
                let body = with_fields(&asked.body, &["ids"])?;
                self.groups.retain(|row| !body["ids"].as_array().unwrap().contains(&row["id"]));
                Answer::nothing()
            }
            _ => untouched(asked),
        })
    }

    fn group(&self, id: &str) -> Result<usize, Answer> {
        self.groups.iter().position(|row| row["id"] == id).ok_or_else(|| Answer::refused("Group not found"))
    }

    /// Exactly these members are in a group.
    fn join(&mut self, group: &Value, users: &Value) {
        for member in &mut self.members {
            let wanted = users.as_array().unwrap().contains(&member["id"]);
            let groups = member["groups"].as_array_mut().unwrap();
            groups.retain(|known| known != group);
            if wanted {
                groups.push(group.clone());
            }
        }
    }
}

fn manages(id: &Value) -> Value {
    json!({"id": id, "readOnly": false, "hidePasswords": false, "manage": true})
}

/// Adds to those who have access, or changes what they have.
fn grant(known: &mut Value, given: &Value) {
    for one in given.as_array().unwrap() {
        let known = known.as_array_mut().unwrap();
        known.retain(|other| other["id"] != one["id"]);
        known.push(one.clone());
    }
}

fn plain(collection: &Value) -> Value {
    let mut row = collection.clone();
    for name in ["readOnly", "hidePasswords", "manage", "assigned", "users", "groups", "unmanaged"] {
        row.as_object_mut().unwrap().remove(name);
    }
    row["object"] = json!("collection");
    row
}

fn by_name(group: &Value) -> Value {
    let mut row = group.clone();
    for name in ["collections", "accessAll"] {
        row.as_object_mut().unwrap().remove(name);
    }
    row
}

fn shown(group: &Value) -> Value {
    let mut row = group.clone();
    row["object"] = json!("groupDetails");
    row
}
