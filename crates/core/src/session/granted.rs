//! What the sign-in endpoint answers, as far as it is needed. Names come in either case, and are read in either.

use portal_wire::{
    TwoFactorProvider,
    json::{Entries, Lenient},
};
use serde::{Deserialize, de::IgnoredAny};
use zeroize::Zeroizing;

/// Tokens, and the account's keys, wrapped.
#[derive(Deserialize)]
pub(super) struct Granted {
    pub(super) access_token: Zeroizing<String>,
    pub(super) refresh_token: Option<Zeroizing<String>>,
    #[serde(default)]
    pub(super) expires_in: i64,
    pub(super) key: Option<String>,
    #[serde(rename = "privateKey")]
    private_key: Option<String>,
    #[serde(rename = "accountKeys")]
    account_keys: Lenient<AccountKeys>,
    #[serde(rename = "userDecryptionOptions")]
    decryption: Lenient<Decryption>,
    /// Stands for the second step from now on.
    #[serde(rename = "twoFactorToken")]
    pub(super) remember: Option<Zeroizing<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AccountKeys {
    public_key_encryption_key_pair: Lenient<WrappedPair>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrappedPair {
    wrapped_private_key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Decryption {
    master_password_unlock: Lenient<WrappedUserKey>,
}

/// The wrapped user key has two names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrappedUserKey {
    master_key_encrypted_user_key: Option<String>,
    master_key_wrapped_user_key: Option<String>,
    salt: String,
}

/// How the master password opens the account.
pub(super) struct Unlock {
    pub(super) wrapped_user_key: String,
    pub(super) salt: String,
}

impl Granted {
    /// The newer form of the wrapped user key.
    pub(super) fn unlock(&mut self) -> Option<Unlock> {
        let unlock = self.decryption.0.take()?.master_password_unlock.0?;
        let wrapped = unlock.master_key_encrypted_user_key.or(unlock.master_key_wrapped_user_key)?;
        Some(Unlock { wrapped_user_key: wrapped, salt: unlock.salt })
    }

    /// The wrapped private key, in its newer form or in the older.
    pub(super) fn private_key(&mut self) -> Option<String> {
        let keys = self.account_keys.0.take();
        let newer = keys.and_then(|keys| keys.public_key_encryption_key_pair.0);
        newer.map(|pair| pair.wrapped_private_key).or_else(|| self.private_key.take())
    }
}

/// Why nothing was granted.
#[derive(Default, Deserialize)]
pub(super) struct Denied {
    /// A code; some servers put an object here, which says nothing about signing in.
    error: Lenient<String>,
    pub(super) error_description: Option<String>,
    #[serde(rename = "errorModel")]
    model: Lenient<Model>,
    #[serde(rename = "twoFactorProviders")]
    factors: Lenient<Vec<TwoFactorProvider>>,
    #[serde(rename = "twoFactorProviders2")]
    factors_with_needs: Lenient<Entries<IgnoredAny>>,
    /// For asking the server to mail a code.
    #[serde(rename = "ssoEmail2faSessionToken")]
    pub(super) mail_token: Option<String>,
}

#[derive(Deserialize)]
struct Model {
    message: Option<String>,
}

impl Denied {
    pub(super) fn code(&self) -> &str {
        self.error.0.as_deref().unwrap_or_default()
    }

    pub(super) fn message(&self) -> Option<&str> {
        self.model.0.as_ref()?.message.as_deref()
    }

    /// The second factors that would do; none when no second step was asked for.
    pub(super) fn factors(&self) -> Vec<TwoFactorProvider> {
        let listed = self.factors.0.iter().flatten().copied();
        let named = self.factors_with_needs.0.iter().flat_map(|needs| &needs.0);
        let named = named.filter_map(|(name, _)| name.parse().ok().map(TwoFactorProvider::from_number));
        let mut factors: Vec<TwoFactorProvider> = Vec::new();
        for factor in listed.chain(named) {
            if !factors.contains(&factor) {
                factors.push(factor);
            }
        }
        factors
    }
}
