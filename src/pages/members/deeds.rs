//! What can be done with one member.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{Action, GetMemberIds, MemberDeed, MemberRow, MemberStatus, ResendToMembers, Verdict};

use super::{Members, Open};
use crate::messages::{members as text, problems, reasons, staff as words};
use crate::pages::deeds::{Deed, menu};
use crate::session::obstacle;
use crate::ui::{Glyph, MenuEntry};

impl Members {
    /// Everything that can be done with a member, without what one's role never can and what the status makes pointless.
    pub(super) fn deeds(self, row: &MemberRow) -> Vec<Deed> {
        let (open, id) = (self.open, row.id);
        let deed = |deed: MemberDeed, words, glyph, run: Box<dyn Fn()>| {
            let verdict = row.rights.iter().find(|(known, _)| *known == deed).map(|(_, verdict)| *verdict)?;
            (verdict != Verdict::Hidden).then(|| Deed {
                words,
                glyph,
                danger: matches!(deed, MemberDeed::Remove | MemberDeed::Revoke),
                reason: obstacle(verdict).map(|reason| reasons::reason(reason).to_owned()),
                run,
            })
        };
        let opens = |what: Open| -> Box<dyn Fn()> { Box::new(move || open.set(Some(what.clone()))) };
        let first = match row.status {
            MemberStatus::NeedsConfirmation => {
                deed(MemberDeed::Confirm, words::confirm_(), Glyph::UserCheck, opens(Open::Confirm(vec![id])))
            }
            MemberStatus::Invited => deed(
                MemberDeed::Resend,
                words::resend(),
                Glyph::Send,
                Box::new(move || self.resend(vec![id])),
            ),
            _ => None,
        };
        let revoked = row.status == MemberStatus::Revoked;
        let (turn, turn_words, turn_glyph) = if revoked {
            (MemberDeed::Restore, text::restore(), Glyph::Refresh)
        } else {
            (MemberDeed::Revoke, text::revoke_(), Glyph::Lock)
        };
        let recover = (row.status == MemberStatus::Confirmed && row.recoverable)
            .then(|| {
                deed(MemberDeed::Recover, text::recover_(), Glyph::Key, opens(Open::Recover(row.clone())))
            })
            .flatten();
        let events = (self.space.verdict(Action::ViewOrganizationEvents) != Verdict::Hidden).then(|| {
            let address = untrack(|| self.space.path(&format!("events?member={id}")));
            Deed {
                words: text::events(),
                glyph: Glyph::Activity,
                danger: false,
                reason: self
                    .space
                    .obstacle(Action::ViewOrganizationEvents)
                    .map(|reason| reasons::reason(reason).to_owned()),
                run: Box::new(move || self.router.go(&address)),
            }
        });
        [
            first,
            deed(MemberDeed::Edit, text::edit_(), Glyph::Pencil, opens(Open::Edit(id))),
            recover,
            events,
            deed(turn, turn_words, turn_glyph, opens(Open::Change(turn, vec![row.clone()], vec![id]))),
            deed(
                MemberDeed::Remove,
                words::remove_(),
                Glyph::UserMinus,
                opens(Open::Change(MemberDeed::Remove, vec![row.clone()], vec![id])),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The same as a menu.
    pub(super) fn row_menu(self, row: &MemberRow) -> Vec<MenuEntry> {
        menu(untrack(|| self.deeds(row)))
    }

    /// Sends invitations again.
    pub(super) fn resend(self, members: Vec<portal_bridge::OrganizationUserId>) {
        let within = self.space.within_untracked();
        self.works.begin(ResendToMembers { within, members }, text::finished_resend);
    }

    /// Opens the comparison for everybody who waits.
    pub(super) fn confirm_all(self) {
        let (open, toasts) = (self.open, self.toasts);
        let answer = self.link.ask(GetMemberIds(self.filters.waiting()));
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
