//! A look at one event, beside the list.

use leptos::prelude::*;
use portal_bridge::{EventRow, Phrase};

use super::cells::{tone, via, weight_words};
use super::filters::category_words;
use crate::format::{self, isolate};
use crate::messages::events as text;
use crate::ui::{CopyButton, SidePanel, Status};

pub(super) fn panel(row: EventRow, on_close: impl Fn() + 'static) -> impl IntoView {
    let copied = [
        format::exact(row.date),
        row.who.clone(),
        super::cells::sentence(&row),
        row.place.clone().unwrap_or_default(),
        via(&row),
        row.number.to_string(),
    ]
    .join("\t");
    let what = row
        .what
        .iter()
        .map(|part| match part {
            Phrase::Words(words) => view! { <span>{words.clone()}</span> }.into_any(),
            Phrase::Name(name) => view! { <bdi class="strong">{name.clone()}</bdi> }.into_any(),
        })
        .collect_view();
    let kind = format!("{} · {}", category_words(row.category), row.number);
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd><bdi>{value}</bdi></dd> }.into_any())
    };
    view! {
        <SidePanel title=text::details(&isolate(&row.who)) on_close>
            <p>{what}</p>
            <dl class="facts">
                {fact(text::exact_time(), format::exact(row.date))}
                {fact(text::who(), row.who.clone())}
                {fact(text::place(), row.place.clone().unwrap_or_default())}
                {fact(text::device(), via(&row))}
                {fact(text::kind(), kind)}
                <dt>{text::weight()}</dt>
                <dd><Status tone=tone(row.weight) label=weight_words(row.weight) /></dd>
            </dl>
            <div class="across"><CopyButton what=copied /></div>
        </SidePanel>
    }
}
