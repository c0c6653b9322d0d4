//! How the server stands, and what it answers: the recordings, with real keys in them and with what was changed since.

mod answers;
mod identity;
mod members;
mod organization;
mod structure;

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

pub(crate) use answers::Answer;
use answers::{missing, not_taken, unauthorized};
pub(crate) use organization::KNOWN_POLICIES;

use crate::{
    keys::KEYS,
    recorded::{self, recorded, stands_for},
};

pub(crate) const ORGANIZATION: &str = "9bf22fab-3bc6-4ca0-8ad4-305fea04c04a";
/// The membership and the account of whoever signs in.
pub(crate) const MYSELF: &str = "7a15bf27-8e2c-4d13-a3bc-3e881d465674";
pub(crate) const ACCOUNT: &str = "63f5b9f8-f264-4cad-99d6-51fd47f4f43e";
/// The one collection there is at first.
pub(crate) const COLLECTION: &str = "60a5b71a-3873-4587-94e5-ac85c0ebdc12";

/// What the person signed in is in the organization. The number is the place in the recorded table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Owner,
    Admin,
    /// With none of the permissions.
    Custom,
    User,
}

impl Role {
    pub(crate) fn number(self) -> i32 {
        match self {
            Self::Owner => 0,
            Self::Admin => 1,
            Self::User => 2,
            Self::Custom => 4,
        }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    pub(crate) accept: Option<String>,
    pub(crate) bearer: Option<String>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn call(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn plain_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.replace("%3A", ":"))
    }
}

/// The server.
pub(crate) struct State {
    pub(crate) role: Role,
    /// Whether it sends mail.
    pub(crate) mail: bool,
    /// Addresses to which no letter can be sent.
    pub(crate) unreachable: Vec<String>,
    /// Nobody may make an organization.
    pub(crate) makes_none: bool,
    /// The memberships of organizations that were made.
    pub(crate) made_organizations: Vec<Value>,
    pub(crate) groups_on: bool,
    pub(crate) events_on: bool,
    /// The code of the second step, where one is asked for.
    pub(crate) code: Option<&'static str>,
    /// Of access tokens handed out, the number of the one that counts.
    pub(crate) token: u32,
    /// The password was changed: no refresh token counts.
    pub(crate) refresh_void: bool,
    /// The organization was deleted.
    pub(crate) gone: bool,
    /// The row of the profile, beside what the role decides.
    pub(crate) membership: Value,
    pub(crate) organization: Value,
    pub(crate) members: Vec<Value>,
    /// Addresses that have an account.
    pub(crate) accounts: Vec<String>,
    /// Addresses the server does not invite.
    pub(crate) not_invitable: Vec<String>,
    pub(crate) collections: Vec<Value>,
    pub(crate) groups: Vec<Value>,
    /// Saved policies, by their types.
    pub(crate) policies: BTreeMap<i64, Value>,
    /// Newest first.
    pub(crate) events: Vec<Value>,
    /// What is answered to the next such calls instead, by method and path.
    pub(crate) instead: BTreeMap<String, VecDeque<Answer>>,
    /// Everything that was asked.
    pub(crate) asked: Vec<Asked>,
    /// Requests of a form the server does not take: an answer in HTML, a missing field, a route that is not there.
    pub(crate) not_taken: Vec<String>,
    /// Requests for which the role does not suffice.
    pub(crate) not_allowed: Vec<String>,
    made: u128,
}

/// What the portal asks to find out whether the server has it.
const PROBED: [&str; 2] = ["/private-key", "/effect"];

impl State {
    pub(crate) fn new() -> Self {
        let parsed =
            |area: &str, name: &str| serde_json::from_str::<Value>(recorded(area, name).body).unwrap();
        let mut membership = parsed("shapes", "organization of the profile");
        membership["key"] = json!(KEYS.wrapped_organization_key);
        let mut collection = parsed("shapes", "collection with access");
        collection["name"] = json!(KEYS.organization.encrypt_text("Shared").unwrap().to_string());
        collection["users"] = json!([]);
        Self {
            role: Role::Owner,
            mail: false,
            unreachable: Vec::new(),
            makes_none: false,
            made_organizations: Vec::new(),
            groups_on: true,
            events_on: true,
            code: None,
            token: 0,
            refresh_void: false,
            gone: false,
            membership,
            organization: parsed("shapes", "organization"),
            members: vec![parsed("shapes", "member")],
            accounts: Vec::new(),
            not_invitable: Vec::new(),
            collections: vec![collection],
            groups: Vec::new(),
            policies: BTreeMap::new(),
            events: Vec::new(),
            instead: BTreeMap::new(),
            asked: Vec::new(),
            not_taken: Vec::new(),
            not_allowed: Vec::new(),
            made: 0,
        }
    }

    /// Answers, and notes what was asked.
    pub(crate) fn answer(&mut self, asked: Asked) -> Answer {
        let instead = self.instead.get_mut(&asked.call()).and_then(VecDeque::pop_front);
        let replaced = instead.is_some();
        let answer = instead.unwrap_or_else(|| self.route(&asked));
        let html = answer.status >= 400 && asked.accept.as_deref() != Some("application/json");
        let probed = PROBED.iter().any(|probed| asked.plain_path().ends_with(probed));
        let framework = answer.body.contains(r#""reason":"Not Found""#) || matches!(answer.status, 422 | 500);
        if (framework && !probed && !replaced) || html {
            self.not_taken.push(format!("{}: {} {}", asked.call(), answer.status, asked.body));
        }
        self.asked.push(asked);
        if html { Answer::of(recorded("anonymous", "profile, bad token, Accept html")) } else { answer }
    }

    fn route(&mut self, asked: &Asked) -> Answer {
        let path = asked.plain_path();
        let steps: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (asked.method.as_str(), steps.as_slice()) {
            ("GET", ["words.txt"]) => Answer::text(include_str!("../../../keys/words.txt")),
            ("GET", ["api", "config"]) => Answer::of(recorded("anonymous", "GET /api/config")),
            (_, ["identity", ..]) => self.identity(asked),
            ("POST", ["api", "public", "organization", "import"]) => self.import(asked),
            _ if asked.bearer != Some(format!("access-{}", self.token)) => unauthorized(),
            ("GET", ["api", "accounts", "profile"]) => self.profile(),
            ("GET", ["api", "accounts", "revision-date"]) => Answer::json(&json!(1_000)),
            ("GET", ["api", "users", user, "public-key"]) => self.public_key(user),
            ("POST", ["api", "organizations"]) => self.make(&asked.body).unwrap_or_else(|refused| refused),
            // Not recorded; the portal only counts what it holds.
            ("GET", ["api", "ciphers", "organization-details"]) => Answer::list(&[]),
            (method, ["api", "organizations", organization, rest @ ..])
                if organization.len() == ORGANIZATION.len() =>
            {
                let refused = (*organization != ORGANIZATION || self.gone).then(unauthorized);
                let refused = refused.or_else(|| self.refusal_of_role(method, path));
                if refused.is_some() {
                    self.not_allowed.push(asked.call());
                }
                let refused = refused.or_else(|| is_pascal_case(&asked.body).then(not_taken));
                refused.unwrap_or_else(|| self.inside(method, rest, asked))
            }
            _ => untouched(asked),
        }
    }

    /// What stands in the profile: this one organization, if the membership is a confirmed one.
    fn profile(&self) -> Answer {
        let mut profile: Value = serde_json::from_str(recorded("shapes", "profile").body).unwrap();
        let mut membership = self.membership.clone();
        membership["type"] = json!(self.role.number());
        membership["useGroups"] = json!(self.groups_on);
        membership["useEvents"] = json!(self.events_on);
        membership["useResetPassword"] = json!(self.mail);
        let own = (!self.gone).then_some(membership);
        profile["organizations"] = own.into_iter().chain(self.made_organizations.clone()).collect();
        let text = profile.to_string().replace("{private key}", &KEYS.wrapped_private_key);
        let text =
            text.replace("{public key}", &KEYS.public_key).replace("{user key}", &KEYS.wrapped_user_key);
        Answer::new(200, text)
    }

    fn public_key(&self, user: &str) -> Answer {
        let key = match user {
            ACCOUNT => Some(KEYS.public_key.as_str()),
            _ => self
                .members
                .iter()
                .find(|member| member["userId"] == user)
                .and_then(|member| self.key_of(member)),
        };
        match key {
            Some(key) => Answer::json(&json!({"object": "userKey", "userId": user, "publicKey": key})),
            None => Answer::of(recorded("members", "public key of a user without keys")),
        }
    }

    /// The public key of a member, who has one once there is an account.
    fn key_of(&self, member: &Value) -> Option<&'static str> {
        let account = self.accounts.iter().any(|email| member["email"] == email.as_str());
        account.then_some(KEYS.somebodys_public_key.as_str())
    }

    /// By the recorded table; what is not in it is for Owners and Admins, beside a few that everybody may ask.
    fn refusal_of_role(&self, method: &str, path: &str) -> Option<Answer> {
        let row = recorded::ROLES.lines().find_map(|line| {
            let mut words = line.split_whitespace();
            let (known, place) = (words.next()?, words.next()?);
            (known == method && stands_for(place, path)).then_some(words)
        });
        let everybodys = ["/public-key", "/leave", "/private-key", "/accept"];
        let status = match row {
            Some(mut statuses) => statuses.nth(self.role as usize).unwrap().parse().unwrap(),
            None if everybodys.iter().any(|end| path.ends_with(end)) => 200,
            None if matches!(self.role, Role::Owner | Role::Admin) => 200,
            None => 401,
        };
        let trusted = self.role == Role::Custom && self.holds_collection_permissions();
        match status {
            401 => Some(unauthorized()),
            404 if !trusted => Some(missing()),
            _ => None,
        }
    }

    /// All three of the permissions that this server keeps.
    fn holds_collection_permissions(&self) -> bool {
        let permissions = &self.membership["permissions"];
        KEPT_PERMISSIONS.iter().all(|name| permissions[*name] == true)
    }

    /// A new id.
    fn new_id(&mut self) -> String {
        self.made += 1;
        uuid::Uuid::from_u128(0x5e1f << 96 | self.made).to_string()
    }
}

/// What of a Custom member's permissions is kept.
pub(crate) const KEPT_PERMISSIONS: [&str; 3] =
    ["createNewCollections", "editAnyCollection", "deleteAnyCollection"];

/// What nothing changes is answered as recorded; what was never recorded is not there.
fn untouched(asked: &Asked) -> Answer {
    let path = asked.plain_path();
    let known = recorded::all().find(|one| one.method == asked.method && stands_for(one.path, path));
    known.map_or_else(missing, Answer::of)
}

fn is_pascal_case(body: &str) -> bool {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let mut names = body.as_object().into_iter().flatten();
    names.any(|(name, _)| name.starts_with(|first: char| first.is_ascii_uppercase()))
}
