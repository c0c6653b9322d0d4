//! Accounts and tokens.

use serde_json::{Value, json};

use super::{Answer, Asked, ORGANIZATION, State, answers, missing, unauthorized};
use crate::{
    keys::{EMAIL, ITERATIONS, KEYS},
    recorded::recorded,
};

/// Of the organization's API key.
const IMPORT_TOKEN: &str = "organization-token";

impl State {
    pub(super) fn identity(&mut self, asked: &Asked) -> Answer {
        let answered = match (asked.method.as_str(), asked.plain_path()) {
            ("POST", "/identity/accounts/prelogin/password") => answers::with_fields(&asked.body, &["email"])
                .map(|_| {
                    let known = recorded("anonymous", "POST /identity/accounts/prelogin/password known");
                    Answer::new(known.status, known.body.replace("600000", &ITERATIONS.to_string()))
                }),
            ("POST", "/identity/accounts/register/send-verification-email") => {
                answers::with_fields(&asked.body, &["email"]).map(|_| match self.mail {
                    true => Answer { status: 204, ..Answer::nothing() },
                    false => Answer::of(recorded("sign_in", "register an existing address")),
                })
            }
            ("POST", "/identity/accounts/register/finish") => register(&asked.body),
            ("POST", "/identity/connect/token") => Ok(self.grant(&asked.body)),
            _ => Ok(missing()),
        };
        answered.unwrap_or_else(|refused| refused)
    }

    fn grant(&mut self, form: &str) -> Answer {
        let field = |name: &str| {
            let value = form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            value.map(decoded).unwrap_or_default()
        };
        let refused = |name: &str| Answer::of(recorded("sign_in", name));
        match field("grant_type").as_str() {
            "refresh_token" => {
                // Each of them counts as long as the password is the same.
                if self.refresh_void || !field("refresh_token").starts_with("refresh-") {
                    return refused("bad refresh token");
                }
                self.hand_out("refreshed token")
            }
            "client_credentials" => {
                if field("client_id") != format!("organization.{ORGANIZATION}") {
                    return refused("organization key unknown");
                }
                let scope = field("scope");
                Answer::json(
                    &json!({"access_token": IMPORT_TOKEN, "expires_in": 3600, "token_type": "Bearer", "scope": scope}),
                )
            }
            _ => {
                let device = ["deviceType", "deviceIdentifier", "deviceName"];
                if field("scope") != "api offline_access" || device.iter().any(|name| field(name).is_empty())
                {
                    return refused("scope without offline_access");
                }
                if field("username").to_lowercase() != EMAIL || field("password") != KEYS.login_hash {
                    return refused("wrong password");
                }
                match self.code {
                    Some(_) if field("twoFactorToken").is_empty() => return refused("two-step demanded"),
                    Some(code) if field("twoFactorToken") != code => return refused("two-step wrong code"),
                    _ => {}
                }
                self.hand_out("token")
            }
        }
    }

    fn hand_out(&mut self, shape: &str) -> Answer {
        self.token += 1;
        let text = recorded("shapes", shape).body.replace("{private key}", &KEYS.wrapped_private_key);
        let text =
            text.replace("{public key}", &KEYS.public_key).replace("{user key}", &KEYS.wrapped_user_key);
        let text = text.replace("{access token}", &format!("access-{}", self.token));
        let text = text.replace("{refresh token}", &format!("refresh-{}", self.token));
        Answer::new(200, text.replace("600000", &ITERATIONS.to_string()))
    }

    /// The one route of the public interface.
    pub(super) fn import(&mut self, asked: &Asked) -> Answer {
        if asked.bearer.as_deref() != Some(IMPORT_TOKEN) {
            return Answer::of(recorded("public_api", "import, wrong token kind"));
        }
        let body = match answers::with_fields(&asked.body, &["groups", "members", "overwriteExisting"]) {
            Ok(body) => body,
            Err(refused) => return refused,
        };
        for one in body["members"].as_array().into_iter().flatten() {
            let external = &one["externalId"];
            let known = self.members.iter().position(|member| member["externalId"] == *external);
            match (known, one["deleted"] == true) {
                // Somebody who left is revoked, not removed.
                (Some(row), true) => self.members[row]["status"] = json!(-1),
                (Some(_), false) | (None, true) => {}
                (None, false) => {
                    let mut member =
                        self.new_member(one["email"].as_str().unwrap_or_default(), 2, &Value::Null);
                    member["externalId"] = external.clone();
                    self.members.push(member);
                }
            }
        }
        Answer::of(recorded("public_api", "import, empty"))
    }

    /// The key to the public interface, for whoever gives the password again.
    pub(super) fn api_key(&self, asked: &Asked) -> Answer {
        match answers::with_fields(&asked.body, &["masterPasswordHash"]) {
            Err(refused) => refused,
            Ok(body) if body["masterPasswordHash"] != KEYS.login_hash.as_str() => {
                Answer::of(recorded("public_api", "POST api-key wrong password"))
            }
            Ok(_) if self.role != super::Role::Owner => unauthorized(),
            Ok(_) => Answer::of(recorded("public_api", "POST api-key")),
        }
    }
}

/// Either form of the master password is taken; too cheap a derivation is not.
fn register(body: &str) -> Result<Answer, Answer> {
    let body = answers::with_fields(body, &["email", "userAsymmetricKeys"])?;
    let newer = &body["masterPasswordUnlock"]["masterKeyWrappedUserKey"];
    if newer.is_null() && body["userSymmetricKey"].is_null() {
        return Err(answers::not_taken());
    }
    let invited = !body["orgInviteToken"].is_null() && !body["organizationUserId"].is_null();
    if body["emailVerificationToken"].is_null() && !invited {
        return Err(Answer::refused("Registration is missing required parameters"));
    }
    let kdf = &body["masterPasswordUnlock"]["kdf"];
    if kdf["kdfType"] == 0 && kdf["iterations"].as_i64().is_some_and(|rounds| rounds < 100_000) {
        return Err(Answer::refused("PBKDF2 KDF iterations must be at least 100000."));
    }
    Ok(Answer::json(&json!({"object": "register"})))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = if byte == b'%' { [rest.next(), rest.next()] } else { [None; 2] };
        bytes.push(match hex {
            [Some(high), Some(low)] => {
                u8::from_str_radix(&format!("{}{}", char::from(high), char::from(low)), 16).unwrap()
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
