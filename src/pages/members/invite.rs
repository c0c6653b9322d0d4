use leptos::prelude::*;
use portal_bridge::{
    Action, Field, GetMemberChoices, InviteMembers, JobId, MemberChoices, MemberSeats, Part, Verdict,
};

use super::{Members, access};
use crate::form::{DialogForm, ProblemNotice, Sending};
use crate::format;
use crate::live::{live, memo};
use crate::messages::{members as text, staff as words};
use crate::pages::invited;
use crate::shell::waits;
use crate::ui::{Dialog, Notice, Press, Skeleton, Tone};
use crate::view::use_view;

/// The dialog has an address of its own, so that a button anywhere can lead here.
pub(super) fn routed(members: Members) -> impl IntoView {
    let here = memo(move || members.router.path().ends_with("/members/invite"));
    let waits = waits();
    let may = memo(move || members.space.verdict(Action::ManageMembers) == Verdict::Allowed && !waits.get());
    let close = move || {
        let mut address = members.router.address_untracked();
        address.path = untrack(|| members.space.path("members"));
        members.router.replace(&address.text());
    };
    live(move || {
        (here.get() && may.get()).then(|| view! { <InviteDialog members on_close=close /> }.into_any())
    })
}

#[component]
fn InviteDialog(members: Members, #[prop(into)] on_close: Press) -> impl IntoView {
    let space = members.space;
    let choices = use_view(
        move || Some(GetMemberChoices(space.within())),
        move || vec![space.topic(Part::Members), space.topic(Part::Groups), space.topic(Part::Collections)],
    );
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(access::nothing());
    let sending = Sending::new(&[Field::Emails]);
    let begun = RwSignal::new(None::<JobId>);
    let parsed = invited::parsed(typed);
    let seats = memo(move || choices.map(|choices| choices.seats));
    // The fields stay as they are when the choices are read again.
    let there = memo(move || choices.map(|_| ()).is_some());

    let submit = move || {
        let emails = parsed.get_untracked();
        if sending.check(invited::faults(&emails)) {
            let question =
                InviteMembers { within: space.within_untracked(), emails, access: chosen.get_untracked() };
            sending.send(members.link, question, move |job| begun.set(Some(job)));
        }
    };
    let verb = Signal::derive(move || match parsed.with(Vec::len) {
        0 => words::invite_nobody().to_owned(),
        some => words::invite_go(some as u32),
    });
    let reason = MaybeProp::from(Signal::derive(move || {
        let missing = missing(seats.get()?, parsed.with(Vec::len) as u32);
        (missing > 0).then(|| text::seats_short(missing))
    }));
    view! {
        <Dialog title=text::invite_title().to_owned() wide=true held=sending.busy() on_close>
            {live(move || Some(match (begun.get(), there.get()) {
                (Some(job), _) => view! { <invited::Invited job registers_at=members.registers_at() on_close /> }.into_any(),
                (None, false) => view! {
                    <div class="body">
                        <ProblemNotice problem=Signal::derive(move || choices.problem()) again=move || choices.again() />
                        {choices.problem().is_none().then(|| view! { <Skeleton lines=6 /> }.into_any())}
                    </div>
                }.into_any(),
                (None, true) => {
                    let given = untrack(|| choices.get())?;
                    view! {
                        <DialogForm sending verb reason on_submit=submit on_close>
                            <invited::Addresses typed sending />
                            {arithmetic(seats, Signal::derive(move || parsed.with(Vec::len) as u32))}
                            <access::AccessFields access=chosen choices=MemberChoices { roles: given.inviting.clone(), ..given } />
                        </DialogForm>
                    }.into_any()
                }
            }))}
        </Dialog>
    }
}

/// What inviting so many people does to the seats, in words.
pub(super) fn arithmetic(seats: Memo<Option<MemberSeats>>, invited: Signal<u32>) -> AnyView {
    live(move || {
        let seats = seats.get()?;
        let invited = invited.get();
        let before = match seats.assigned {
            Some(all) => text::seats_before(&format::number(seats.taken), &format::number(all)),
            None => text::seats_taken(seats.taken),
        };
        let short = missing(seats, invited);
        let left = seats.assigned.map(|all| all.saturating_sub(seats.taken).saturating_sub(invited));
        let after = match left {
            _ if short > 0 => text::seats_short(short),
            Some(left) if invited > 0 => text::seats_after(invited, &format::number(left)),
            _ => String::new(),
        };
        let tone = if short > 0 { Tone::Attend } else { Tone::Plain };
        Some(view! { <Notice tone><span role="status">{before}" "{after}</span></Notice> })
    })
}

/// How many seats are missing, where more cannot be taken than there are.
pub(super) fn missing(seats: MemberSeats, invited: u32) -> u32 {
    match seats.assigned {
        Some(all) if seats.fixed => (seats.taken + invited).saturating_sub(all),
        _ => 0,
    }
}
