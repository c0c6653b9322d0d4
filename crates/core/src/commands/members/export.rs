use std::rc::Rc;

use portal_bridge::{CsvFile, ExportMembers, MemberRole, MemberStatus, Problem};
use portal_domain::csv::{Cell, Csv};
use portal_wire::{OrganizationUserStatus, RevocationReason, Timestamp};

use super::{
    super::{
        Handle,
        export::{file, yes_or_no},
    },
    look,
};
use crate::{
    Core,
    stores::roster::{shown_role, shown_status},
};

impl Handle for ExportMembers {
    /// The columns are described in `docs/exports.md`. What it writes can be read again as a table of people to invite.
    async fn handle(self, core: &Rc<Core>) -> Result<CsvFile, Problem> {
        let within = self.0.within;
        let (table, _) = look(core, within).await?;
        let choices = core.member_choices(within).await?;
        let found = core.roster(within.organization).find(&self.0);
        let mut csv = Csv::new(&[
            "Name",
            "E-mail",
            "Role",
            "Status",
            "Groups",
            "Two-step login",
            "Account recovery",
            "External id",
            "Member since",
            "Revoked because",
            "Member id",
            "User id",
        ]);
        for row in found.0.iter().map(|row| *row as usize) {
            let groups: Vec<String> = table.groups(row).map(|id| choices.group(id)).collect();
            let id = table.id(row).map(|id| id.to_string());
            let user = table.user(row).map(|id| id.to_string());
            let since = table.since(row).map(|since| Timestamp(since).to_string());
            let revoked = table.status(row) == OrganizationUserStatus::Revoked;
            let because = table.revoked_because(row).filter(|_| revoked).map(reason_words);
            csv.row([
                text(table.name(row)),
                Cell::Text(table.email(row)),
                Cell::Text(&role_words(shown_role(table.role(row)))),
                Cell::Text(&status_words(shown_status(table.status(row)))),
                text(Some(groups.join("; ").as_str()).filter(|groups| !groups.is_empty())),
                Cell::Text(yes_or_no(table.two_step(row))),
                Cell::Text(yes_or_no(table.recoverable(row))),
                text(table.external_id(row)),
                text(since.as_deref()),
                text(because.as_deref()),
                text(id.as_deref()),
                text(user.as_deref()),
            ]);
        }
        Ok(file(core, "members", csv, found.0.len()))
    }
}

fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, Cell::Text)
}

pub(in crate::commands) fn role_words(role: MemberRole) -> String {
    match role {
        MemberRole::Owner => "Owner".into(),
        MemberRole::Admin => "Admin".into(),
        MemberRole::Custom => "Custom".into(),
        MemberRole::User => "User".into(),
        MemberRole::Unknown(number) => format!("Role {number}"),
    }
}

pub(in crate::commands) fn status_words(status: MemberStatus) -> String {
    match status {
        MemberStatus::Revoked => "Revoked".into(),
        MemberStatus::Invited => "Invited".into(),
        MemberStatus::NeedsConfirmation => "Needs confirmation".into(),
        MemberStatus::Confirmed => "Confirmed".into(),
        MemberStatus::Staged => "Staged".into(),
        MemberStatus::Unknown(number) => format!("Status {number}"),
    }
}

fn reason_words(reason: RevocationReason) -> String {
    match reason {
        RevocationReason::NotRecorded => "Not recorded".into(),
        RevocationReason::Manual => "By a person".into(),
        RevocationReason::TwoFactorPolicy => "Two-step login policy".into(),
        RevocationReason::DataOwnershipPolicy => "Data ownership policy".into(),
        RevocationReason::SingleOrganizationPolicy => "Single organization policy".into(),
        RevocationReason::Unknown(number) => format!("Reason {number}"),
    }
}
