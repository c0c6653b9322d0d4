//! The form of one item. What is concealed in it stays in the core unless somebody wants to see it.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    Access, AccessLevel, CipherId, Field, GetItem, ItemPart, ItemView, Party, ProblemKind, SaveItem, Secret,
    Seen, Shown, item_parts,
};

use super::{
    Page,
    cells::kind_word,
    entries::{self, Fields, Uris},
    generator::GeneratorDialog,
    reveal,
};
use crate::form::{DialogForm, Sending, awaited};
use crate::format::isolate;
use crate::live::{effect, live, memo};
use crate::messages::{item as text, items as list, ui as ui_text};
use crate::pages::access::{AccessEditor, Kinds, Meanwhile, other_problem};
use crate::ui::{
    Button, ButtonKind, Dialog, Glyph, Notice, PasswordField, PasswordInput, Press, TextArea, TextField, Tone,
};
use crate::view::{View, use_view};

/// One part of the form.
#[derive(Clone, Copy)]
struct Line {
    part: ItemPart,
    /// The name its faults go by.
    name: &'static str,
    concealed: bool,
    value: RwSignal<String>,
    /// What stood there when the form was filled.
    before: RwSignal<String>,
    secret: PasswordInput,
    /// Whether something concealed stands there.
    held: RwSignal<bool>,
}

/// What stands in the form. A handle that copies.
#[derive(Clone, Copy)]
struct Entered {
    kind: i32,
    id: Option<CipherId>,
    name: RwSignal<String>,
    lines: StoredValue<Vec<Line>>,
    uris: Uris,
    fields: Fields,
    places: RwSignal<Vec<Access>>,
    seen: RwSignal<Seen>,
    /// The field a password is being generated for.
    generating: RwSignal<Option<PasswordInput>>,
}

/// Makes an item of this type.
#[component]
pub(super) fn NewDialog(page: Page, kind: i32, #[prop(into)] on_close: Press) -> impl IntoView {
    let entered = Entered::new(kind, None);
    let sending = Sending::new(&[Field::Name, Field::Access]);
    view! {
        <Dialog title=text::create_title(&kind_word(kind)) wide=true held=sending.busy() on_close>
            {form(page, None, entered, sending, on_close)}
            {generator(page, entered.generating)}
        </Dialog>
    }
}

/// Changes the item with this id.
#[component]
pub(super) fn EditDialog(page: Page, id: CipherId, #[prop(into)] on_close: Press) -> impl IntoView {
    let within = page.space.within_untracked();
    // Not asked again when something changes: what is being written would be overwritten.
    let view = use_view(move || Some(GetItem { within, id, opening: true }), Vec::new);
    let sending = Sending::new(&[Field::Name, Field::Access]);
    let title = Signal::derive(move || {
        let name = view.map(|view| view.name.clone()).flatten();
        name.map_or_else(|| list::item().to_owned(), |name| text::edit_title(&isolate(&name)))
    });
    // The form is drawn once, for the type of the item.
    let kind = memo(move || view.map(|view| view.kind));
    view! {
        <Dialog title wide=true held=sending.busy() on_close>
            {live(move || match kind.get() {
                Some(kind) => {
                    let entered = Entered::new(kind, Some(id));
                    effect(move || {
                        view.map(|view| entered.fill(view));
                    });
                    view! {
                        {form(page, Some(view), entered, sending, on_close)}
                        {generator(page, entered.generating)}
                    }
                    .into_any()
                }
                None => {
                    awaited(view)
                }
            })}
        </Dialog>
    }
}

impl Entered {
    fn new(kind: i32, id: Option<CipherId>) -> Self {
        let line = |rule: &'static portal_bridge::PartRule| Line {
            part: rule.part,
            name: rule.name,
            concealed: rule.concealed,
            value: RwSignal::default(),
            before: RwSignal::default(),
            secret: PasswordInput::new(),
            held: RwSignal::new(false),
        };
        Self {
            kind,
            id,
            name: RwSignal::default(),
            lines: StoredValue::new(item_parts(kind).iter().map(line).collect()),
            uris: Uris::new(),
            fields: Fields::new(),
            places: RwSignal::default(),
            seen: RwSignal::default(),
            generating: RwSignal::new(None),
        }
    }

    fn fill(self, view: &ItemView) {
        self.name.set(view.name.clone().unwrap_or_default());
        for line in self.lines.get_value() {
            let value = view.values.iter().find(|value| value.part == line.part).map(|value| &value.shown);
            let said = match value {
                Some(Shown::Text(said)) => said.clone(),
                _ => String::new(),
            };
            line.before.set(said.clone());
            line.value.set(said);
            line.secret.clear();
            line.held.set(matches!(value, Some(Shown::Concealed | Shown::Unreadable)));
        }
        self.uris.fill(&view.values);
        self.fields.fill(&view.values);
        let place = |(id, label): &(_, String)| Access {
            party: Party::Collection(*id),
            label: label.clone(),
            level: AccessLevel::default(),
        };
        self.places.set(view.collections.iter().map(place).collect());
        self.seen.set(view.seen);
    }

    fn question(self, page: Page) -> SaveItem {
        let mut changes = Vec::new();
        for line in self.lines.get_value() {
            if line.concealed {
                if untrack(|| line.secret.touched()) {
                    changes.push((line.part, Secret::new(line.secret.copy())));
                }
            } else {
                let value = line.value.get_untracked();
                if value != line.before.get_untracked() {
                    changes.push((line.part, Secret::from(value.as_str())));
                }
            }
        }
        let place = |access: &Access| match access.party {
            Party::Collection(id) => Some(id),
            Party::Person(_) | Party::Group(_) => None,
        };
        SaveItem {
            within: page.space.within_untracked(),
            id: self.id,
            seen: self.seen.get_untracked(),
            kind: self.kind,
            name: self.name.get_untracked(),
            changes,
            uris: self.uris.all(),
            fields: self.fields.all(),
            collections: self.places.with_untracked(|places| places.iter().filter_map(place).collect()),
        }
    }
}

fn form(
    page: Page,
    view: Option<View<GetItem>>,
    entered: Entered,
    sending: Sending,
    on_close: Press,
) -> impl IntoView {
    let Entered { name, lines, uris, fields, places, seen, id, .. } = entered;
    let submit = move || {
        let question = entered.question(page);
        let called = isolate(question.name.trim());
        sending.send(page.link, question, move |_| {
            page.toasts.say(if id.is_none() { text::made(&called) } else { text::saved(&called) });
            on_close.try_run(());
        });
    };
    let mine = move || {
        let Some(id) = id else { return };
        let answer = page.link.ask(GetItem { within: page.space.within_untracked(), id, opening: false });
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
        if let Some(view) = view {
            view.again();
        }
    };
    let uncertain = memo(move || {
        id.is_none() && sending.problem().get().is_some_and(|problem| problem.kind == ProblemKind::Uncertain)
    });
    let problem = other_problem(sending, false);
    let problem = Signal::derive(move || problem.get().filter(|_| !uncertain.get()));
    let verb = if id.is_none() { text::create_go() } else { text::save() };
    let may_place = move || view.is_none_or(|view| view.map(|view| view.may.assign).unwrap_or_default());
    let (notes, others): (Vec<Line>, Vec<Line>) =
        lines.get_value().into_iter().partition(|line| line.part == ItemPart::Notes);
    let login = item_parts(entered.kind).iter().any(|rule| rule.part == ItemPart::Password);
    view! {
        <DialogForm sending verb=verb.to_owned() on_submit=submit on_close problem>
            <Meanwhile sending show mine />
            {move || uncertain.get().then(|| view! { <Notice tone=Tone::Wait>{text::uncertain()}</Notice> }.into_any())}
            <TextField label=list::name().to_owned() value=name hint=text::name_hint().to_owned() fault=sending.fault(Field::Name) first=true />
            {others.into_iter().map(|line| input(page, entered, line, sending)).collect_view()}
            {login.then(|| entries::uris(uris, sending))}
            {notes.into_iter().map(|line| view! {
                <TextArea label=text::notes().to_owned() value=line.value fault=sending.fault_of(line.name) />
            }.into_any()).collect_view()}
            {entries::fields(page, id, fields, sending)}
            <AccessEditor
                legend=list::places()
                access=places
                kinds=Kinds::Places
                find=list::places_find()
                none=text::places_none()
                fault=sending.fault(Field::Access)
                read_only=Signal::derive(move || !may_place())
            />
        </DialogForm>
    }
}

fn generator(page: Page, field: RwSignal<Option<PasswordInput>>) -> AnyView {
    let close = move || {
        field.try_set(None);
    };
    live(move || field.get().map(|field| view! { <GeneratorDialog page field on_close=close /> }))
}

fn input(page: Page, entered: Entered, line: Line, sending: Sending) -> AnyView {
    let label = text::part(line.part).to_owned();
    let fault = sending.fault_of(line.name);
    if !line.concealed {
        return view! { <TextField label value=line.value fault /> }.into_any();
    }
    let secret = line.secret;
    let peek = secret_peek(page, entered.id, line.part, secret, line.held);
    let hint = MaybeProp::from(Signal::derive(move || {
        (line.held.get() && !secret.touched() && secret.length() == 0).then(|| text::stays().to_owned())
    }));
    let generate = move || entered.generating.set(Some(secret));
    let generator = (line.part == ItemPart::Password).then(|| {
        view! { <Button label=text::generate().to_owned() icon=Glyph::Refresh kind=ButtonKind::Bare on_press=generate /> }.into_any()
    });
    view! {
        <PasswordField
            label=label.clone()
            input=secret
            autocomplete="off"
            name=line.name
            reveal=text::show(&label)
            caps_lock=ui_text::caps_lock().to_owned()
            hint
            fault
            on_peek=peek
        />
        {generator}
    }
    .into_any()
}

/// What brings a concealed value into its field when somebody wants to see it.
pub(super) fn secret_peek(
    page: Page,
    id: Option<CipherId>,
    part: ItemPart,
    secret: PasswordInput,
    held: RwSignal<bool>,
) -> Press {
    Press::from(move || {
        let Some(id) = id.filter(|_| held.get_untracked()) else { return };
        spawn_local(async move {
            if let Some(value) = reveal::value_of(page, id, part, false).await {
                secret.show(&value);
            }
        });
    })
}
