//! Signed tokens: access tokens, and the tokens in mails.
//!
//! All are JWTs with HMAC-SHA256. The algorithm is fixed rather than read from the token, and every purpose has a key
//! of its own, so a token for one purpose is nothing but noise for another.

use data_encoding::BASE64URL_NOPAD;
use hmac::Mac;
use portal_wire::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::secrets::Secrets;

const HOUR: i64 = 3_600_000;
/// How long an invitation to staff or to set up a provider is good.
pub const PROVIDER_TOKEN_LIFE: i64 = 120 * HOUR;
/// How long an invitation to an organization is good.
pub const ORGANIZATION_TOKEN_LIFE: i64 = 5 * 24 * HOUR;
/// How long the token to register with is good.
pub const REGISTRATION_TOKEN_LIFE: i64 = HOUR;
/// How long a device that was to be remembered needs no second factor.
pub const REMEMBER_TOKEN_LIFE: i64 = 30 * 24 * HOUR;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Calling the API.
    Access,
    /// Registering with an e-mail address.
    Registration,
    /// Setting up a provider.
    ProviderSetup,
    /// Joining a provider's staff.
    ProviderInvitation,
    /// Joining an organization.
    OrganizationInvitation,
    /// Deleting a provider.
    ProviderDeletion,
    /// Skipping the second factor on a remembered device.
    Remember,
    /// Setting up an authenticator app without typing the password again.
    TwoFactorSetup,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Access => "access token",
            Self::Registration => "registration token",
            Self::ProviderSetup => "provider setup token",
            Self::ProviderInvitation => "provider invitation token",
            Self::OrganizationInvitation => "organization invitation token",
            Self::ProviderDeletion => "provider deletion token",
            Self::Remember => "remember token",
            Self::TwoFactorSetup => "two-factor setup token",
        }
    }
}

/// Something an e-mail address may do with a thing of this id, for a while.
#[derive(Serialize, Deserialize)]
struct Voucher {
    id: String,
    email: String,
    /// Seconds since 1970, as every JWT has it.
    exp: i64,
}

impl Secrets {
    /// A token that says an address may do this with the thing of this id.
    pub fn voucher(&self, purpose: Purpose, id: impl ToString, email: &str, expires: Timestamp) -> String {
        let voucher =
            Voucher { id: id.to_string(), email: email.to_owned(), exp: expires.0.div_euclid(1000) };
        self.sign(purpose, &voucher)
    }

    /// Whether a token says that this address may do this with the thing of this id, now.
    pub fn accepts(
        &self,
        purpose: Purpose,
        token: &str,
        id: impl ToString,
        email: &str,
        now: Timestamp,
    ) -> bool {
        self.vouched(purpose, token, email, now).is_some_and(|vouched| vouched == id.to_string())
    }

    /// The id a token says that this address may do this with, now.
    pub fn vouched(&self, purpose: Purpose, token: &str, email: &str, now: Timestamp) -> Option<String> {
        self.verify::<Voucher>(purpose, token)
            .filter(|voucher| voucher.email.eq_ignore_ascii_case(email) && now.0 < voucher.exp * 1000)
            .map(|voucher| voucher.id)
    }

    /// Signs claims. When they expire is for the claims to say and the reader to check.
    pub(super) fn sign<T: Serialize>(&self, purpose: Purpose, claims: &T) -> String {
        let header = BASE64URL_NOPAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
        // Claims are plain structs, which always become JSON; an empty token would simply never verify.
        let claims = BASE64URL_NOPAD.encode(&serde_json::to_vec(claims).unwrap_or_default());
        let signed = format!("{header}.{claims}");
        let signature = self.mac(purpose.name()).chain_update(signed.as_bytes()).finalize().into_bytes();
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }

    /// The claims of a token signed here for this purpose.
    pub(super) fn verify<T: DeserializeOwned>(&self, purpose: Purpose, token: &str) -> Option<T> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
        self.mac(purpose.name()).chain_update(signed.as_bytes()).verify_slice(&signature).ok()?;
        let (_, claims) = signed.split_once('.')?;
        serde_json::from_slice(&BASE64URL_NOPAD.decode(claims.as_bytes()).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    #[test]
    fn a_voucher_is_good_for_one_purpose_thing_address_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Secrets::load(&Settings::in_folder(folder.path())).unwrap();
        let token = secrets.voucher(Purpose::ProviderInvitation, 7, "ann@example.test", Timestamp(10_000));
        let accepts =
            |purpose, token: &str, id, email, now| secrets.accepts(purpose, token, id, email, Timestamp(now));
        assert!(accepts(Purpose::ProviderInvitation, &token, 7, "Ann@Example.test", 9_999));
        assert!(!accepts(Purpose::ProviderSetup, &token, 7, "ann@example.test", 9_999));
        assert!(!accepts(Purpose::ProviderInvitation, &token, 8, "ann@example.test", 9_999));
        assert!(!accepts(Purpose::ProviderInvitation, &token, 7, "bob@example.test", 9_999));
        assert!(!accepts(Purpose::ProviderInvitation, &token, 7, "ann@example.test", 10_000));
        let tampered = format!("{}x", &token[..token.len() - 1]);
        assert!(!accepts(Purpose::ProviderInvitation, &tampered, 7, "ann@example.test", 9_999));
        assert!(!accepts(Purpose::ProviderInvitation, "", 7, "ann@example.test", 9_999));
    }
}
