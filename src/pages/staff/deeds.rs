//! What can be done with one person of the staff.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    Action, GetStaffIds, ResendInvitations, StaffQuery, StaffRole, StaffRow, StaffStatus, Verdict,
};

use super::{Open, Staff};
use crate::messages::{problems, reasons, staff as text};
use crate::pages::deeds::{Deed, menu};
use crate::session::verdict;
use crate::ui::{Glyph, MenuEntry};

impl Staff {
    /// Everything that can be done with a person, without what one's role never can.
    pub(super) fn deeds(self, row: &StaffRow) -> Vec<Deed> {
        let (open, id) = (self.open, row.id);
        let deed = |action, words, glyph, run: Box<dyn Fn()>| {
            let reason = match verdict(&row.rights, action) {
                Verdict::Hidden => return None,
                Verdict::Allowed => None,
                Verdict::Disabled(reason) => Some(reasons::reason(reason).to_owned()),
            };
            Some(Deed { words, glyph, danger: action == Action::RemoveStaff, reason, run })
        };
        let first = match row.status {
            StaffStatus::NeedsConfirmation => deed(
                Action::ConfirmStaff,
                text::confirm_(),
                Glyph::UserCheck,
                Box::new(move || open.set(Some(Open::Confirm(vec![id])))),
            ),
            StaffStatus::Invited => deed(
                Action::ResendStaffInvitation,
                text::resend(),
                Glyph::Send,
                Box::new(move || {
                    let provider = self.provider.id_untracked();
                    self.works.begin(ResendInvitations { provider, staff: vec![id] }, text::finished_resend);
                }),
            ),
            StaffStatus::Confirmed | StaffStatus::Unknown(_) => {
                let person = row.user.map_or_else(|| id.to_string(), |user| user.to_string());
                let events = untrack(|| self.provider.path(&format!("timeline?person={person}")));
                deed(
                    Action::ViewProviderEvents,
                    text::event_log(),
                    Glyph::Activity,
                    Box::new(move || self.router.go(&events)),
                )
            }
        };
        let (role, words) = match row.role {
            StaffRole::ProviderAdmin => (StaffRole::ServiceUser, text::make_service_user()),
            StaffRole::ServiceUser | StaffRole::Unknown(_) => (StaffRole::ProviderAdmin, text::make_admin()),
        };
        let (changed, removed) = (row.clone(), row.clone());
        let change = deed(
            Action::ChangeStaffRole,
            words,
            Glyph::Shield,
            Box::new(move || open.set(Some(Open::Role(changed.clone(), role)))),
        );
        let remove = deed(
            Action::RemoveStaff,
            text::remove_(),
            Glyph::UserMinus,
            Box::new(move || open.set(Some(Open::Remove(vec![removed.clone()], vec![id])))),
        );
        [first, change, remove].into_iter().flatten().collect()
    }

    /// The same as a menu.
    pub(super) fn row_menu(self, row: StaffRow) -> Vec<MenuEntry> {
        menu(self.deeds(&row))
    }

    /// Opens the comparison for everybody who waits.
    pub(super) fn confirm_all(self) {
        let (open, toasts) = (self.open, self.toasts);
        let query = StaffQuery { status: Some(StaffStatus::NeedsConfirmation), ..self.filters.everybody() };
        let answer = self.link.ask(GetStaffIds(query));
        spawn_local(async move {
            match answer.await {
                Ok(ids) => {
                    open.try_set(Some(Open::Confirm(ids)));
                }
                Err(problem) => toasts.say(problems::problem(&problem)),
            }
        });
    }
}
