//! Things in an organization's vault.

use portal_server::store::bulk::{self, BulkMember, BulkPerson};
use portal_wire::{OrganizationUserStatus, OrganizationUserType};
use serde_json::{Value, json};

use super::{
    Server,
    person::{ENC2, ENC4, Person},
    provider::{row, rows},
};

/// A login, as clients send it.
pub fn login(organization: &str) -> Value {
    json!({
        "type": 1,
        "name": ENC2,
        "notes": null,
        "organizationId": organization,
        "login": { "username": ENC2, "password": ENC2, "totp": null, "uris": [{ "uri": ENC2, "match": null }] },
        "fields": [{ "type": 1, "name": ENC2, "value": ENC2, "linkedId": null }],
        "reprompt": 0,
    })
}

/// A grant as it is sent; the level is `view`, `hide`, `edit` or `manage`.
pub fn grant(id: &str, level: &str) -> Value {
    json!({
        "id": id,
        "readOnly": level == "view" || level == "hide",
        "hidePasswords": level == "hide",
        "manage": level == "manage",
    })
}

impl Server {
    /// A new collection nobody has; its id.
    pub async fn collection(&self, person: &Person, organization: &str) -> String {
        self.collection_for(person, organization, json!([])).await
    }

    /// A new collection for these members; its id.
    pub async fn collection_for(&self, person: &Person, organization: &str, users: Value) -> String {
        let path = format!("/api/organizations/{organization}/collections");
        let body = json!({ "name": ENC2, "users": users });
        text(&self.send_as(person, "POST", &path, body).await.ok(), "id")
    }

    /// A new, empty group; its id.
    pub async fn group(&self, person: &Person, organization: &str) -> String {
        let path = format!("/api/organizations/{organization}/groups");
        let body = json!({ "name": "Group", "collections": [], "users": [] });
        text(&self.send_as(person, "POST", &path, body).await.ok(), "id")
    }

    /// A new item in no collection; its id.
    pub async fn item(&self, person: &Person, organization: &str) -> String {
        let path = format!("/api/ciphers/import-organization?organizationId={organization}");
        self.send_as(person, "POST", &path, json!({ "ciphers": [login(organization)] })).await.ok();
        let path = format!("/api/ciphers/organization-details?organizationId={organization}");
        let all = self.get_as(person, &path).await.ok();
        let item = rows(&all).iter().find(|item| item["collectionIds"] == json!([])).unwrap();
        text(item, "id")
    }

    /// A new item in this collection; the item.
    pub async fn item_in(&self, person: &Person, organization: &str, collection: &str) -> Value {
        let body = json!({ "cipher": login(organization), "collectionIds": [collection] });
        self.send_as(person, "POST", "/api/ciphers/admin", body).await.ok()
    }
}

/// A field that is a text.
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

impl Server {
    /// A confirmed member with this role (0 owner, 1 admin, 2 user, 4 custom) and permission, and the membership's id.
    pub async fn member(
        &self,
        staff: &Person,
        organization: &str,
        email: &str,
        role: i32,
        permission: Option<&str>,
    ) -> (Person, String) {
        let person = self.person(email).await;
        let permissions = permission.map_or_else(|| json!({}), |name| json!({ name: true }));
        let member = BulkMember {
            who: BulkPerson::User(person.id.parse().unwrap()),
            role: OrganizationUserType::from_number(role),
            permissions: serde_json::from_value(permissions).unwrap(),
            status: OrganizationUserStatus::Confirmed,
            key: Some(ENC4.to_owned()),
        };
        let (store, now) = (&self.app.context().store, self.app.context().clock.now());
        bulk::insert_members(store, organization.parse().unwrap(), &[member], now).await.unwrap();
        let all =
            self.get_as(staff, &format!("/api/organizations/{organization}/users/mini-details")).await.ok();
        (person.clone(), text(row(&all, "userId", &person.id), "id"))
    }

    /// The kinds of the events of an organization since the clock was moved, oldest first.
    pub async fn kinds(&self, person: &Person, path: &str) -> Vec<i64> {
        let list = self.get_as(person, path).await.ok();
        rows(&list).iter().rev().map(|event| event["type"].as_i64().unwrap()).collect()
    }

    /// Sets a flag of an organization, whatever the route for it asks.
    pub async fn set_flag(&self, flag: &'static str, value: i64, organization: &str) {
        let mut tx = self.app.context().store.write().await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("UPDATE organizations SET {flag} = $1 WHERE id = $2")))
            .bind(value)
            .bind(organization.to_owned())
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}
