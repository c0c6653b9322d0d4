//! Choosing what a timeline is narrowed to, among what occurs in it.

use leptos::prelude::*;
use portal_bridge::{ChoiceBy, EventChoice, GetEventChoices};

use super::conditions;
use super::filters::Filters;
use crate::format;
use crate::live::{handler, memo};
use crate::messages::timeline as text;
use crate::ui::{Button, ButtonKind, Dialog, Press, TextField};
use crate::view::use_view;

/// People, clients, types, devices or addresses by name, each to be wanted or not.
#[component]
pub(super) fn Choosing(filters: Filters, by: ChoiceBy, #[prop(into)] on_close: Press) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let filter = filters.filter();
    let choices = use_view(
        move || Some(GetEventChoices { filter: filter.get(), by, typed: typed.get() }),
        move || vec![filter.with(|filter| filter.source.topic())],
    );
    let title = text::choose_title(&conditions::name(by).to_lowercase());
    let hint = MaybeProp::from((by == ChoiceBy::Address).then(|| text::choose_address_hint().to_owned()));
    let rows = memo(move || {
        let mut rows = choices.get().unwrap_or_default();
        let range = typed.get().trim().to_owned();
        // A range need not occur as such.
        if by == ChoiceBy::Address && is_range(&range) && rows.iter().all(|row| row.value != range) {
            rows.insert(0, EventChoice { value: range.clone(), label: range, count: 0 });
        }
        rows
    });
    view! {
        <Dialog title on_close>
            <form class="inner" on:submit=move |event| { event.prevent_default(); on_close.run(()) }>
              <div class="body choosing">
                <TextField label=text::choose_find().to_owned() value=typed hint first=true />
                <ul class="choices">
                    {move || rows.get().into_iter().map(|row| choice(filters, by, row)).collect_view()}
                </ul>
                {move || rows.with(Vec::is_empty).then(|| view! { <p class="quiet">{text::choose_none()}</p> }.into_any())}
              </div>
              <footer>
                <Button label=text::choose_apply().to_owned() kind=ButtonKind::Go submit=true />
              </footer>
            </form>
        </Dialog>
    }
}

fn choice(filters: Filters, by: ChoiceBy, row: EventChoice) -> impl IntoView {
    let value = StoredValue::new(row.value);
    let on = move |wanted: bool| value.with_value(|value| filters.has(by, wanted, value));
    let toggle = move |wanted: bool| value.with_value(|value| filters.toggle(by, wanted, value));
    let count =
        (row.count > 0).then(|| view! { <span class="quiet figures">{format::number(row.count)}</span> });
    let label = StoredValue::new(row.label);
    let button = move |wanted: bool, word: &'static str| {
        view! {
            <button
                type="button"
                class="btn bare"
                aria-pressed=move || on(wanted).to_string()
                aria-label=label.with_value(|label| format!("{word} {label}"))
                on:click=handler(move |_| toggle(wanted))
            >
                {word}
            </button>
        }
    };
    view! {
        <li>
            <bdi class="cut">{label.get_value()}</bdi>
            {count}
            {button(true, text::only_button())}
            {button(false, text::not_button())}
        </li>
    }
}

/// Whether a text looks like an address or a range of them; the core decides.
fn is_range(text: &str) -> bool {
    let (address, bits) = text.split_once('/').unwrap_or((text, "0"));
    address.parse::<std::net::IpAddr>().is_ok() && bits.parse::<u8>().is_ok()
}
