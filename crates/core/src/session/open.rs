use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use portal_bridge::{OrganizationId, Problem, ProblemKind, ProviderId};
use portal_keys::{EncString, PrivateKey, PublicKey, SymmetricKey, unwrap_user_key};
use portal_wire::profile::UserKey;
use zeroize::Zeroizing;

use super::{
    Account, Me, Session,
    kdf::{kdf_of, key_problem},
};
use crate::{Core, api::Call, few::Few};

/// A session with its keys in hand.
pub(crate) struct Open {
    account: RefCell<Account>,
    user_key: SymmetricKey,
    private_key: PrivateKey,
    me: RefCell<Rc<Me>>,
    /// When the server last said so.
    me_read_at: Cell<i64>,
    provider_keys: RefCell<Few<ProviderId, Rc<SymmetricKey>>>,
    public_key: RefCell<Option<PublicKey>>,
}

impl Open {
    pub(super) async fn new(account: Account, user_key: SymmetricKey) -> Result<Self, Problem> {
        let wrapped: EncString = account.wrapped_private_key.parse().map_err(|error| key_problem(&error))?;
        let private_key =
            PrivateKey::unwrap(&wrapped, &user_key).await.map_err(|error| key_problem(&error))?;
        Ok(Self {
            account: RefCell::new(account),
            user_key,
            private_key,
            me: RefCell::default(),
            me_read_at: Cell::default(),
            provider_keys: RefCell::default(),
            public_key: RefCell::default(),
        })
    }

    pub(super) fn account(&self) -> Account {
        let mut account = self.account.borrow().clone();
        let me = self.me();
        account.name.clone_from(&me.name);
        account
    }

    /// What the server last said about this person.
    pub(crate) fn me(&self) -> Rc<Me> {
        self.me.borrow().clone()
    }

    /// Whether it is longer ago than `age_ms` that the server said who this is; from now on it is not.
    pub(crate) fn me_is_older_than(&self, age_ms: i64, now: i64) -> bool {
        let old = now - self.me_read_at.get() > age_ms;
        if old {
            self.me_read_at.set(now);
        }
        old
    }

    /// Replaces what is known about this person; provider keys are opened anew, since they may have changed.
    pub(super) fn set_me(&self, me: Me, now: i64) {
        self.me_read_at.set(now);
        self.provider_keys.borrow_mut().clear();
        *self.me.borrow_mut() = Rc::new(me);
    }

    /// The account's own key, for what is kept for this person alone.
    pub(crate) fn user_key(&self) -> &SymmetricKey {
        &self.user_key
    }

    /// Whether the key derivation is weaker than it should be.
    pub(crate) fn weak_derivation(&self) -> bool {
        kdf_of(&self.account.borrow().kdf).is_ok_and(|kdf| kdf.is_weak())
    }

    /// The key of a provider, opened once.
    pub(crate) async fn provider_key(&self, provider: ProviderId) -> Result<Rc<SymmetricKey>, Problem> {
        if let Some(key) = self.provider_keys.borrow().get(&provider) {
            return Ok(key.clone());
        }
        let wrapped = self.me().staffing(provider)?.key.clone();
        let wrapped = wrapped.ok_or(ProblemKind::CannotDecrypt)?;
        let key = Rc::new(self.decapsulate(&wrapped).await?);
        self.provider_keys.borrow_mut().insert(provider, key.clone());
        Ok(key)
    }

    /// The key of an organization one is a member of.
    pub(crate) async fn own_organization_key(
        &self,
        organization: OrganizationId,
    ) -> Result<SymmetricKey, Problem> {
        let me = self.me();
        let membership = me.organizations.iter().find(|membership| membership.id == organization);
        let wrapped =
            membership.and_then(|membership| membership.key.clone()).ok_or(ProblemKind::NotFound)?;
        self.decapsulate(&wrapped).await
    }

    /// A new key for oneself: the key, and what only one's own private key opens.
    pub(crate) async fn new_key_for_self(
        &self,
        own: &PublicKey,
    ) -> Result<(SymmetricKey, EncString), Problem> {
        let key = SymmetricKey::generate().map_err(|error| key_problem(&error))?;
        let wrapped =
            own.encapsulate_for_self(&key, &self.private_key).await.map_err(|error| key_problem(&error))?;
        Ok((key, wrapped))
    }

    async fn decapsulate(&self, wrapped: &str) -> Result<SymmetricKey, Problem> {
        let wrapped: EncString = wrapped.parse().map_err(|error| key_problem(&error))?;
        self.private_key.decapsulate(&wrapped).await.map_err(|error| key_problem(&error))
    }
}

impl Core {
    /// Makes an opened session the session: reads who this is, then tells every tab.
    pub(super) async fn enter(self: &Rc<Self>, open: Open, same_person: bool) -> Result<(), Problem> {
        let me = self.fetch_me().await?;
        if same_person && open.account.borrow().user != me.id {
            return Err(ProblemKind::Mismatch.into());
        }
        open.account.borrow_mut().user = me.id;
        open.set_me(me, self.platform.now_ms());
        self.set_session(Session::Open(Rc::new(open)));
        self.start_idle_watch();
        self.start_revision_watch();
        Ok(())
    }

    /// The hash by which the server recognises the password, after making sure that it is the right one.
    pub(crate) async fn login_hash(
        &self,
        password: Zeroizing<Vec<u8>>,
    ) -> Result<Zeroizing<String>, Problem> {
        let open = self.open()?;
        let account = open.account();
        let kdf = kdf_of(&account.kdf)?;
        let again = password.clone();
        let master =
            self.platform.derive(password, account.salt, kdf).await.map_err(|error| key_problem(&error))?;
        let wrapped: EncString = account.wrapped_user_key.parse().map_err(|error| key_problem(&error))?;
        match unwrap_user_key(&master, &wrapped) {
            Ok(key) if key == open.user_key => Ok(Zeroizing::new(master.login_hash(&again))),
            _ => Err(ProblemKind::WrongPassword.into()),
        }
    }

    /// One's own public key, checked to belong to one's private key: a server that swapped it would read along.
    pub(crate) async fn own_public_key(&self) -> Result<PublicKey, Problem> {
        let open = self.open()?;
        if let Some(key) = &*open.public_key.borrow() {
            return Ok(key.clone());
        }
        let me = open.me();
        let answer: UserKey = self.api.json(&Call::get(format!("/api/users/{}/public-key", me.id))).await?;
        if answer.user_id != me.id {
            return Err(ProblemKind::Mismatch.into());
        }
        let text = answer.public_key.ok_or(ProblemKind::BadAnswer)?;
        let key = PublicKey::from_base64(&text).map_err(|error| key_problem(&error))?;
        if !open.private_key.matches(&key).await.map_err(|error| key_problem(&error))? {
            return Err(ProblemKind::Mismatch.into());
        }
        *open.public_key.borrow_mut() = Some(key.clone());
        Ok(key)
    }
}
