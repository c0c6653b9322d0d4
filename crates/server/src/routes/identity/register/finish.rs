//! The last step of registering: the account itself.

use axum::{Json, extract::State};
use portal_domain::limits::{HINT_LENGTH, check_kdf};
use portal_wire::{
    UserId,
    identity::{KdfSettings, RegisterFinishRequest, RegisterFinished},
};
use uuid::Uuid;

use super::{
    invitation::{self, AdminOf},
    taken,
};
use crate::{
    app::Context,
    auth::secrets::random_text,
    http::{ApiError, Body, Peer, Validation, document::documents, validation::normal_email},
    limits::{self, Limit},
    mail::letters,
    store::{
        outbox, providers,
        users::{self, User},
    },
};

/// Opens the account, if a token proves the address.
#[utoipa::path(
    post,
    path = "/identity/accounts/register/finish",
    tag = "identity",
    request_body = documents::RegisterFinishRequest,
    responses((status = 200, description = "The account is open.", body = documents::RegisterFinished), (status = 400), (status = 429))
)]
pub(super) async fn finish(
    State(context): State<Context>,
    peer: Peer,
    Body(request): Body<RegisterFinishRequest>,
) -> Result<Json<RegisterFinished>, ApiError> {
    limits::check(&context, Limit::Registration, peer.network()).await?;
    Validation::new().email("Email", &request.email).finish()?;
    let email = normal_email(&request.email);
    let hint = request.master_password_hint.clone().filter(|hint| !hint.is_empty());
    let password = Password::read(&request, &email)?;
    let keys = Keys::read(&request)?;
    Validation::new()
        .at_most("MasterPasswordHint", hint.as_deref().unwrap_or_default(), HINT_LENGTH)
        .required("PublicKey", &keys.public_key)
        .required("EncryptedPrivateKey", &keys.private_key)
        .finish()?;

    let proof = invitation::check(&context, &request, &email).await?;
    let password_hash = context.passwords.hash(&password.hash).await?;
    let now = context.clock.now();
    let user = User {
        id: UserId(Uuid::new_v4()),
        email_verified: proof.email_verified,
        name: proof.name,
        culture: "en-US".to_owned(),
        avatar_color: None,
        password_hash,
        password_hint: hint,
        salt: (password.salt != email).then_some(password.salt),
        kdf: password.kdf,
        user_key: Some(password.user_key),
        public_key: Some(keys.public_key),
        private_key: Some(keys.private_key),
        api_key: random_text::<24>(),
        security_stamp: Uuid::new_v4().to_string(),
        totp_secret: None,
        recovery_code: None,
        verify_devices: true,
        force_password_reset: false,
        created_at: now,
        revised_at: now,
        email,
    };
    let mut tx = context.store.write().await?;
    users::insert(&mut tx, &user).await.map_err(|error| match error.is_duplicate() {
        true => taken(&user.email),
        false => error.into(),
    })?;
    match proof.admin_of {
        AdminOf::None => {}
        AdminOf::One(provider) => {
            providers::bind_invited_admins(&mut tx, user.id, &user.email, Some(provider), now).await?;
        }
        AdminOf::All => providers::bind_invited_admins(&mut tx, user.id, &user.email, None, now).await?,
    }
    if proof.invited {
        outbox::add(&mut tx, letters::welcome(&context.settings, &user.email), now).await?;
    }
    tx.commit().await?;
    Ok(Json(RegisterFinished {}))
}

/// The master password, in either form.
struct Password {
    hash: String,
    user_key: String,
    kdf: KdfSettings,
    salt: String,
}

impl Password {
    fn read(request: &RegisterFinishRequest, email: &str) -> Result<Self, ApiError> {
        let password = match (&request.master_password_authentication, &request.master_password_unlock) {
            (Some(authentication), Some(unlock)) => {
                let mut check = Validation::new();
                if authentication.kdf != unlock.kdf {
                    check.error("", "The derivation settings of authentication and unlock differ.");
                }
                if authentication.salt != unlock.salt {
                    check.error("", "The salts of authentication and unlock differ.");
                }
                check
                    .required("Salt", &unlock.salt)
                    .at_most("Salt", &unlock.salt, 256)
                    .enc_string("MasterKeyWrappedUserKey", &unlock.master_key_wrapped_user_key)
                    .finish()?;
                Self {
                    hash: authentication.master_password_authentication_hash.clone(),
                    user_key: unlock.master_key_wrapped_user_key.clone(),
                    kdf: unlock.kdf,
                    salt: unlock.salt.clone(),
                }
            }
            (None, None) => Self {
                hash: request.master_password_hash.clone().unwrap_or_default(),
                user_key: request.user_symmetric_key.clone().unwrap_or_default(),
                kdf: KdfSettings {
                    kdf_type: request.kdf.unwrap_or_default(),
                    iterations: request.kdf_iterations.unwrap_or_default(),
                    memory: request.kdf_memory,
                    parallelism: request.kdf_parallelism,
                },
                salt: email.to_owned(),
            },
            _ => {
                let text = "MasterPasswordAuthentication and MasterPasswordUnlock are given both or neither.";
                return Err(ApiError::invalid("", text));
            }
        };
        let mut check = Validation::new();
        check
            .required("MasterPasswordHash", &password.hash)
            .at_most("MasterPasswordHash", &password.hash, 1000)
            .required("UserSymmetricKey", &password.user_key);
        if let Err(error) = check_kdf(&password.kdf) {
            check.error("Kdf", error.to_string());
        }
        check.finish()?;
        Ok(password)
    }
}

/// The key pair, in either form.
struct Keys {
    public_key: String,
    private_key: String,
}

impl Keys {
    fn read(request: &RegisterFinishRequest) -> Result<Self, ApiError> {
        if let Some(keys) = &request.user_asymmetric_keys {
            return Ok(Self {
                public_key: keys.public_key.clone(),
                private_key: keys.encrypted_private_key.clone(),
            });
        }
        let Some(keys) = &request.account_keys else {
            return Err(ApiError::invalid("", "One of UserAsymmetricKeys and AccountKeys is required."));
        };
        let pair = keys.public_key_encryption_key_pair.as_ref();
        let public_key = pair.map(|pair| pair.public_key.clone()).or_else(|| keys.account_public_key.clone());
        let private_key = pair
            .map(|pair| pair.wrapped_private_key.clone())
            .or_else(|| keys.user_key_encrypted_account_private_key.clone());
        Ok(Self { public_key: public_key.unwrap_or_default(), private_key: private_key.unwrap_or_default() })
    }
}
