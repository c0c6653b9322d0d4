use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    AccountView, BeginTwoStep, Fault, Field, FromCore, GetAccount, Problem, ProblemKind, SaveAccount, Topic,
    TurnOffTwoStep, TurnOnTwoStep, TwoStepSetup,
};
use portal_domain::limits::Stored;
use portal_keys::{WordList, fingerprint, totp::TotpSecret};
use portal_wire::{
    TwoFactorProvider,
    organization::VerifyRequest,
    two_factor::{Authenticator, DisableTwoFactorRequest, EnableAuthenticatorRequest},
};
use serde::Serialize;

use super::{Handle, session::given};
use crate::{Core, api::Call, fields::Fields, session::key_problem};

/// Under which name the portal stands in an authenticator app.
const ISSUER: &str = "Provider Portal";

impl Handle for GetAccount {
    async fn handle(self, core: &Rc<Core>) -> Result<AccountView, Problem> {
        let open = core.open()?;
        let me = open.me();
        let key = core.own_public_key().await?;
        Ok(AccountView {
            email: me.email.clone(),
            name: me.name.clone(),
            fingerprint: fingerprint(&me.id.to_string(), &key, &*core.words().await?),
            two_step: me.two_step,
            weak_derivation: open.weak_derivation(),
        })
    }
}

impl Handle for SaveAccount {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let mut fields = Fields::default();
        let name = fields.optional_name(Field::Name, Some(&self.name), Stored::Plain);
        fields.finish()?;
        let call = Call::put("/api/accounts/profile").repeatable().json(&ProfileRequest { name });
        core.api.done(&call).await?;
        core.account_changed().await
    }
}

/// The part of the profile one may change.
#[derive(Serialize)]
struct ProfileRequest {
    name: Option<String>,
}

impl Handle for BeginTwoStep {
    async fn handle(self, core: &Rc<Core>) -> Result<TwoStepSetup, Problem> {
        let hash = core.login_hash(given(&self.password)?).await?;
        let body = VerifyRequest { master_password_hash: Some(hash.to_string()), otp: None };
        // Reading the secret changes nothing.
        let call = Call::post("/api/two-factor/get-authenticator").repeatable().json(&body);
        let answer: Authenticator = core.api.json(&call).await?;
        let secret = TotpSecret::from_base32(&answer.key).map_err(|_| ProblemKind::BadAnswer)?;
        *core.stores.only::<SetupToken>().0.borrow_mut() = answer.user_verification_token;
        let email = core.open()?.me().email.clone();
        Ok(TwoStepSetup {
            secret: secret.to_base32().to_string(),
            address: secret.uri(ISSUER, &email).to_string(),
        })
    }
}

impl Handle for TurnOnTwoStep {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let code: String = self.code.chars().filter(|c| !c.is_whitespace()).collect();
        let mut fields = Fields::default();
        if code.is_empty() {
            fields.refuse(Field::Code, Fault::Missing);
        }
        fields.finish()?;
        let hash = core.login_hash(given(&self.password)?).await?;
        let body = EnableAuthenticatorRequest {
            token: code,
            key: self.secret,
            user_verification_token: core.stores.only::<SetupToken>().0.borrow().clone(),
            master_password_hash: Some(hash.to_string()),
            otp: None,
        };
        let turned_on = core.api.done(&Call::put("/api/two-factor/authenticator").json(&body)).await;
        turned_on.map_err(|problem| match problem.kind {
            ProblemKind::Invalid(_) | ProblemKind::TokenInvalid | ProblemKind::Refused => {
                problem.as_kind(ProblemKind::WrongCode)
            }
            _ => problem,
        })?;
        core.account_changed().await
    }
}

impl Handle for TurnOffTwoStep {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let hash = core.login_hash(given(&self.password)?).await?;
        let body = DisableTwoFactorRequest {
            kind: TwoFactorProvider::Authenticator,
            master_password_hash: Some(hash.to_string()),
            otp: None,
        };
        // Off twice is off.
        core.api.done(&Call::put("/api/two-factor/disable").repeatable().json(&body)).await?;
        core.account_changed().await
    }
}

/// What the server gave to vouch for the set-up of two-step login that is under way.
#[derive(Default)]
struct SetupToken(RefCell<Option<String>>);

/// The word list, once it was needed.
#[derive(Default)]
struct Words(RefCell<Option<Rc<WordList>>>);

impl Core {
    /// The words fingerprint phrases are made of, fetched when first needed and held to be the one list.
    pub(crate) async fn words(&self) -> Result<Rc<WordList>, Problem> {
        let known = self.shared.only::<Words>();
        if let Some(words) = &*known.0.borrow() {
            return Ok(words.clone());
        }
        let text = self.api.bytes(&Call::file("/words.txt")).await?;
        let words = WordList::parse(&String::from_utf8_lossy(&text)).map_err(|error| key_problem(&error))?;
        let words = Rc::new(words);
        *known.0.borrow_mut() = Some(words.clone());
        Ok(words)
    }

    async fn account_changed(self: &Rc<Self>) -> Result<(), Problem> {
        // The change was made; the profile that shows it may come a little later.
        let _ = self.reload_me().await;
        self.tabs.tell_all(&FromCore::Changed(Topic::Account));
        Ok(())
    }
}
