//! What the sign-in endpoint answers, as far as it is needed. Its own fields come with either case of the first letter.

use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

/// Tokens, and the account's keys, wrapped.
#[derive(Deserialize)]
pub(super) struct Granted {
    pub(super) access_token: Zeroizing<String>,
    pub(super) refresh_token: Option<Zeroizing<String>>,
    #[serde(default)]
    pub(super) expires_in: i64,
    #[serde(rename = "Key", alias = "key")]
    pub(super) key: Option<String>,
    #[serde(rename = "PrivateKey", alias = "privateKey")]
    private_key: Option<String>,
    #[serde(rename = "AccountKeys", alias = "accountKeys")]
    account_keys: Option<Value>,
    #[serde(rename = "UserDecryptionOptions", alias = "userDecryptionOptions")]
    decryption: Option<Value>,
    /// Stands for the second step from now on.
    #[serde(rename = "TwoFactorToken", alias = "twoFactorToken")]
    pub(super) remember: Option<Zeroizing<String>>,
}

/// How the master password opens the account.
pub(super) struct Unlock {
    pub(super) wrapped_user_key: String,
    pub(super) salt: String,
}

impl Granted {
    /// The newer form of the wrapped user key.
    pub(super) fn unlock(&self) -> Option<Unlock> {
        let unlock = field(self.decryption.as_ref()?, "MasterPasswordUnlock")?;
        let wrapped = field(unlock, "MasterKeyEncryptedUserKey")
            .or_else(|| field(unlock, "MasterKeyWrappedUserKey"))?;
        Some(Unlock { wrapped_user_key: text(wrapped)?, salt: text(field(unlock, "Salt")?)? })
    }

    /// The wrapped private key, in its newer form or in the older.
    pub(super) fn private_key(&mut self) -> Option<String> {
        let newer = self
            .account_keys
            .as_ref()
            .and_then(|keys| text(field(field(keys, "publicKeyEncryptionKeyPair")?, "wrappedPrivateKey")?));
        newer.or_else(|| self.private_key.take())
    }
}

/// Why nothing was granted.
#[derive(Default, Deserialize)]
pub(super) struct Denied {
    /// A code; some servers put an object here, which says nothing about signing in.
    #[serde(default)]
    error: Value,
    pub(super) error_description: Option<String>,
    #[serde(rename = "ErrorModel", alias = "errorModel")]
    model: Option<Value>,
    #[serde(rename = "TwoFactorProviders", alias = "twoFactorProviders")]
    factors: Option<Value>,
    #[serde(rename = "TwoFactorProviders2", alias = "twoFactorProviders2")]
    factors_with_needs: Option<Value>,
    /// For asking the server to mail a code.
    #[serde(rename = "SsoEmail2faSessionToken", alias = "ssoEmail2faSessionToken")]
    pub(super) mail_token: Option<String>,
}

impl Denied {
    pub(super) fn code(&self) -> &str {
        self.error.as_str().unwrap_or_default()
    }

    pub(super) fn message(&self) -> Option<&str> {
        field(self.model.as_ref()?, "Message")?.as_str()
    }

    /// The numbers of the second factors that would do; none when no second step was asked for.
    pub(super) fn factors(&self) -> Vec<i32> {
        let listed = self.factors.as_ref().and_then(Value::as_array).into_iter().flatten();
        let listed = listed.filter_map(|number| match number {
            Value::String(text) => text.parse().ok(),
            number => number.as_i64().and_then(|number| i32::try_from(number).ok()),
        });
        let named = self.factors_with_needs.as_ref().and_then(Value::as_object).into_iter().flatten();
        let named = named.filter_map(|(name, _)| name.parse().ok());
        let mut numbers: Vec<i32> = Vec::new();
        for number in listed.chain(named) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }
}

/// A field whose name may begin with either case.
fn field<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let fields = object.as_object()?;
    let found = fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value).filter(|value| !value.is_null())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
