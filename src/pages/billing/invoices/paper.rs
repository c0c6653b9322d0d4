//! An invoice as it stands on paper: the same on the screen and printed, in light colours whatever the theme.

use leptos::prelude::*;
use portal_bridge::{Amount, InvoicePaper, Letterhead, Logo, Money, PaperLine, Quantity};

use super::bar::days;
use crate::format;
use crate::messages::paper as text;

/// One sheet, or as many as it takes.
pub(super) fn sheet(paper: &InvoicePaper) -> AnyView {
    let is_draft = paper.number.is_none();
    let kind = match (&paper.number, &paper.credits) {
        (None, _) => text::draft(),
        (Some(_), Some(_)) => text::credit_note(),
        (Some(_), None) => text::invoice(),
    };
    let colour = paper.letterhead.colour.map(|colour| colour.to_string()).unwrap_or_default();
    let name = match &paper.number {
        Some(number) => format!("{kind} {number}"),
        None => format!("{kind}, {}", paper.client),
    };
    view! {
        <article class="sheet" class:is-draft=is_draft aria-label=name.clone() data-mark=is_draft.then(text::draft_mark) style:--brand=colour>
            {head(&paper.letterhead)}
            {about(paper, kind)}
            {paper.cancelled.as_ref().map(|number| view! { <p class="void">{text::was_cancelled(&format::isolate(number))}</p> }.into_any())}
            {lines(paper, &name)}
            {sums(paper)}
            {foot(&paper.letterhead)}
        </article>
    }
    .into_any()
}

/// Who bills.
fn head(letterhead: &Letterhead) -> impl IntoView + use<> {
    let Letterhead { name, address, contact, .. } = letterhead;
    view! {
        <header class="letterhead">
            <div class="brand">
                {letterhead.logo.as_ref().map(logo)}
                <strong><bdi>{name.clone()}</bdi></strong>
            </div>
            <div class="lines">{text_lines(address)}{text_lines(contact)}</div>
        </header>
    }
}

/// The picture itself, out of the letterhead; nothing is fetched.
fn logo(logo: &Logo) -> AnyView {
    let (width, height) = logo.size();
    let picture = format!("data:{};base64,{}", logo.kind().mime(), String::from(logo.clone()));
    view! { <img src=picture alt="" width=width height=height /> }.into_any()
}

/// To whom, and which invoice.
fn about(paper: &InvoicePaper, kind: &'static str) -> impl IntoView + use<> {
    let addressee = if paper.bill_to.is_empty() { &paper.client } else { &paper.bill_to };
    let fact = |words: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{words}</dt><dd><bdi>{value}</bdi></dd></div> }.into_any())
    };
    let reference = Some(paper.reference.clone()).filter(|reference| !reference.is_empty());
    view! {
        <div class="about">
            <div class="addressee"><h2 class="sr">{text::bill_to()}</h2>{text_lines(addressee)}</div>
            <div class="facts-of">
                <h2 class="kind">{kind}</h2>
                <dl>
                    {fact(text::number(), paper.number.clone())}
                    {fact(text::date(), paper.issued.map(format::calendar_day))}
                    {fact(text::due(), paper.due.filter(|_| paper.credits.is_none()).map(format::calendar_day))}
                    {fact(text::service_period(), Some(days(paper.period)))}
                    {fact(text::credits(), paper.credits.clone())}
                    {fact(text::reference(), reference)}
                </dl>
            </div>
        </div>
    }
}

/// The lines. Each page that is printed begins with the name of the invoice, for sheets get mixed up.
fn lines(paper: &InvoicePaper, name: &str) -> AnyView {
    if paper.lines.is_empty() {
        return view! { <p class="quiet">{text::no_lines()}</p> }.into_any();
    }
    let currency = paper.sums.currency;
    let money = |amount: Amount| format::amount(Money { amount, currency });
    let line = |line: &PaperLine| {
        let what = if line.seats { text::seats_of(&line.what) } else { line.what.clone() };
        view! {
            <tr>
                <td><bdi>{what}</bdi><small>{days(line.period)}</small></td>
                <td class="num">{quantity(line)}</td>
                <td class="num">{money(line.price)}</td>
                <td class="num">{money(line.amount)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = paper.lines.iter().map(line).collect();
    view! {
        <table class="lines-of">
            <thead>
                <tr class="running" aria-hidden="true"><th colspan="4"><bdi>{name.to_owned()}</bdi></th></tr>
                <tr>
                    <th scope="col">{text::description()}</th>
                    <th scope="col" class="num">{text::quantity()}</th>
                    <th scope="col" class="num">{text::price()}</th>
                    <th scope="col" class="num">{text::amount()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// How much, in the words a client counts in.
fn quantity(line: &PaperLine) -> String {
    match line.quantity {
        Quantity::SeatDays { seat_days, of } => {
            let whole =
                seat_days.checked_div(i64::from(of)).filter(|_| of > 0 && seat_days % i64::from(of) == 0);
            match whole.and_then(|seats| u32::try_from(seats).ok()) {
                Some(seats) if line.seats => text::whole_seats(seats),
                _ => text::seat_days(&format::number(seat_days as f64), &format::number(of)),
            }
        }
        Quantity::Days { days, of } if days == of => text::one_piece().to_owned(),
        Quantity::Days { days, of } => text::part_days(&format::number(days), &format::number(of)),
        Quantity::One => text::one_piece().to_owned(),
    }
}

fn sums(paper: &InvoicePaper) -> impl IntoView + use<> {
    let sums = paper.sums;
    let money = |amount: Amount| format::amount(Money { amount, currency: sums.currency });
    view! {
        <dl class="sums-of">
            <div><dt>{text::sum_net()}</dt><dd>{money(sums.net)}</dd></div>
            <div><dt>{text::sum_tax(&format::percentage(paper.tax_rate))}</dt><dd>{money(sums.tax)}</dd></div>
            <div class="total"><dt>{text::sum_gross()}</dt><dd>{money(sums.gross)}</dd></div>
        </dl>
    }
}

/// How to pay, and what the tax office asks for.
fn foot(letterhead: &Letterhead) -> impl IntoView + use<> {
    let Letterhead { tax_number, payment, .. } = letterhead;
    let part = |words: &'static str, text: &str| {
        (!text.is_empty()).then(|| view! { <div><h3>{words}</h3>{text_lines(text)}</div> }.into_any())
    };
    view! { <footer class="how-to-pay">{part(text::payment(), payment)}{part(text::tax_number(), tax_number)}</footer> }
}

/// Each line of a text on a line of its own.
fn text_lines(text: &str) -> Vec<AnyView> {
    text.lines().map(|line| view! { <p><bdi>{line.to_owned()}</bdi></p> }.into_any()).collect()
}
