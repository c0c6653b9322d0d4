use portal_bridge::{
    Fault, Field, Problem, Register, RegistrationStarted, RegistrationTicket, StartRegistration,
};
use portal_domain::limits::Stored;
use portal_keys::{Kdf, PrivateKey, SymmetricKey, normalise_salt};
use portal_wire::{
    identity::{
        MasterPasswordAuthentication, MasterPasswordUnlockData, RegisterFinishRequest,
        SendVerificationEmailRequest, UserAsymmetricKeys,
    },
    json,
};
use zeroize::Zeroizing;

use super::kdf::{key_problem, settings_of};
use crate::{
    Core,
    api::{Call, refusal},
    fields::Fields,
};

/// What new accounts derive their master key with: Bitwarden's defaults for Argon2id.
const KDF: Kdf = Kdf::Argon2id { iterations: 6, memory_mib: 32, parallelism: 4 };
pub(crate) const SHORTEST_PASSWORD: u32 = 12;

impl Core {
    /// The first step of creating an account.
    pub(crate) async fn start_registration(
        &self,
        ask: StartRegistration,
    ) -> Result<RegistrationStarted, Problem> {
        let mut fields = Fields::default();
        let (email, name) = check(&mut fields, &ask.email, ask.name.as_deref());
        fields.finish()?;
        let body = SendVerificationEmailRequest { email, name, ..SendVerificationEmailRequest::default() };
        let call = Call::post("/identity/accounts/register/send-verification-email")
            .repeatable()
            .anonymous()
            .json(&body);
        let (reply, answer) = self.api.answer(&call).await?;
        if !reply.is_success() {
            return Err(refusal(&call, &reply));
        }
        // The token comes as bare text or as a JSON string; a mailed one comes not at all.
        let text = String::from_utf8_lossy(&answer).into_owned();
        let token = json::read::<String>(&answer).unwrap_or(text).trim().to_owned();
        Ok(if token.is_empty() { RegistrationStarted::MailSent } else { RegistrationStarted::Token(token) })
    }

    /// Creates an account: the keys are made here, and opened again before they are sent.
    pub(crate) async fn register(&self, ask: Register) -> Result<(), Problem> {
        let password = Zeroizing::new(ask.password.bytes().to_vec());
        let mut fields = Fields::default();
        let (email, _) = check(&mut fields, &ask.email, ask.name.as_deref());
        let hint = fields.hint(ask.hint.as_deref());
        let length = std::str::from_utf8(&password).map_or(0, |text| text.chars().count());
        if length < SHORTEST_PASSWORD as usize {
            fields.refuse(Field::Password, Fault::TooShort { limit: SHORTEST_PASSWORD });
        }
        fields.finish()?;
        let salt = normalise_salt(&email);
        let again = password.clone();
        let master =
            self.platform.derive(password, salt.clone(), KDF).await.map_err(|error| key_problem(&error))?;
        let hash = master.login_hash(&again);
        drop(again);
        // `wrap` and `generate_wrapped` open what they made and compare.
        let user_key = SymmetricKey::generate().map_err(|error| key_problem(&error))?;
        let wrapped_user_key = master.stretch().wrap(&user_key).map_err(|error| key_problem(&error))?;
        let pair = PrivateKey::generate_wrapped(&user_key).await.map_err(|error| key_problem(&error))?;
        let kdf = settings_of(KDF);
        let mut body = RegisterFinishRequest {
            email,
            master_password_hint: hint,
            master_password_authentication: Some(MasterPasswordAuthentication {
                kdf,
                master_password_authentication_hash: hash,
                salt: salt.clone(),
            }),
            master_password_unlock: Some(MasterPasswordUnlockData {
                kdf,
                master_key_wrapped_user_key: wrapped_user_key.to_string(),
                salt,
                contained_key_id: None,
            }),
            user_asymmetric_keys: Some(UserAsymmetricKeys {
                public_key: pair.public.to_base64(),
                encrypted_private_key: pair.wrapped_private.to_string(),
            }),
            ..RegisterFinishRequest::default()
        };
        match ask.ticket {
            RegistrationTicket::Email { token } => body.email_verification_token = Some(token),
            RegistrationTicket::Provider { membership, token } => {
                body.provider_invite_token = Some(token);
                body.provider_user_id = Some(membership);
            }
            RegistrationTicket::Organization { member, token, .. } => {
                body.org_invite_token = Some(token);
                body.organization_user_id = Some(member);
            }
        }
        self.api.done(&Call::post("/identity/accounts/register/finish").anonymous().json(&body)).await
    }
}

/// The name and the password of a registration, held to their limits.
fn check(fields: &mut Fields, email: &str, name: Option<&str>) -> (String, Option<String>) {
    (fields.email(Field::Email, email).to_lowercase(), fields.optional_name(Field::Name, name, Stored::Plain))
}
