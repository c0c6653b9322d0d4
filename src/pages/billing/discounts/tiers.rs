//! The table of discounts: the server's, and one's own to fill in.

use leptos::prelude::*;
use portal_bridge::{DiscountsView, Field, SaveTiers, TierRow, TierText};

use super::super::revised::{Before, revised, saving};
use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending};
use crate::format;
use crate::live::{each, live, memo};
use crate::messages::discounts as text;
use crate::shell::use_books;
use crate::ui::{Button, ButtonKind, Glyph, IconButton, Notice, TextField, Toasts, Tone};

/// What the server bills by.
pub(super) fn billed(told: Memo<Option<DiscountsView>>) -> impl IntoView {
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let sending = Sending::new(&[]);
    let take = move || {
        let Some(told) = told.get_untracked() else { return };
        let rows = told.tiers.iter().map(written).collect();
        let question = SaveTiers { of: of.get_untracked(), before: told.mark, rows };
        sending.send(link, question, move |_| toasts.say(text::taken_over()));
    };
    let differ = memo(move || told.with(|told| told.as_ref().is_some_and(|told| told.differ)));
    view! {
        {live(move || told.get().map(|told| table(&told)))}
        <ProblemNotice problem=sending.problem() />
        {move || differ.get().then(|| view! {
            <Notice
                tone=Tone::Attend
                action=move || view! { <Button label=text::take_over().to_owned() busy=sending.busy() on_press=take /> }
            >
                {text::tiers_differ()}
            </Notice>
        }.into_any())}
    }
}

fn table(told: &DiscountsView) -> AnyView {
    if told.tiers.is_empty() {
        return view! { <p class="quiet">{text::no_tiers()}</p> }.into_any();
    }
    let reached = told.tiers.iter().rposition(|tier| tier.from_seats <= told.seats);
    let line = |(index, tier): (usize, &TierRow)| {
        let now = reached == Some(index);
        view! {
            <tr class:now=now>
                <td class="num">{format::number(tier.from_seats)}</td>
                <td class="num">{format::percentage(tier.discount)}</td>
                <td>{now.then(text::tier_now)}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="plain figures">
            <thead><tr><th scope="col" class="num">{text::tier_from()}</th><th scope="col" class="num">{text::tier_discount()}</th><td></td></tr></thead>
            <tbody>{told.tiers.iter().enumerate().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// One's own, to fill in.
pub(super) fn own(
    told: Memo<Option<DiscountsView>>,
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let sending = Sending::new(&[Field::Other]);
    let saved = move || told.with(|told| told.as_ref().map(|told| (told.mark.clone(), told.form.clone())));
    view! {
        <p>{text::unpublished()}" "{text::tiers_apply()}</p>
        {revised(saved, sending, again, move |rows, before| form(rows, before, sending))}
    }
}

/// A row of the form. A handle that copies.
#[derive(Clone, Copy)]
struct Row {
    id: u32,
    from: RwSignal<String>,
    discount: RwSignal<String>,
}

fn form(rows: Vec<TierText>, before: Before, sending: Sending) -> AnyView {
    let next = StoredValue::new(0_u32);
    let row = move |text: TierText| {
        let id = next.get_value();
        next.set_value(id.wrapping_add(1));
        Row { id, from: RwSignal::new(text.from_seats), discount: RwSignal::new(text.discount) }
    };
    let all = RwSignal::new(rows.into_iter().map(row).collect::<Vec<_>>());
    let typed = memo(move || {
        let text = |row: &Row| TierText { from_seats: row.from.get(), discount: row.discount.get() };
        all.with(|all| all.iter().map(text).collect::<Vec<_>>())
    });
    let add = move || {
        sending.clear();
        all.update(|all| all.push(row(TierText::default())));
    };
    let remove = move |id: u32| {
        sending.clear();
        all.update(|all| all.retain(|row| row.id != id));
    };
    let none = memo(move || all.with(Vec::is_empty));
    let too_many = sending.fault_of("tiers");
    let draw = move |id: u32| {
        let index = memo(move || all.with(|all| all.iter().position(|row| row.id == id)).unwrap_or_default());
        let Some(row) = all.with_untracked(|all| all.iter().find(|row| row.id == id).copied()) else {
            return ().into_any();
        };
        let number = move || format::number(u32::try_from(index.get() + 1).unwrap_or(u32::MAX));
        view! {
            <fieldset class="tier">
                <legend class="sr">{move || text::tier_number(&number())}</legend>
                <TextField label=text::tier_from().to_owned() value=row.from fault=sending.fault_at(move || format!("from-{}", index.get())) />
                <TextField label=text::discount_percent().to_owned() value=row.discount fault=sending.fault_at(move || format!("discount-{}", index.get())) />
                <IconButton icon=Glyph::Trash label=Signal::derive(move || text::remove_tier(&number())) on_press=move || remove(id) />
            </fieldset>
        }
        .into_any()
    };
    let fields = view! {
        {move || none.get().then(|| view! { <p class="quiet">{text::no_rows()}</p> }.into_any())}
        {each(move || all.with(|all| all.iter().map(|row| row.id).collect()), draw)}
        {move || too_many.get().map(|words| view! { <Notice tone=Tone::Broken urgent=true>{words}</Notice> }.into_any())}
    };
    let beside = view! { <Button label=text::add_tier().to_owned() icon=Glyph::Plus kind=ButtonKind::Bare on_press=add /> };
    let question = |of, before, rows| SaveTiers { of, before, rows };
    saving(typed, before, sending, question, |rows| rows, fields.into_any(), Some(beside.into_any()))
}

fn written(tier: &TierRow) -> TierText {
    TierText { from_seats: tier.from_seats.to_string(), discount: tier.discount.to_string() }
}
