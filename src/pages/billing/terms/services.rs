//! Services: rows that are added and taken away.

use leptos::prelude::*;
use portal_bridge::{ServiceOften, ServiceText};

use crate::form::Sending;
use crate::format::isolate;
use crate::live::{each, memo};
use crate::messages::{prices as text, ui as ui_text};
use crate::ui::{Button, ButtonKind, Choice, Glyph, InputKind, Notice, SelectField, TextField, Tone};

/// The services of a form. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Services {
    all: RwSignal<Vec<Service>>,
    next: StoredValue<u32>,
    sending: Sending,
}

#[derive(Clone, Copy)]
struct Service {
    id: u32,
    name: RwSignal<String>,
    price: RwSignal<String>,
    often: RwSignal<ServiceOften>,
    day: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
}

/// How often, its value in the list, and its words.
type Often = (ServiceOften, &'static str, fn() -> &'static str);

const OFTEN: [Often; 3] = [
    (ServiceOften::Once, "once", text::once),
    (ServiceOften::Monthly, "monthly", text::monthly),
    (ServiceOften::PerSeat, "seat", text::per_seat),
];

impl Services {
    pub(super) fn new(services: Vec<ServiceText>, sending: Sending) -> Self {
        let list = Self { all: RwSignal::new(Vec::new()), next: StoredValue::new(0), sending };
        list.all.set(services.into_iter().map(|service| list.service(service)).collect());
        list
    }

    fn service(self, text: ServiceText) -> Service {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        Service {
            id,
            name: RwSignal::new(text.name),
            price: RwSignal::new(text.price),
            often: RwSignal::new(text.often),
            day: RwSignal::new(text.day),
            from: RwSignal::new(text.from),
            until: RwSignal::new(text.until),
        }
    }

    /// What stands in the fields now; follows them.
    pub(super) fn text(self) -> Vec<ServiceText> {
        let text = |service: &Service| ServiceText {
            name: service.name.get(),
            price: service.price.get(),
            often: service.often.get(),
            day: service.day.get(),
            from: service.from.get(),
            until: service.until.get(),
        };
        self.all.with(|all| all.iter().map(text).collect())
    }

    /// Draws them, with a button for one more.
    pub(super) fn draw(self, legend: &'static str, hint: MaybeProp<String>) -> AnyView {
        let Self { all, sending, .. } = self;
        let whole = sending.fault_of("services");
        let add = move || {
            sending.clear();
            all.update(|all| all.push(self.service(ServiceText::default())));
        };
        let none = memo(move || all.with(Vec::is_empty));
        view! {
            <fieldset class="stack">
                <legend class="label">{legend}</legend>
                {move || hint.get().map(|words| view! { <p class="quiet small">{words}</p> }.into_any())}
                {move || none.get().then(|| view! { <p class="quiet">{text::no_services()}</p> }.into_any())}
                {each(move || all.with(|all| all.iter().map(|service| service.id).collect()), move |id| self.draw_one(id))}
                {move || whole.get().map(|words| view! { <Notice tone=Tone::Broken urgent=true>{words}</Notice> }.into_any())}
                <div class="across">
                    <Button label=text::add_service().to_owned() icon=Glyph::Plus on_press=add />
                </div>
            </fieldset>
        }
        .into_any()
    }

    fn draw_one(self, id: u32) -> AnyView {
        let Self { all, sending, .. } = self;
        let index = memo(move || all.with(|all| all.iter().position(|one| one.id == id)).unwrap_or_default());
        let Some(service) = all.with_untracked(|all| all.iter().find(|one| one.id == id).copied()) else {
            return ().into_any();
        };
        let Service { name, price, often, day, from, until, .. } = service;
        let fault =
            move |field: &'static str| sending.fault_at(move || format!("service-{}-{field}", index.get()));
        let called = Signal::derive(move || {
            let name = name.get();
            if name.trim().is_empty() { text::new_service().to_owned() } else { isolate(name.trim()) }
        });
        let choices: Vec<Choice> = OFTEN.iter().map(|(_, word, label)| Choice::new(*word, label())).collect();
        let chosen = move || OFTEN.iter().find(|(known, ..)| *known == often.get());
        let choose = move |word: String| {
            if let Some((known, ..)) = OFTEN.iter().find(|(_, known, _)| *known == word) {
                often.set(*known);
            }
        };
        let is_once = memo(move || often.get() == ServiceOften::Once);
        let dates = move || {
            match is_once.get() {
            true => view! { <TextField label=text::day().to_owned() value=day kind=InputKind::Date fault=fault("day") /> }.into_any(),
            false => view! {
                <TextField label=text::from().to_owned() value=from kind=InputKind::Date optional=ui_text::optional() fault=fault("from") />
                <TextField label=text::until().to_owned() value=until kind=InputKind::Date optional=ui_text::optional() fault=fault("until") />
            }
            .into_any(),
        }
        };
        let remove = move || {
            sending.clear();
            all.update(|all| all.retain(|one| one.id != id));
        };
        view! {
            <fieldset class="service">
                <legend class="sr">{called}</legend>
                <TextField label=text::service_name().to_owned() value=name fault=fault("name") />
                <div class="pairs">
                    <TextField label=text::service_price().to_owned() value=price fault=fault("price") />
                    <SelectField
                        label=text::often().to_owned()
                        choices
                        value=Signal::derive(move || chosen().map(|(_, word, _)| (*word).to_owned()).unwrap_or_default())
                        on_choose=choose
                    />
                    {dates}
                </div>
                <div class="across">
                    <Button
                        label=Signal::derive(move || text::remove_service(&called.get()))
                        icon=Glyph::Trash
                        kind=ButtonKind::Bare
                        on_press=remove
                    />
                </div>
            </fieldset>
        }
        .into_any()
    }
}
