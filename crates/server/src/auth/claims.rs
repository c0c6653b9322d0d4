//! What an access token says.

use std::collections::BTreeMap;

use portal_wire::{
    DeviceType, OrganizationId, OrganizationUserType, ProviderId, ProviderUserType, Timestamp, UserId,
    profile::Permissions,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use super::{secrets::Secrets, tokens::Purpose};

/// How long an access token is good, in seconds.
pub const ACCESS_TOKEN_LIFE: i64 = 3_600;

/// The claims of an access token. Roles are those of the moment it was made: the contract wants it so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub(super) iss: String,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    /// A user's id; for an organization's API key, the organization's.
    pub(super) sub: String,
    pub(super) client_id: String,
    pub(super) scope: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) amr: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) email_verified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) premium: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sstamp: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) device: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) devicetype: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) providerprovideradmin: Option<OneOrMany<ProviderId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) providerserviceuser: Option<OneOrMany<ProviderId>>,
    /// Roles and permissions in organizations, by the name of the claim.
    #[serde(flatten)]
    pub(super) organizations: BTreeMap<String, OneOrMany<OrganizationId>>,
}

/// Who a token is made for.
pub struct Person<'a> {
    /// The account.
    pub id: UserId,
    /// Its address.
    pub email: &'a str,
    /// Whether the address was proved.
    pub email_verified: bool,
    /// What the person is called.
    pub name: Option<&'a str>,
    /// Changes whenever every session must end.
    pub security_stamp: &'a str,
}

/// What a token is made for.
pub struct Session<'a> {
    /// Such as `web`.
    pub client_id: &'a str,
    /// The installation.
    pub device_identifier: &'a str,
    /// Its kind.
    pub device_type: DeviceType,
    /// Whether a refresh token goes with it.
    pub offline: bool,
}

/// A confirmed membership in an organization, for the claims.
pub struct OrganizationRole {
    /// Where.
    pub organization_id: OrganizationId,
    /// As what.
    pub role: OrganizationUserType,
    /// What a custom role may.
    pub permissions: Permissions,
}

impl Claims {
    /// Claims of a signed-in person.
    pub fn person(
        issuer: &str,
        now: Timestamp,
        person: &Person<'_>,
        session: &Session<'_>,
        providers: &[(ProviderId, ProviderUserType)],
        memberships: &[OrganizationRole],
    ) -> Self {
        let role = |wanted| {
            OneOrMany::new(
                providers.iter().filter(|(_, role)| *role == wanted).map(|(provider, _)| *provider).collect(),
            )
        };
        let mut claims = Self::blank(issuer, now, person.id.to_string(), session.client_id);
        claims.scope = match session.offline {
            true => vec!["api".to_owned(), "offline_access".to_owned()],
            false => vec!["api".to_owned()],
        };
        claims.amr = vec!["Application".to_owned()];
        claims.email = Some(person.email.to_owned());
        claims.email_verified = Some(person.email_verified);
        claims.name = person.name.map(str::to_owned);
        claims.premium = Some(false);
        claims.sstamp = Some(person.security_stamp.to_owned());
        claims.device = Some(session.device_identifier.to_owned());
        claims.devicetype = session.device_type.name().map(str::to_owned);
        claims.providerprovideradmin = role(ProviderUserType::ProviderAdmin);
        claims.providerserviceuser = role(ProviderUserType::ServiceUser);
        claims.organizations = organization_claims(memberships);
        claims
    }

    /// Claims of an organization's API key.
    pub fn organization(issuer: &str, now: Timestamp, organization: OrganizationId, client_id: &str) -> Self {
        let mut claims = Self::blank(issuer, now, organization.to_string(), client_id);
        claims.scope = vec!["api.organization".to_owned()];
        claims
    }

    fn blank(issuer: &str, now: Timestamp, sub: String, client_id: &str) -> Self {
        let now = now.0.div_euclid(1000);
        Self {
            iss: issuer.to_owned(),
            iat: now,
            nbf: now,
            exp: now + ACCESS_TOKEN_LIFE,
            sub,
            client_id: client_id.to_owned(),
            scope: Vec::new(),
            amr: Vec::new(),
            email: None,
            email_verified: None,
            name: None,
            premium: None,
            sstamp: None,
            device: None,
            devicetype: None,
            providerprovideradmin: None,
            providerserviceuser: None,
            organizations: BTreeMap::new(),
        }
    }

    /// The token that carries them.
    pub fn into_token(self, secrets: &Secrets) -> String {
        secrets.sign(Purpose::Access, &self)
    }

    pub(super) fn is_good_at(&self, now: Timestamp) -> bool {
        now.0 < self.exp * 1000
    }

    pub(super) fn may(&self, scope: &str) -> bool {
        self.scope.iter().any(|granted| granted == scope)
    }

    /// The role in a provider, when the token was made.
    pub(super) fn provider_role(&self, provider: ProviderId) -> Option<ProviderUserType> {
        let holds = |claim: &Option<OneOrMany<ProviderId>>| {
            claim.as_ref().is_some_and(|ids| ids.0.contains(&provider))
        };
        if holds(&self.providerprovideradmin) {
            Some(ProviderUserType::ProviderAdmin)
        } else if holds(&self.providerserviceuser) {
            Some(ProviderUserType::ServiceUser)
        } else {
            None
        }
    }
}

fn organization_claims(memberships: &[OrganizationRole]) -> BTreeMap<String, OneOrMany<OrganizationId>> {
    let mut claims = BTreeMap::<String, Vec<OrganizationId>>::new();
    for membership in memberships {
        let mut claim =
            |name: &str| claims.entry(name.to_owned()).or_default().push(membership.organization_id);
        match membership.role {
            OrganizationUserType::Owner => claim("orgowner"),
            OrganizationUserType::Admin => claim("orgadmin"),
            OrganizationUserType::User => claim("orguser"),
            OrganizationUserType::Custom => {
                claim("orgcustom");
                permission_names(&membership.permissions).iter().for_each(|name| claim(name));
            }
            OrganizationUserType::Unknown(_) => {}
        }
    }
    claims.into_iter().filter_map(|(name, ids)| Some((name, OneOrMany::new(ids)?))).collect()
}

/// The granted permissions as claims name them: lower case.
fn permission_names(permissions: &Permissions) -> Vec<String> {
    match serde_json::to_value(permissions) {
        Ok(serde_json::Value::Object(fields)) => fields
            .into_iter()
            .filter(|(_, granted)| granted.as_bool() == Some(true))
            .map(|(name, _)| name.to_lowercase())
            .collect(),
        _ => Vec::new(),
    }
}

/// A claim with one value is that value, one with several a list.
#[derive(Clone, Debug)]
pub(super) struct OneOrMany<T>(Vec<T>);

impl<T> OneOrMany<T> {
    fn new(values: Vec<T>) -> Option<Self> {
        (!values.is_empty()).then_some(Self(values))
    }
}

impl<T: Serialize> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(Self(match Either::deserialize(deserializer)? {
            Either::Many(many) => many,
            Either::One(one) => vec![one],
        }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_role_is_a_text_and_several_are_a_list() {
        let id = |n| uuid::Uuid::from_u128(n);
        let person = Person {
            id: UserId(id(1)),
            email: "ann@example.test",
            email_verified: true,
            name: None,
            security_stamp: "stamp",
        };
        let session = Session {
            client_id: "web",
            device_identifier: "d",
            device_type: DeviceType::ChromeBrowser,
            offline: true,
        };
        let admin = ProviderUserType::ProviderAdmin;
        let claims = Claims::person(
            "http://portal.test",
            Timestamp(1_000_000),
            &person,
            &session,
            &[(ProviderId(id(2)), admin), (ProviderId(id(3)), admin)],
            &[OrganizationRole {
                organization_id: OrganizationId(id(4)),
                role: OrganizationUserType::Custom,
                permissions: Permissions { manage_users: true, ..Permissions::default() },
            }],
        );
        let value = serde_json::to_value(&claims).unwrap();
        assert_eq!(value["providerprovideradmin"], json!([id(2), id(3)]));
        assert_eq!(value["orgcustom"], json!(id(4)));
        assert_eq!(value["manageusers"], json!(id(4)));
        assert_eq!(value["devicetype"], "ChromeBrowser");
        assert_eq!(value["exp"], 1_000 + 3_600);
        let read: Claims = serde_json::from_value(value).unwrap();
        assert_eq!(read.provider_role(ProviderId(id(3))), Some(admin));
        assert_eq!(read.provider_role(ProviderId(id(4))), None);
    }
}
