use std::rc::Rc;

use portal_bridge::{Action, GetPolicyEffect, OrganizationUserId, PolicyEffect, PolicyType, Problem, UserId};
use portal_wire::{OrganizationUserStatus, OrganizationUserType};
use serde::Deserialize;

use super::super::Handle;
use crate::{
    Core,
    api::{Call, RowSink, read},
};

impl Handle for GetPolicyEffect {
    async fn handle(self, core: &Rc<Core>) -> Result<PolicyEffect, Problem> {
        let Self { within, kind } = self;
        core.rights_in(within).await?.demand(Action::ManagePolicies)?;
        if !matches!(kind, PolicyType::TwoFactorAuthentication | PolicyType::SingleOrg) {
            return Ok(PolicyEffect { revoked: Vec::new(), certain: true });
        }
        let mut members = Members(Vec::new());
        let call = Call::get(format!("/api/organizations/{}/users", within.organization));
        core.api.rows(&call, "data", &mut members).await?;
        let revoked =
            members.0.iter().filter(|member| member.is_revoked_by(kind)).map(Member::named).collect();
        Ok(PolicyEffect { revoked, certain: kind == PolicyType::TwoFactorAuthentication })
    }
}

struct Members(Vec<Member>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: OrganizationUserId,
    user_id: Option<UserId>,
    name: Option<String>,
    email: Option<String>,
    #[serde(rename = "type", default)]
    kind: OrganizationUserType,
    #[serde(default)]
    status: OrganizationUserStatus,
    two_factor_enabled: Option<bool>,
}

impl RowSink for Members {
    fn restart(&mut self) {
        self.0.clear();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        self.0.push(read(json)?);
        Ok(())
    }
}

impl Member {
    /// Owners, Admins and those who are not in are exempt (contract §4.6). What other organizations somebody is in, only the
    /// server knows.
    fn is_revoked_by(&self, kind: PolicyType) -> bool {
        let exempt = matches!(self.kind, OrganizationUserType::Owner | OrganizationUserType::Admin);
        let within =
            matches!(self.status, OrganizationUserStatus::Accepted | OrganizationUserStatus::Confirmed);
        kind == PolicyType::TwoFactorAuthentication
            && within
            && !exempt
            && self.two_factor_enabled == Some(false)
    }

    fn named(&self) -> (String, Option<String>) {
        let email = self.email.clone().unwrap_or_default();
        match self.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => (name.to_owned(), Some(email)),
            None => (email, None),
        }
    }
}
