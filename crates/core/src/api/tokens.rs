use std::cell::{Cell, RefCell};

use futures::lock::Mutex;
use portal_bridge::{Problem, ProblemKind};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Api, Call, read, refusal};

/// The tokens of the session.
#[derive(Default)]
pub(crate) struct Tokens {
    current: RefCell<Option<Token>>,
    version: Cell<u32>,
    refreshing: Mutex<()>,
    ended: Cell<bool>,
}

/// What a sign-in or a refresh grants.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) access: Zeroizing<String>,
    pub(crate) refresh: Zeroizing<String>,
    pub(crate) lasts_seconds: i64,
}

struct Token {
    grant: Grant,
    expires_at: i64,
    fetched_at: i64,
    version: u32,
}

/// What a refresh answers.
#[derive(Deserialize)]
struct Refreshed {
    access_token: Zeroizing<String>,
    refresh_token: Option<Zeroizing<String>>,
    #[serde(default)]
    expires_in: i64,
}

impl Api {
    /// A token younger than this was not refused for its age.
    const FRESH_MS: i64 = 5_000;
    /// Refreshed so long before it ends.
    const MARGIN_MS: i64 = 60_000;

    /// Requests carry this token from now on.
    pub(crate) fn set_grant(&self, grant: Grant) {
        let now = self.platform.now_ms();
        let version = self.tokens.version.get().wrapping_add(1);
        self.tokens.version.set(version);
        self.tokens.ended.set(false);
        let expires_at = now + grant.lasts_seconds.max(0).saturating_mul(1_000);
        *self.tokens.current.borrow_mut() = Some(Token { grant, expires_at, fetched_at: now, version });
    }

    /// Forgets the tokens and returns them.
    pub(crate) fn take_grant(&self) -> Option<Grant> {
        self.tokens.current.borrow_mut().take().map(|token| token.grant)
    }

    /// Whether the server ended the session since this was last asked.
    pub(crate) fn session_ended(&self) -> bool {
        self.tokens.ended.replace(false)
    }

    /// The token for the next request and its version, refreshed when about to end.
    pub(super) async fn token(&self) -> Result<(Zeroizing<String>, u32), Problem> {
        let version = {
            let current = self.tokens.current.borrow();
            let token = current.as_ref().ok_or(ProblemKind::Locked)?;
            if self.platform.now_ms() < token.expires_at - Self::MARGIN_MS || self.is_fresh(token) {
                return Ok((token.grant.access.clone(), token.version));
            }
            token.version
        };
        self.refresh_after(version).await?;
        let current = self.tokens.current.borrow();
        let token = current.as_ref().ok_or(ProblemKind::Locked)?;
        Ok((token.grant.access.clone(), token.version))
    }

    /// Whether a refusal of this version of the token could have to do with its age.
    pub(super) fn is_stale(&self, version: u32) -> bool {
        self.tokens
            .current
            .borrow()
            .as_ref()
            .is_some_and(|token| token.version != version || !self.is_fresh(token))
    }

    /// Fetches a new token now, so that a changed role counts.
    pub(crate) async fn refresh(&self) -> Result<(), Problem> {
        self.refresh_after(self.tokens.version.get()).await
    }

    /// Fetches a new token unless somebody did since `version`. One at a time; the others wait for its result.
    pub(super) async fn refresh_after(&self, version: u32) -> Result<(), Problem> {
        let _turn = self.tokens.refreshing.lock().await;
        if self.tokens.version.get() != version {
            return Ok(());
        }
        let before = match &*self.tokens.current.borrow() {
            Some(token) => token.grant.clone(),
            None => return Err(ProblemKind::Locked.into()),
        };
        let call = Call::post("/identity/connect/token").repeatable().anonymous().form(&[
            ("grant_type", "refresh_token"),
            ("client_id", "web"),
            ("refresh_token", &before.refresh),
        ]);
        let (reply, body) = self.answer(&call).await?;
        let body = Zeroizing::new(body);
        if matches!(reply.status, 400 | 401) {
            self.take_grant();
            self.tokens.ended.set(true);
            return Err(ProblemKind::SignedOut.into());
        }
        if !reply.is_success() {
            return Err(refusal(&call, &reply));
        }
        let answer: Refreshed = read(&body)?;
        let grant = Grant {
            access: answer.access_token,
            // The same one goes on unless another is given.
            refresh: answer.refresh_token.unwrap_or(before.refresh),
            lasts_seconds: answer.expires_in,
        };
        // A lock or sign-out in between has taken the old one: then the new one is not kept either.
        if self.tokens.current.borrow().is_none() {
            return Err(ProblemKind::Locked.into());
        }
        self.set_grant(grant);
        Ok(())
    }

    fn is_fresh(&self, token: &Token) -> bool {
        // After an unlock there is no access token at all yet.
        !token.grant.access.is_empty()
            && (0..Self::FRESH_MS).contains(&(self.platform.now_ms() - token.fetched_at))
    }
}
