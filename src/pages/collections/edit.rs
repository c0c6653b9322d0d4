//! The form of one collection: its name, where it stands, and who may do what in it.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    Access, AccessLevel, CollectionId, CollectionView, Field, GetCollection, ProblemKind, SaveCollection,
    Seen, Verdict,
};

use super::{Page, words};
use crate::form::{DialogForm, Sending, awaited, some_text};
use crate::format::isolate;
use crate::live::{effect, live, memo};
use crate::messages::{collections as text, ui as ui_text};
use crate::pages::access::{AccessEditor, CollectionFinder, Kinds, Meanwhile, other_problem};
use crate::ui::{Button, ButtonKind, Dialog, Notice, Press, TextField, Tone};
use crate::view::use_view;

/// What stands in the form. A handle that copies.
#[derive(Clone, Copy)]
struct Entered {
    name: RwSignal<String>,
    parent: RwSignal<String>,
    external_id: RwSignal<String>,
    access: RwSignal<Vec<Access>>,
    /// Which it is; nothing for one that is yet to be made.
    id: RwSignal<Option<CollectionId>>,
    seen: RwSignal<Seen>,
    shows_access: RwSignal<bool>,
}

/// Creates a collection, or changes the one with this id.
#[component]
pub(super) fn CollectionDialog(
    page: Page,
    id: Option<CollectionId>,
    parent: String,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let within = page.space.within_untracked();
    let entered = Entered {
        name: RwSignal::default(),
        parent: RwSignal::new(parent),
        external_id: RwSignal::default(),
        access: RwSignal::default(),
        id: RwSignal::new(id),
        seen: RwSignal::default(),
        shows_access: RwSignal::new(true),
    };
    let sending = Sending::new(&[Field::Name, Field::ExternalId, Field::Access]);
    // Not asked again when something changes: what is being written would be overwritten.
    let view = use_view(move || id.map(|id| GetCollection { within, id }), Vec::new);
    effect(move || {
        view.map(|view| entered.fill(view));
    });
    let title = Signal::derive(move || match view.map(|view| view.name.clone()) {
        Some(name) if name.is_empty() => text::unreadable().to_owned(),
        Some(name) => text::edit_title(&isolate(&name)),
        None if id.is_some() => text::collection().to_owned(),
        None => text::create_title().to_owned(),
    });
    let held = sending.busy();
    view! {
        <Dialog title wide=true held on_close>
            {live(move || {
                let here = id.is_none() || view.map(|_| ()).is_some();
                if here {
                    return form(page, view, entered, sending, on_close).into_any();
                }
                awaited(view)
            })}
        </Dialog>
    }
}

impl Entered {
    fn fill(self, view: &CollectionView) {
        self.name.set(view.name.clone());
        self.parent.set(view.parent.clone());
        self.external_id.set(view.external_id.clone().unwrap_or_default());
        self.access.set(view.access.clone().unwrap_or_default());
        self.shows_access.set(view.access.is_some());
        self.seen.set(view.seen);
    }

    fn question(self, page: Page) -> SaveCollection {
        SaveCollection {
            within: page.space.within_untracked(),
            id: self.id.get_untracked(),
            seen: self.seen.get_untracked(),
            parent: self.parent.get_untracked(),
            name: self.name.get_untracked(),
            external_id: some_text(self.external_id.get_untracked()),
            access: self.shows_access.get_untracked().then(|| self.access.get_untracked()),
        }
    }
}

fn form(
    page: Page,
    view: crate::view::View<GetCollection>,
    entered: Entered,
    sending: Sending,
    on_close: Press,
) -> impl IntoView {
    let Entered { name, parent, external_id, access, id, seen, shows_access } = entered;
    let facts = untrack(|| view.get());
    let edit = facts.as_ref().map_or(Verdict::Allowed, |facts| facts.edit);
    let unreadable = facts.as_ref().is_some_and(|facts| facts.unreadable);
    let below = facts.as_ref().map(|facts| facts.below).filter(|below| *below > 0);
    let read_only = edit != Verdict::Allowed;
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
        let answer = page.link.ask(GetCollection { within: page.space.within_untracked(), id });
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
    // Said before anything is sent, and not as a fault while nothing has been chosen yet.
    let strict = move || page.space.read(|view| !view.settings.admins_reach_everything).unwrap_or(false);
    let unmanaged = move || {
        strict()
            && shows_access.get()
            && access.with(|all| all.iter().all(|one| one.level != AccessLevel::Manage))
    };
    let reason = MaybeProp::from(Signal::derive(move || {
        if read_only { words(edit) } else { unmanaged().then(|| text::needs_manager().to_owned()) }
    }));
    let verb = Signal::derive(move || {
        if id.get().is_none() { text::create_go().to_owned() } else { text::save().to_owned() }
    });
    let hint = if unreadable { text::name_kept() } else { text::name_hint() };
    view! {
        <DialogForm sending verb reason on_submit=submit on_close problem>
            <Meanwhile sending show mine again=Press::from(again) />
            {move || uncertain.get().then(|| view! { <Notice tone=Tone::Wait>{text::uncertain()}</Notice> }.into_any())}
            <TextField label=text::name().to_owned() value=name hint=hint.to_owned() fault=sending.fault(Field::Name) read_only first=true />
            {below.map(|below| view! { <p class="hint quiet small">{text::below_stay(below)}</p> }.into_any())}
            <div class="field">
                <span class="label">{text::parent()}</span>
                <span class="across">
                    <bdi>{move || if parent.with(String::is_empty) { text::parent_none().to_owned() } else { parent.get() }}</bdi>
                    {move || (!read_only && !parent.with(String::is_empty)).then(|| view! {
                        <Button label=text::parent_clear().to_owned() kind=ButtonKind::Bare on_press=move || parent.set(String::new()) />
                    }.into_any())}
                </span>
            </div>
            {(!read_only).then(|| view! { <CollectionFinder label=text::parent_find() on_pick=move |path| parent.set(path) /> }.into_any())}
            <TextField label=text::external_id().to_owned() value=external_id optional=ui_text::optional().to_owned() hint=text::external_id_hint().to_owned() fault=sending.fault(Field::ExternalId) read_only />
            {move || if shows_access.get() {
                view! {
                    <AccessEditor legend=text::access() access kinds=Kinds::Sharing find=text::access_find() none=text::access_none() fault=sending.fault(Field::Access) read_only />
                    {move || unmanaged().then(|| view! { <Notice tone=Tone::Attend>{text::needs_manager()}</Notice> }.into_any())}
                }
                .into_any()
            } else {
                view! { <p class="quiet">{text::access_unseen()}</p> }.into_any()
            }}
        </DialogForm>
    }
}
