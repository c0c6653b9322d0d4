//! Somebody with an account.

use serde_json::{Value, json};

use super::{Answer, Server};

/// A password hash as clients send it. What it is made of does not matter to the server.
pub const PASSWORD: &str = "cGFzc3dvcmQgaGFzaCBvZiB0aGUgY2xpZW50IHdpdGggMzI=";
/// A text that looks encrypted. The server never decrypts, so nothing need be inside.
pub const ENC2: &str =
    "2.AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
/// The same, for a public key.
pub const ENC4: &str = "4.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// Somebody who is signed in. The tokens are those of the sign-in; [`Person::refresh`] gets the roles of now.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub access_token: String,
    pub refresh_token: String,
}

/// The body that registers an address, without the token.
pub fn registration(email: &str) -> Value {
    json!({
        "email": email,
        "masterPasswordHash": PASSWORD,
        "userSymmetricKey": ENC2,
        "kdf": 0,
        "kdfIterations": 600_000,
        "userAsymmetricKeys": { "publicKey": public_key(email), "encryptedPrivateKey": ENC2 },
    })
}

/// The (made-up) public key an address registers with.
pub fn public_key(email: &str) -> String {
    data_encoding::BASE64.encode(format!("public key of {email}").as_bytes())
}

/// The form that signs an address in.
pub fn sign_in_form(email: &str) -> Vec<(&'static str, String)> {
    [
        ("grant_type", "password"),
        ("client_id", "web"),
        ("scope", "api offline_access"),
        ("username", email),
        ("password", PASSWORD),
        ("deviceType", "9"),
        ("deviceIdentifier", "6f2c3f9e-0000-4000-8000-000000000001"),
        ("deviceName", "chrome"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// A form with one field set or replaced.
pub fn with(
    mut form: Vec<(&'static str, String)>,
    name: &'static str,
    value: &str,
) -> Vec<(&'static str, String)> {
    form.retain(|(known, _)| *known != name);
    form.push((name, value.to_owned()));
    form
}

impl Server {
    /// Registers an address and signs it in.
    pub async fn person(&self, email: &str) -> Person {
        self.register(email).await;
        self.sign_in(email).await
    }

    /// Registers an address by e-mail token.
    pub async fn register(&self, email: &str) {
        let mut body = registration(email);
        body["emailVerificationToken"] = self.registration_token(email).await;
        assert_eq!(
            self.post("/identity/accounts/register/finish", &body).await.ok()["object"],
            "registerFinish"
        );
    }

    /// The token to register an address with.
    pub async fn registration_token(&self, email: &str) -> Value {
        let path = "/identity/accounts/register/send-verification-email";
        self.post(path, &json!({ "email": email, "receiveMarketingEmails": false })).await.ok()
    }

    /// Asks for a token.
    pub async fn token(&self, form: &[(&'static str, String)]) -> Answer {
        let request =
            self.request("POST", "/identity/connect/token").header("bitwarden-client-version", "2026.8.0");
        Answer::of(request.form(form)).await
    }

    /// Signs a registered address in.
    pub async fn sign_in(&self, email: &str) -> Person {
        let tokens = self.token(&sign_in_form(email)).await.ok();
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let mut person = Person {
            id: String::new(),
            email: email.to_owned(),
            access_token: text("access_token"),
            refresh_token: text("refresh_token"),
        };
        person.id = claims(&person.access_token)["sub"].as_str().unwrap().to_owned();
        person
    }

    /// Asks as somebody.
    pub async fn get_as(&self, person: &Person, path: &str) -> Answer {
        Answer::of(self.request_as(person, "GET", path)).await
    }

    /// Sends JSON as somebody: `server.send_as(&ann, "PUT", "/api/…", json!({…}))`. `Value::Null` sends no body.
    pub async fn send_as(&self, person: &Person, method: &str, path: &str, body: Value) -> Answer {
        let request = self.request_as(person, method, path);
        Answer::of(if body.is_null() { request } else { request.json(&body) }).await
    }

    /// A request as somebody.
    pub fn request_as(&self, person: &Person, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.request(method, path).bearer_auth(&person.access_token)
    }

    /// Gets somebody the roles of now.
    pub async fn refresh(&self, person: &mut Person) {
        let form = [
            ("grant_type", "refresh_token".to_owned()),
            ("client_id", "web".to_owned()),
            ("refresh_token", person.refresh_token.clone()),
        ];
        let tokens = self.token(&form).await.ok();
        person.access_token = tokens["access_token"].as_str().unwrap().to_owned();
    }
}

/// What an access token says.
pub fn claims(access_token: &str) -> Value {
    let payload = access_token.split('.').nth(1).unwrap();
    serde_json::from_slice(&data_encoding::BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap()).unwrap()
}
