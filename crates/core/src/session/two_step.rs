use std::rc::Rc;

use portal_bridge::{Problem, ProblemKind, TwoStepMethod, TwoStepView, Unsupported};
use portal_keys::MasterKey;
use portal_wire::{TwoFactorProvider, identity::KdfSettings};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{
    Session,
    granted::Denied,
    sign_in::{SecondFactor, Verdict},
};
use crate::{Core, api::Call, sort::sort_by};

/// A sign-in that waits for its second step.
pub(crate) struct Pending {
    pub(super) view: TwoStepView,
    pub(super) email: String,
    pub(super) hash: Zeroizing<String>,
    pub(super) master: MasterKey,
    pub(super) kdf: KdfSettings,
    pub(super) salt: String,
}

impl Core {
    /// The second step of a sign-in.
    pub(crate) async fn second_step(
        self: &Rc<Self>,
        method: TwoStepMethod,
        code: &str,
        remember: bool,
    ) -> Result<(), Problem> {
        let pending = match &*self.session.borrow() {
            Session::TwoStep(pending) => pending.clone(),
            _ => return Err(ProblemKind::SignedOut.into()),
        };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if code.is_empty() {
            return Err(ProblemKind::WrongCode.into());
        }
        let provider = match method {
            TwoStepMethod::Authenticator => TwoFactorProvider::Authenticator,
            TwoStepMethod::Email => TwoFactorProvider::Email,
        };
        let factor = SecondFactor { provider, code, remember };
        match self.request_grant(&pending.email, &pending.hash, Some(&factor)).await? {
            Verdict::Granted(answer) => {
                self.open_granted(*answer, &pending.email, &pending.master, pending.kdf, &pending.salt).await
            }
            Verdict::SecondStep(_) => Err(ProblemKind::WrongCode.into()),
            Verdict::Refused(problem) if problem.kind == ProblemKind::WrongCredentials => {
                Err(problem.as_kind(ProblemKind::WrongCode))
            }
            Verdict::Refused(problem) => Err(problem),
        }
    }

    /// Has a code mailed, where that is the only way to the second step.
    pub(super) async fn mail_code(&self, email: &str, hash: &str, session_token: Option<&str>) {
        let device = self.api.device();
        let body = MailCodeRequest {
            email,
            master_password_hash: hash,
            session_token,
            device_identifier: &device.identifier,
        };
        let call = Call::post("/api/two-factor/send-email-login").anonymous().json(&body);
        // Whether the mail went out, only the person's mailbox can tell.
        let _ = self.api.done(&call).await;
    }
}

/// Asks the server to mail a code.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MailCodeRequest<'a> {
    email: &'a str,
    master_password_hash: &'a str,
    #[serde(rename = "ssoEmail2FaSessionToken")]
    session_token: Option<&'a str>,
    device_identifier: &'a str,
}

/// What a refusal that asks for a second step offers.
pub(super) fn view_of(email: &str, refusal: &Denied) -> Result<TwoStepView, Problem> {
    let mut methods = Vec::new();
    let mut unsupported = Vec::new();
    for factor in refusal.factors() {
        match factor {
            TwoFactorProvider::Authenticator => methods.push(TwoStepMethod::Authenticator),
            TwoFactorProvider::Email => methods.push(TwoStepMethod::Email),
            TwoFactorProvider::Remember => {}
            other => unsupported.push(name_of(other)),
        }
    }
    // An app beats a mail.
    if methods.first() == Some(&TwoStepMethod::Email) {
        methods.reverse();
    }
    sort_by(&mut unsupported, |one, other| one.cmp(other));
    unsupported.dedup();
    if methods.is_empty() {
        let names = unsupported.join(", ");
        return Err(Problem::with(ProblemKind::NotSupported(Unsupported::SecondFactor), names));
    }
    Ok(TwoStepView { email: email.to_owned(), methods, unsupported })
}

fn name_of(provider: TwoFactorProvider) -> String {
    match provider {
        TwoFactorProvider::Duo => "Duo".into(),
        TwoFactorProvider::OrganizationDuo => "Duo (organization)".into(),
        TwoFactorProvider::YubiKey => "YubiKey OTP".into(),
        TwoFactorProvider::U2f => "FIDO U2F".into(),
        TwoFactorProvider::WebAuthn => "Passkey".into(),
        TwoFactorProvider::RecoveryCode => "Recovery code".into(),
        other => format!("Method {}", other.number()),
    }
}
