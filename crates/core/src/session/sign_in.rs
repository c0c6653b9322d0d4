use std::rc::Rc;

use portal_bridge::{Fault, Field, FieldProblem, Problem, ProblemKind, TwoStepMethod, Unsupported};
use portal_keys::{EncString, MasterKey, normalise_salt, unwrap_user_key};
use portal_wire::{
    TwoFactorProvider, UserId,
    identity::{KdfSettings, PreloginRequest, PreloginResponse},
};
use zeroize::Zeroizing;

use super::{
    Account, Open, Pending, Session,
    granted::{Denied, Granted},
    kdf::{kdf_of, key_problem},
    two_step,
};
use crate::{
    Core,
    api::{Call, Grant, read, refusal},
};

/// What the sign-in endpoint decided.
pub(super) enum Verdict {
    Granted(Box<Granted>),
    SecondStep(Box<Denied>),
    Refused(Problem),
}

/// A second factor to send along.
pub(super) struct SecondFactor {
    pub(super) provider: TwoFactorProvider,
    pub(super) code: String,
    pub(super) remember: bool,
}

impl Core {
    /// Signs in with e-mail and password, up to a second step where one is asked for.
    pub(crate) async fn sign_in(
        self: &Rc<Self>,
        email: &str,
        password: Zeroizing<Vec<u8>>,
    ) -> Result<(), Problem> {
        let email = email.trim();
        if email.is_empty() {
            let missing = FieldProblem { field: Field::Email, fault: Fault::Missing, part: None };
            return Err(ProblemKind::Invalid(vec![missing]).into());
        }
        let prelogin = self.prelogin(email).await?;
        let settings = prelogin.settings();
        let kdf = kdf_of(&settings)?;
        let salt = prelogin.salt.filter(|salt| !salt.is_empty()).unwrap_or_else(|| normalise_salt(email));
        let again = password.clone();
        let master =
            self.platform.derive(password, salt.clone(), kdf).await.map_err(|error| key_problem(&error))?;
        let hash = Zeroizing::new(master.login_hash(&again));
        drop(again);

        let remembered = self.platform.get(&self.remembered_name(email)).await;
        let factor = remembered.map(|code| SecondFactor {
            provider: TwoFactorProvider::Remember,
            code,
            remember: false,
        });
        let verdict = self.request_grant(email, &hash, factor.as_ref()).await?;
        if factor.is_some() && matches!(verdict, Verdict::SecondStep(_)) {
            // The remembered device is no longer trusted.
            self.platform.remove(&self.remembered_name(email)).await;
        }
        match verdict {
            Verdict::Granted(answer) => self.open_granted(*answer, email, &master, settings, &salt).await,
            Verdict::Refused(problem) => Err(problem),
            Verdict::SecondStep(error) => {
                let view = two_step::view_of(email, &error)?;
                if view.methods.first() == Some(&TwoStepMethod::Email) {
                    self.mail_code(email, &hash, error.mail_token.as_deref()).await;
                }
                let pending = Pending { view, email: email.to_owned(), hash, master, kdf: settings, salt };
                self.set_session(Session::TwoStep(Rc::new(pending)));
                Ok(())
            }
        }
    }

    /// Gives up a sign-in that waits for its second step.
    pub(crate) fn cancel_sign_in(&self) {
        if matches!(&*self.session.borrow(), Session::TwoStep(_)) {
            self.set_session(Session::SignedOut(None));
        }
    }

    async fn prelogin(&self, email: &str) -> Result<PreloginResponse, Problem> {
        let body = PreloginRequest { email: email.to_owned() };
        let call = |path: &str| Call::post(path).repeatable().anonymous().json(&body);
        match self.api.json(&call("/identity/accounts/prelogin/password")).await {
            Err(problem) if problem.kind == ProblemKind::NotFound => {
                self.api.json(&call("/identity/accounts/prelogin")).await
            }
            other => other,
        }
    }

    /// Asks for tokens with the password's hash. Asked twice it grants twice, which harms nobody.
    pub(super) async fn request_grant(
        &self,
        email: &str,
        hash: &Zeroizing<String>,
        factor: Option<&SecondFactor>,
    ) -> Result<Verdict, Problem> {
        let device = self.api.device();
        let kind = device.kind.to_string();
        let provider = factor.map(|factor| factor.provider.number().to_string()).unwrap_or_default();
        let mut fields = vec![
            ("grant_type", "password"),
            ("client_id", "web"),
            ("scope", "api offline_access"),
            ("username", email),
            ("password", hash.as_str()),
            ("deviceType", kind.as_str()),
            ("deviceIdentifier", device.identifier.as_str()),
            ("deviceName", device.name.as_str()),
        ];
        if let Some(factor) = factor {
            fields.push(("twoFactorToken", &factor.code));
            fields.push(("twoFactorProvider", &provider));
            fields.push(("twoFactorRemember", if factor.remember { "1" } else { "0" }));
        }
        let call = Call::post("/identity/connect/token").anonymous().form(&fields);
        // A code may count only once: then a second attempt must not follow a first that may have arrived.
        let call = if factor.is_none() { call.repeatable() } else { call };
        let answered = self.api.answer(&call).await.map_err(|problem| match problem.kind {
            ProblemKind::Uncertain => ProblemKind::Offline.into(),
            _ => problem,
        });
        let (reply, body) = answered?;
        let body = Zeroizing::new(body);
        if reply.is_success() {
            return Ok(Verdict::Granted(read(&body)?));
        }
        if !matches!(reply.status, 400 | 401) {
            let problem = refusal(&call.repeatable(), &reply);
            return Ok(Verdict::Refused(problem));
        }
        let error: Denied = read(&reply.refusal)?;
        if error.factors().is_empty() {
            return Ok(Verdict::Refused(refused_sign_in(&error)));
        }
        Ok(Verdict::SecondStep(Box::new(error)))
    }

    /// Opens the session that was granted.
    pub(super) async fn open_granted(
        self: &Rc<Self>,
        mut answer: Granted,
        email: &str,
        master: &MasterKey,
        kdf: KdfSettings,
        salt: &str,
    ) -> Result<(), Problem> {
        let (wrapped_user_key, salt) = match answer.unlock() {
            Some(unlock) => (Some(unlock.wrapped_user_key), unlock.salt),
            None => (answer.key.take(), salt.to_owned()),
        };
        let wrapped_user_key =
            wrapped_user_key.ok_or(ProblemKind::NotSupported(Unsupported::SingleSignOn))?;
        let wrapped_private_key =
            answer.private_key().ok_or(ProblemKind::NotSupported(Unsupported::Encryption))?;
        let wrapped: EncString = wrapped_user_key.parse().map_err(|error| key_problem(&error))?;
        let user_key = unwrap_user_key(master, &wrapped).map_err(|error| key_problem(&error))?;
        let account = Account {
            user: UserId::default(),
            email: email.to_owned(),
            name: None,
            kdf,
            salt,
            wrapped_user_key,
            wrapped_private_key,
        };
        let open = Open::new(account, user_key).await?;
        let remember = answer.remember.take();
        let grant = Grant {
            access: answer.access_token,
            refresh: answer.refresh_token.ok_or(ProblemKind::BadAnswer)?,
            lasts_seconds: answer.expires_in,
        };
        // Whoever was signed in before is not any more.
        self.drop_secrets();
        self.api.set_grant(grant);
        if let Some(token) = remember {
            self.platform.put(&self.remembered_name(email), &token).await;
        }
        let entered = self.enter(open, false).await;
        if entered.is_err() {
            self.end_session(None);
        }
        entered
    }

    /// Under which name a remembered device's token is kept: another at each server, since somebody may have the same address at
    /// two of them.
    fn remembered_name(&self, email: &str) -> String {
        format!("remembered{}:{}", self.api.place(), normalise_salt(email))
    }
}

fn refused_sign_in(error: &Denied) -> Problem {
    let said = |text: &str| {
        [
            error.code(),
            error.error_description.as_deref().unwrap_or_default(),
            error.message().unwrap_or_default(),
        ]
        .iter()
        .any(|part| part.to_ascii_lowercase().contains(text))
    };
    let kind = if said("sso_required") {
        ProblemKind::NotSupported(Unsupported::SingleSignOn)
    } else if said("new device") {
        ProblemKind::NotSupported(Unsupported::NewDevice)
    } else if said("invalid_client_version") {
        ProblemKind::NotSupported(Unsupported::Encryption)
    } else if said("device_error") || said("version_header_missing") || error.code() == "invalid_client" {
        ProblemKind::Refused
    } else {
        ProblemKind::WrongCredentials
    };
    let detail = error.message().map(str::to_owned);
    let detail = detail.or_else(|| error.error_description.clone()).filter(|text| !text.is_empty());
    Problem::of(kind, detail)
}
