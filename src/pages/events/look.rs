//! A look at one event, beside the list: what points it out, who else tells of it, and the ways from it to others.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{ChoiceBy, EventRow, EventsQuery, GetHighlight, HighlightNote, Phrase};

use super::cells::{sentence, via, weight_tone, weight_words, why};
use super::conditions::category_words;
use super::filters::Filters;
use crate::core_link::use_link;
use crate::format::{self, isolate};
use crate::messages::{events as text, evidence, problems, timeline};
use crate::ui::{Button, ButtonKind, CopyButton, Glyph, SidePanel, Status, Toasts, Tone};

pub(super) fn panel(
    filters: Filters,
    query: Memo<EventsQuery>,
    row: EventRow,
    on_close: impl Fn() + 'static,
) -> impl IntoView {
    let copied = [
        format::exact(row.date),
        row.who.clone(),
        sentence(&row),
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
    let notes = row.highlights.clone();
    let notes = notes.into_iter().map(|note| highlight(filters, query, &row, note)).collect_view();
    let copies = (!row.copies.is_empty()).then(|| {
        let copies = row.copies.iter().map(|copy| {
            let words = timeline::copy(&isolate(&copy.log), &copy.number.to_string());
            view! { <li>{words}" "<span class="quiet figures">{format::exact(copy.date)}</span></li> }
                .into_any()
        });
        let head = if row.place.is_some() { timeline::copies_head() } else { timeline::copies_all() };
        view! { <h3>{head}</h3><ul class="copies">{copies.collect_view()}</ul> }.into_any()
    });
    view! {
        <SidePanel title=text::details(&isolate(&row.who)) on_close>
            <p>{what}</p>
            {notes}
            <dl class="facts">
                {fact(text::exact_time(), format::exact(row.date))}
                {fact(text::who(), row.who.clone())}
                {fact(text::place(), row.place.clone().unwrap_or_default())}
                {fact(text::device(), via(&row))}
                {fact(text::kind(), kind)}
                <dt>{text::weight()}</dt>
                <dd><Status tone=weight_tone(row.weight) label=weight_words(row.weight) /></dd>
            </dl>
            {copies}
            <div class="across">{narrowing(filters, &row)}<CopyButton what=copied /></div>
        </SidePanel>
    }
}

/// Why a rule points it out, what is behind that, and how to be told no more.
fn highlight(filters: Filters, query: Memo<EventsQuery>, row: &EventRow, note: HighlightNote) -> AnyView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let rule = note.rule;
    let behind = RwSignal::new(None::<Vec<EventRow>>);
    let (date, number, person) = (row.date, row.number, row.person);
    let show = move || {
        let filter = query.with_untracked(|query| query.filter.clone());
        let answer = link.ask(GetHighlight { filter, rule, date, number, person });
        spawn_local(async move {
            match answer.await {
                Ok(rows) => {
                    behind.try_set(Some(rows));
                }
                Err(problem) => toasts.say(match problem.kind {
                    portal_bridge::ProblemKind::NotFound => timeline::behind_gone().to_owned(),
                    _ => problems::problem(&problem),
                }),
            }
        });
    };
    let mute = move || {
        filters.mute(rule, true);
        toasts.say(timeline::muted(evidence::rule(rule)));
    };
    let line = |row: &EventRow| {
        let words = format!("{} {}", isolate(&row.who), sentence(row));
        view! { <li><time class="figures quiet" data-tip=format::exact(row.date)>{format::weekday(row.date)}" "{format::time_of_day(row.date)}</time>" "{words}</li> }.into_any()
    };
    view! {
        <section class="pointed">
            <Status tone=Tone::Broken label=evidence::rule(rule) />
            <p>{why(&note)}</p>
            <div class="across">
                <Button label=timeline::behind(note.behind) kind=ButtonKind::Bare on_press=show />
                <Button label=timeline::mute().to_owned() kind=ButtonKind::Bare on_press=mute />
            </div>
            {move || behind.with(|rows| rows.as_ref().map(|rows| {
                view! { <ol class="behind">{rows.iter().map(line).collect_view()}</ol> }.into_any()
            }))}
        </section>
    }
    .into_any()
}

/// The ways from an event to others like it.
fn narrowing(filters: Filters, row: &EventRow) -> AnyView {
    let button = |by: ChoiceBy, words: String, value: String| {
        let set = move || {
            if !untrack(|| filters.has(by, true, &value)) {
                filters.toggle(by, true, &value);
            }
        };
        view! { <Button label=timeline::only(&words) icon=Glyph::Filter kind=ButtonKind::Bare on_press=set /> }.into_any()
    };
    let person = row.person.map(|id| button(ChoiceBy::Person, isolate(&row.who), id.to_string()));
    let client = row.client.zip(row.place.as_ref());
    let client = client.map(|(id, name)| button(ChoiceBy::Client, isolate(name), id.to_string()));
    let address = row.ip.as_ref().map(|ip| button(ChoiceBy::Address, isolate(ip), ip.clone()));
    view! { {person}{client}{address} }.into_any()
}
