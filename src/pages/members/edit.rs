use leptos::prelude::*;
use portal_bridge::{
    AccessChange, GetMember, GetMemberChoices, MemberAccess, MemberSaved, OrganizationUserId, SaveMember,
};

use super::{Members, access, label};
use crate::form::{DialogForm, ProblemNotice, Sending};
use crate::format::isolate;
use crate::live::{effect, live, memo};
use crate::messages::{access as levels, members as text};
use crate::ui::{Dialog, Notice, Press, Skeleton, Tone};
use crate::view::use_view;

/// Changes role, permissions, groups and collections at once. Whoever saves after somebody else is told what that was.
#[component]
pub(super) fn EditDialog(
    members: Members,
    id: OrganizationUserId,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let within = members.space.within_untracked();
    // Neither is asked for again while the form is open: what changes meanwhile is told when it is saved.
    let found = use_view(move || Some(GetMember { within, member: id }), Vec::new);
    let choices = use_view(move || Some(GetMemberChoices(within)), Vec::new);
    let before = RwSignal::new(None::<MemberAccess>);
    let wanted = RwSignal::new(access::nothing());
    let changes = RwSignal::new(Vec::<AccessChange>::new());
    let sending = Sending::new(&[]);
    effect(move || {
        let read = found.map(|view| view.access.clone()).flatten();
        if let (Some(read), None) = (read, before.get_untracked()) {
            wanted.set(read.clone());
            before.set(Some(read));
        }
    });
    let name = move || found.map(|view| label(&view.row)).unwrap_or_default();
    let title = Signal::derive(move || match name() {
        name if name.is_empty() => text::edit().to_owned(),
        name => text::edit_title(&isolate(&name)),
    });
    let ready = memo(move || before.with(Option::is_some) && choices.map(|_| ()).is_some());

    let submit = move || {
        let Some(before_now) = before.get_untracked() else { return };
        let question = SaveMember { within, member: id, before: before_now, access: wanted.get_untracked() };
        sending.send(members.link, question, move |saved| match saved {
            MemberSaved::Saved => {
                members.toasts.say(text::saved(&isolate(&untrack(name))));
                on_close.try_run(());
            }
            MemberSaved::Changed { now, merged, changes: made } => {
                before.try_set(Some(now));
                wanted.try_set(merged);
                changes.try_set(made);
            }
        });
    };
    let problem = Signal::derive(move || found.problem().or_else(|| choices.problem()));
    let again = move || {
        found.again();
        choices.again();
    };
    view! {
        <Dialog title wide=true held=sending.busy() on_close>
            {live(move || match ready.get() {
                false => view! {
                    <div class="body">
                        <ProblemNotice problem again />
                        {problem.get().is_none().then(|| view! { <Skeleton lines=6 /> }.into_any())}
                    </div>
                }.into_any(),
                true => {
                    let given = untrack(|| choices.get());
                    view! {
                        <DialogForm sending verb=text::save().to_owned() on_submit=submit on_close>
                            {move || told(&changes.get())}
                            {given.map(|given| view! { <access::AccessFields access=wanted choices=given /> }.into_any())}
                        </DialogForm>
                    }.into_any()
                }
            })}
        </Dialog>
    }
}

/// What somebody else changed meanwhile.
fn told(changes: &[AccessChange]) -> Option<AnyView> {
    let lines =
        changes.iter().map(|change| view! { <li>{change_words(change)}</li> }.into_any()).collect_view();
    (!changes.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Attend urgent=true>
                <b>{text::changed_head()}</b>" "{text::changed_body()}
                <ul class="plain">{lines}</ul>
            </Notice>
        }
        .into_any()
    })
}

fn change_words(change: &AccessChange) -> String {
    match change {
        AccessChange::Role(before, now) => {
            text::changed_role(&text::role_word(*before), &text::role_word(*now))
        }
        AccessChange::Permissions => text::changed_permissions().to_owned(),
        AccessChange::Joined(name) => text::changed_joined(&isolate(name)),
        AccessChange::Left(name) => text::changed_left(&isolate(name)),
        AccessChange::Given(name, level) => text::changed_given(&isolate(name), levels::level(*level)),
        AccessChange::Taken(name) => text::changed_taken(&isolate(name)),
    }
}
