//! The form of one group: name, members and collections, saved at once.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{Access, AccessLevel, Field, GetGroup, GroupId, GroupView, ProblemKind, SaveGroup, Seen};

use super::Page;
use crate::form::{DialogForm, Sending, awaited};
use crate::format::isolate;
use crate::live::{effect, live, memo};
use crate::messages::groups as text;
use crate::pages::access::{AccessEditor, Kinds, Meanwhile, other_problem};
use crate::ui::{Dialog, Notice, Press, TextField, Tone};
use crate::view::{View, use_view};

/// What stands in the form. A handle that copies.
#[derive(Clone, Copy)]
struct Entered {
    name: RwSignal<String>,
    members: RwSignal<Vec<Access>>,
    collections: RwSignal<Vec<Access>>,
    /// Which it is; nothing for one that is yet to be made.
    id: RwSignal<Option<GroupId>>,
    seen: RwSignal<Seen>,
}

/// Creates a group, or changes the one with this id.
#[component]
pub(super) fn GroupDialog(page: Page, id: Option<GroupId>, #[prop(into)] on_close: Press) -> impl IntoView {
    let within = page.space.within_untracked();
    let entered = Entered {
        name: RwSignal::default(),
        members: RwSignal::default(),
        collections: RwSignal::default(),
        id: RwSignal::new(id),
        seen: RwSignal::default(),
    };
    let sending = Sending::new(&[Field::Name]);
    // Not asked again when something changes: what is being written would be overwritten.
    let view = use_view(move || id.map(|id| GetGroup { within, id }), Vec::new);
    effect(move || {
        view.map(|view| entered.fill(view));
    });
    let title = Signal::derive(move || match view.map(|view| view.name.clone()) {
        Some(name) => text::edit_title(&isolate(&name)),
        None if id.is_some() => text::group().to_owned(),
        None => text::create_title().to_owned(),
    });
    let held = sending.busy();
    view! {
        <Dialog title wide=true held on_close>
            {live(move || {
                if id.is_none() || view.map(|_| ()).is_some() {
                    return form(page, view, entered, sending, on_close).into_any();
                }
                awaited(view)
            })}
        </Dialog>
    }
}

impl Entered {
    fn fill(self, view: &GroupView) {
        let member = |(party, label): &(_, String)| Access {
            party: *party,
            label: label.clone(),
            level: AccessLevel::default(),
        };
        self.name.set(view.name.clone());
        self.members.set(view.members.iter().map(member).collect());
        self.collections.set(view.collections.clone());
        self.seen.set(view.seen);
    }

    fn question(self, page: Page) -> SaveGroup {
        SaveGroup {
            within: page.space.within_untracked(),
            id: self.id.get_untracked(),
            seen: self.seen.get_untracked(),
            name: self.name.get_untracked(),
            members: self.members.with_untracked(|all| all.iter().map(|one| one.party).collect()),
            collections: self.collections.get_untracked(),
        }
    }
}

fn form(
    page: Page,
    view: View<GetGroup>,
    entered: Entered,
    sending: Sending,
    on_close: Press,
) -> impl IntoView {
    let Entered { name, members, collections, id, seen } = entered;
    let external = untrack(|| view.map(|view| view.external_id.clone()).flatten());
    let submit = move || {
        let question = entered.question(page);
        let making = question.id.is_none();
        let called = isolate(question.name.trim());
        sending.send(page.link, question, move |_| {
            page.toasts.say(if making { text::created(&called) } else { text::saved(&called) });
            on_close.try_run(());
        });
    };
    let mine = move || {
        let Some(id) = id.get_untracked() else { return };
        let answer = page.link.ask(GetGroup { within: page.space.within_untracked(), id });
        spawn_local(async move {
            match answer.await {
                Ok(now) => {
                    seen.try_set(now.seen);
                    submit();
                }
                Err(problem) => sending.fail(problem),
            }
        });
    };
    let show = move || {
        sending.clear();
        view.again();
    };
    let again = move || {
        id.set(None);
        sending.clear();
        submit();
    };
    let uncertain = memo(move || {
        id.get().is_none()
            && sending.problem().get().is_some_and(|problem| problem.kind == ProblemKind::Uncertain)
    });
    let problem = other_problem(sending, true);
    let problem = Signal::derive(move || problem.get().filter(|_| !uncertain.get()));
    let verb = Signal::derive(move || {
        if id.get().is_none() { text::create_go().to_owned() } else { text::save().to_owned() }
    });
    view! {
        <DialogForm sending verb on_submit=submit on_close problem>
            <Meanwhile sending show mine again=Press::from(again) />
            {move || uncertain.get().then(|| view! { <Notice tone=Tone::Wait>{text::uncertain()}</Notice> }.into_any())}
            <TextField label=text::name().to_owned() value=name hint=text::name_hint().to_owned() fault=sending.fault(Field::Name) first=true />
            {external.map(|id| view! { <p class="quiet small">{text::external_note(&isolate(&id))}</p> }.into_any())}
            <AccessEditor legend=text::members() access=members kinds=Kinds::People find=text::members_find() none=text::members_none() />
            <AccessEditor legend=text::collections() access=collections kinds=Kinds::Collections find=text::collections_find() none=text::collections_none() />
        </DialogForm>
    }
}
