//! The two lists of an item's form: the addresses of a login, and the fields somebody added.

use leptos::prelude::*;
use portal_bridge::{CipherId, FieldEntry, FieldKind, ItemPart, ItemValue, Secret, Shown, UriEntry};

use super::{Page, edit::secret_peek};
use crate::form::Sending;
use crate::live::{each, handler};
use crate::messages::{item as text, ui as ui_text};
use crate::ui::{Button, ButtonKind, Check, Glyph, IconButton, PasswordField, PasswordInput, TextField};

/// An address in the form. A handle that copies.
#[derive(Clone, Copy)]
struct Uri {
    number: u32,
    from: Option<u16>,
    value: RwSignal<String>,
}

/// The addresses in the form. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Uris {
    all: RwSignal<Vec<Uri>>,
    next: StoredValue<u32>,
}

/// An added field in the form. A handle that copies.
#[derive(Clone, Copy)]
struct Added {
    number: u32,
    from: Option<u16>,
    kind: RwSignal<FieldKind>,
    name: RwSignal<String>,
    value: RwSignal<String>,
    before: RwSignal<String>,
    secret: PasswordInput,
    /// Whether something concealed stands there.
    held: RwSignal<bool>,
}

/// The added fields in the form. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    all: RwSignal<Vec<Added>>,
    next: StoredValue<u32>,
}

impl Uris {
    pub(super) fn new() -> Self {
        Self { all: RwSignal::default(), next: StoredValue::new(1) }
    }

    pub(super) fn fill(self, values: &[ItemValue]) {
        let mut all = Vec::new();
        for value in values {
            if let (ItemPart::Uri(at), Shown::Text(uri)) = (value.part, &value.shown) {
                all.push(Uri {
                    number: number(self.next),
                    from: Some(at),
                    value: RwSignal::new(uri.clone()),
                });
            }
        }
        self.all.set(all);
    }

    /// What is entered; what was left empty is no address.
    pub(super) fn all(self) -> Vec<UriEntry> {
        let entry = |uri: &Uri| UriEntry { from: uri.from, uri: uri.value.get_untracked() };
        self.all.with_untracked(|all| {
            all.iter().map(entry).filter(|entry| !entry.uri.trim().is_empty()).collect()
        })
    }
}

impl Fields {
    pub(super) fn new() -> Self {
        Self { all: RwSignal::default(), next: StoredValue::new(1) }
    }

    pub(super) fn fill(self, values: &[ItemValue]) {
        let mut all = Vec::new();
        for value in values {
            if let ItemPart::Field(at) = value.part {
                let said = match &value.shown {
                    Shown::Text(said) => said.clone(),
                    Shown::Concealed | Shown::Unreadable => String::new(),
                };
                all.push(Added {
                    number: number(self.next),
                    from: Some(at),
                    kind: RwSignal::new(value.field),
                    name: RwSignal::new(value.label.clone().unwrap_or_default()),
                    value: RwSignal::new(said.clone()),
                    before: RwSignal::new(said),
                    secret: PasswordInput::new(),
                    held: RwSignal::new(matches!(value.shown, Shown::Concealed | Shown::Unreadable)),
                });
            }
        }
        self.all.set(all);
    }

    pub(super) fn all(self) -> Vec<FieldEntry> {
        let entry = |field: &Added| {
            let kind = field.kind.get_untracked();
            let value = if kind == FieldKind::Hidden {
                untrack(|| field.secret.touched()).then(|| Secret::new(field.secret.copy()))
            } else {
                let value = field.value.get_untracked();
                // A kept value keeps its encryption, unless it was concealed before and is not any more.
                let same = field.from.is_some()
                    && value == field.before.get_untracked()
                    && !field.held.get_untracked();
                (!same && kind != FieldKind::Linked).then(|| Secret::from(value.as_str()))
            };
            FieldEntry { from: field.from, kind, name: field.name.get_untracked(), value }
        };
        self.all.with_untracked(|all| all.iter().map(entry).collect())
    }
}

fn number(next: StoredValue<u32>) -> u32 {
    next.try_update_value(|next| {
        *next += 1;
        *next - 1
    })
    .unwrap_or_default()
}

/// The addresses, with a way to add one.
pub(super) fn uris(uris: Uris, sending: Sending) -> AnyView {
    let add = move || {
        let added = Uri { number: number(uris.next), from: None, value: RwSignal::default() };
        uris.all.update(|all| all.push(added));
    };
    let row = move |key: u32| {
        let Some(uri) = uris.all.with_untracked(|all| all.iter().find(|uri| uri.number == key).copied())
        else {
            return ().into_any();
        };
        let place =
            move || uris.all.with(|all| all.iter().position(|uri| uri.number == key)).unwrap_or_default() + 1;
        let remove = move || uris.all.update(|all| all.retain(|uri| uri.number != key));
        view! {
            <li class="part">
                <TextField label=Signal::derive(move || text::uri_number(&place().to_string())) value=uri.value />
                <IconButton icon=Glyph::Close label=Signal::derive(move || text::remove_uri(&place().to_string())) on_press=remove />
            </li>
        }
        .into_any()
    };
    view! {
        <fieldset class="field entered">
            <legend class="label">{text::uris()}</legend>
            <div class="fault" role="alert">{move || sending.fault_of("uris").get()}</div>
            <ul>{each(move || uris.all.with(|all| all.iter().map(|uri| uri.number).collect()), row)}</ul>
            <Button label=text::add_uri().to_owned() icon=Glyph::Plus kind=ButtonKind::Bare on_press=add />
        </fieldset>
    }
    .into_any()
}

/// The added fields, with a way to add one.
pub(super) fn fields(page: Page, id: Option<CipherId>, fields: Fields, sending: Sending) -> AnyView {
    let add = move || {
        let added = Added {
            number: number(fields.next),
            from: None,
            kind: RwSignal::default(),
            name: RwSignal::default(),
            value: RwSignal::default(),
            before: RwSignal::default(),
            secret: PasswordInput::new(),
            held: RwSignal::new(false),
        };
        fields.all.update(|all| all.push(added));
    };
    let row = move |key: u32| {
        let found = fields.all.with_untracked(|all| all.iter().find(|field| field.number == key).copied());
        found.map_or_else(|| ().into_any(), |field| field_row(page, id, fields, field))
    };
    view! {
        <fieldset class="field entered">
            <legend class="label">{text::fields()}</legend>
            <div class="fault" role="alert">{move || sending.fault_of("fields").get()}</div>
            <ul>{each(move || fields.all.with(|all| all.iter().map(|field| field.number).collect()), row)}</ul>
            <Button label=text::add_field().to_owned() icon=Glyph::Plus kind=ButtonKind::Bare on_press=add />
        </fieldset>
    }
    .into_any()
}

fn field_row(page: Page, id: Option<CipherId>, fields: Fields, field: Added) -> AnyView {
    const KINDS: [FieldKind; 3] = [FieldKind::Text, FieldKind::Hidden, FieldKind::Checkbox];
    let Added { number: key, from, kind, name, value, secret, held, .. } = field;
    let place = Signal::derive(move || {
        let place =
            fields.all.with(|all| all.iter().position(|field| field.number == key)).unwrap_or_default() + 1;
        place.to_string()
    });
    let remove = move || fields.all.update(|all| all.retain(|field| field.number != key));
    let choose = move |chosen: String| {
        let found = KINDS.into_iter().find(|kind| text::field_kind_word(*kind) == chosen);
        kind.set(found.unwrap_or_default());
    };
    let entered = move || match kind.get() {
        FieldKind::Text => {
            view! { <TextField label=Signal::derive(move || text::field_value(&place.get())) value /> }
                .into_any()
        }
        FieldKind::Hidden => {
            let part = from.map_or(ItemPart::Field(0), ItemPart::Field);
            let peek = secret_peek(page, id.filter(|_| from.is_some()), part, secret, held);
            let label = Signal::derive(move || text::field_value(&place.get()));
            let reveal = Signal::derive(move || text::show(&text::field_value(&place.get())));
            let hint = MaybeProp::from(Signal::derive(move || {
                (held.get() && !secret.touched() && secret.length() == 0).then(|| text::stays().to_owned())
            }));
            view! {
                <PasswordField label input=secret autocomplete="off" name="field" reveal caps_lock=ui_text::caps_lock().to_owned() hint on_peek=peek />
            }
            .into_any()
        }
        FieldKind::Checkbox => {
            let on = Signal::derive(move || value.with(|value| value == "true"));
            let set = move |on: bool| value.set(if on { "true" } else { "false" }.to_owned());
            view! { <Check label=Signal::derive(move || text::field_value(&place.get())) value=on on_change=set /> }.into_any()
        }
        FieldKind::Linked => view! { <p class="quiet">{text::linked()}</p> }.into_any(),
    };
    let linked = kind.get_untracked() == FieldKind::Linked;
    view! {
        <li class="part of-field">
            <TextField label=Signal::derive(move || text::field_number(&place.get())) value=name />
            {(!linked).then(|| view! {
                <select
                    class="input"
                    aria-label=move || text::field_kind(&place.get())
                    on:change=handler(move |event| choose(event_target_value(&event)))
                >
                    {KINDS.into_iter().map(|own| view! {
                        <option prop:selected=move || kind.get() == own>{text::field_kind_word(own)}</option>
                    }.into_any()).collect_view()}
                </select>
            }.into_any())}
            <div class="part-value">{entered}</div>
            <IconButton icon=Glyph::Close label=Signal::derive(move || text::remove_field(&place.get())) on_press=remove />
        </li>
    }
    .into_any()
}
