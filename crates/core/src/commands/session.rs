use std::rc::Rc;

use portal_bridge::{
    CancelSignIn, Fault, Field, FieldProblem, GetSession, Lock, Problem, ProblemKind, Register,
    RegistrationStarted, Secret, SessionView, SetIdleLock, SignIn, SignOut, StartRegistration, TwoStep,
    Unlock,
};
use zeroize::Zeroizing;

use super::Handle;
use crate::Core;

impl Handle for GetSession {
    async fn handle(self, core: &Rc<Core>) -> Result<SessionView, Problem> {
        Ok(core.session_view())
    }
}

impl Handle for SignIn {
    async fn handle(self, core: &Rc<Core>) -> Result<SessionView, Problem> {
        core.sign_in(&self.email, given(&self.password)?).await?;
        Ok(core.session_view())
    }
}

impl Handle for TwoStep {
    async fn handle(self, core: &Rc<Core>) -> Result<SessionView, Problem> {
        core.second_step(self.method, &self.code, self.remember).await?;
        Ok(core.session_view())
    }
}

impl Handle for CancelSignIn {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.cancel_sign_in();
        Ok(())
    }
}

impl Handle for Unlock {
    async fn handle(self, core: &Rc<Core>) -> Result<SessionView, Problem> {
        core.unlock(given(&self.password)?).await?;
        Ok(core.session_view())
    }
}

impl Handle for Lock {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.lock();
        Ok(())
    }
}

impl Handle for SignOut {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.end_session(None);
        Ok(())
    }
}

impl Handle for SetIdleLock {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        if self.minutes.is_some_and(|minutes| !(1..=1_440).contains(&minutes)) {
            return Err(ProblemKind::Invalid(vec![FieldProblem {
                field: Field::Other,
                fault: Fault::Malformed,
                part: None,
            }])
            .into());
        }
        core.idle.choose(self.minutes);
        core.tell_session();
        Ok(())
    }
}

impl Handle for StartRegistration {
    async fn handle(self, core: &Rc<Core>) -> Result<RegistrationStarted, Problem> {
        core.start_registration(self).await
    }
}

impl Handle for Register {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.register(self).await
    }
}

/// The password that was entered.
pub(super) fn given(password: &Secret) -> Result<Zeroizing<Vec<u8>>, Problem> {
    if password.is_empty() {
        let missing = FieldProblem { field: Field::Password, fault: Fault::Missing, part: None };
        return Err(ProblemKind::Invalid(vec![missing]).into());
    }
    Ok(Zeroizing::new(password.bytes().to_vec()))
}
