//! A provider that works, and the way into its staff and its clients.

use portal_server::operator::{self, NewlyMade, ProviderOrder};
use serde_json::{Value, json};

use super::{
    Server,
    person::{ENC2, ENC4, Person},
};

/// A provider that is set up, and its first admin with the roles of now.
#[derive(Clone, Debug)]
pub struct Provider {
    pub id: String,
    pub admin: Person,
}

/// The rows of a list.
pub fn rows(list: &Value) -> &Vec<Value> {
    assert_eq!(list["object"], "list", "{list}");
    list["data"].as_array().unwrap()
}

/// The row whose field is this text.
#[track_caller]
pub fn row<'a>(list: &'a Value, field: &str, text: &str) -> &'a Value {
    let found = rows(list).iter().find(|row| row[field] == text);
    found.unwrap_or_else(|| panic!("no row with {field} {text} in {list}"))
}

/// A parameter of a link.
pub fn parameter(link: &str, name: &str) -> String {
    let (_, query) = link.split_once('?').unwrap();
    let pair = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    let encoded = pair.unwrap_or_else(|| panic!("no {name} in {link}"));
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What sets a provider up.
pub fn setup(token: &str) -> Value {
    json!({
        "name": "Northwind IT",
        "businessName": "Northwind & Co",
        "billingEmail": "Bills@Northwind.example",
        "token": token,
        "key": ENC4,
        "paymentMethod": { "type": "card", "token": "tok_test" },
        "billingAddress": { "country": "NO", "postalCode": "0150" },
    })
}

/// A new client. Its key is made of its name, so that no two are the same.
pub fn client(name: &str, owner: &str, plan: i32, seats: i32) -> Value {
    json!({
        "name": name,
        "ownerEmail": owner,
        "planType": plan,
        "seats": seats,
        "key": format!("2.{}|AAAA|AAAA", data_encoding::BASE64.encode(name.as_bytes())),
        "keyPair": { "publicKey": "MIIB", "encryptedPrivateKey": ENC2 },
        "collectionName": ENC2,
    })
}

impl Server {
    /// A pending provider, as the operator makes it.
    pub async fn pending_provider(&self, admin_email: &str, minimum: u32) -> NewlyMade {
        let order = ProviderOrder {
            name: "Northwind".to_owned(),
            admin_email: admin_email.to_owned(),
            teams_minimum: minimum,
            enterprise_minimum: minimum,
        };
        operator::create_provider(self.app.context(), &order).await.unwrap()
    }

    /// A provider that is set up, with so many seats of each plan.
    pub async fn provider(&self, admin_email: &str, minimum: u32) -> Provider {
        self.register(admin_email).await;
        let made = self.pending_provider(admin_email, minimum).await;
        let admin = self.sign_in(admin_email).await;
        let id = made.provider_id.to_string();
        self.send_as(&admin, "POST", &format!("/api/providers/{id}/setup"), setup(&made.token)).await.ok();
        Provider { id, admin }
    }

    /// Invites an address to the staff (role 0 or 1) and answers the membership's id and the token.
    pub async fn invite_staff(&self, provider: &Provider, email: &str, role: i32) -> (String, String) {
        let path = format!("/api/providers/{}/users/invite", provider.id);
        self.send_as(&provider.admin, "POST", &path, json!({ "emails": [email], "type": role })).await.ok();
        let open = self.open_invitations(provider).await;
        let open = row(&open, "email", &email.to_lowercase());
        let token = parameter(open["link"].as_str().unwrap(), "token");
        (open["providerUserId"].as_str().unwrap().to_owned(), token)
    }

    /// The open invitations of a provider.
    pub async fn open_invitations(&self, provider: &Provider) -> Value {
        self.get_as(&provider.admin, &format!("/api/portal/providers/{}/invitations", provider.id)).await.ok()
    }

    /// Somebody registered and accepted into the staff, but not confirmed.
    pub async fn accepted_staff(&self, provider: &Provider, email: &str, role: i32) -> (Person, String) {
        let (id, token) = self.invite_staff(provider, email, role).await;
        let person = self.person(email).await;
        let path = format!("/api/providers/{}/users/{id}/accept", provider.id);
        self.send_as(&person, "POST", &path, json!({ "token": token })).await.ok();
        (person, id)
    }

    /// Somebody registered and confirmed as staff, with the roles of now, and the membership's id.
    pub async fn staff(&self, provider: &Provider, email: &str, role: i32) -> (Person, String) {
        let (mut person, id) = self.accepted_staff(provider, email, role).await;
        let path = format!("/api/providers/{}/users/{id}/confirm", provider.id);
        self.send_as(&provider.admin, "POST", &path, json!({ "key": ENC4 })).await.ok();
        self.refresh(&mut person).await;
        (person, id)
    }

    /// Creates a client and answers its row in the list.
    pub async fn client(&self, provider: &Provider, name: &str, owner: &str, plan: i32, seats: i32) -> Value {
        let path = format!("/api/providers/{}/clients", provider.id);
        self.send_as(&provider.admin, "POST", &path, client(name, owner, plan, seats)).await.ok();
        row(&self.clients(provider).await, "organizationName", name).clone()
    }

    /// The list of clients.
    pub async fn clients(&self, provider: &Provider) -> Value {
        self.get_as(&provider.admin, &format!("/api/providers/{}/organizations", provider.id)).await.ok()
    }

    /// The owner of a client registered, accepted and confirmed, and the membership's id.
    pub async fn owner(&self, provider: &Provider, client: &Value, email: &str) -> (Person, String) {
        let (person, id) = self.accepted_owner(provider, client, email).await;
        let organization = client["organizationId"].as_str().unwrap();
        let path = format!("/api/organizations/{organization}/users/{id}/confirm");
        self.send_as(&provider.admin, "POST", &path, json!({ "key": ENC4 })).await.ok();
        (person, id)
    }

    /// The owner of a client registered and accepted, but not confirmed.
    pub async fn accepted_owner(&self, provider: &Provider, client: &Value, email: &str) -> (Person, String) {
        let open = self.open_invitations(provider).await;
        let organization = client["organizationId"].as_str().unwrap();
        let open = rows(&open)
            .iter()
            .find(|open| open["email"] == email && open["organizationId"] == organization)
            .unwrap()
            .clone();
        let id = open["organizationUserId"].as_str().unwrap().to_owned();
        let token = parameter(open["link"].as_str().unwrap(), "token");
        let person = self.person(email).await;
        let path = format!("/api/organizations/{organization}/users/{id}/accept");
        self.send_as(&person, "POST", &path, json!({ "token": token })).await.ok();
        (person, id)
    }
}
