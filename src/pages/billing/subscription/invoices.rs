//! What the provider was billed. One invoice is looked at beside the page.

use leptos::prelude::*;
use portal_bridge::{
    Amount, DownloadInvoice, GetInvoiceLines, GetProviderInvoices, InvoiceLines, ProblemKind,
    ProviderInvoice, SubscriptionView,
};

use super::figures::money;
use super::lines::{days, lines};
use super::table::{Cell, figure, table, word};
use crate::core_link::use_link;
use crate::form::ProblemNotice;
use crate::format;
use crate::live::{handler, live, memo};
use crate::messages::subscription as text;
use crate::pages::listing;
use crate::router::use_router;
use crate::save::save_as_is;
use crate::session::use_provider;
use crate::ui::{Empty, Glyph, Icon, IconButton, Notice, SidePanel, Skeleton, Status, Toasts, Tone};
use crate::view::use_view;

/// The key in the address under which one invoice is looked at.
const INVOICE: &str = "invoice";

/// The invoices, newest first. They are asked for again with the subscription, which changes when one is paid.
pub(super) fn section(subscription: Memo<Option<SubscriptionView>>) -> AnyView {
    let provider = use_provider();
    let invoices = use_view(
        move || {
            subscription.with(|view| view.as_ref().map(|view| view.status.clone()));
            Some(GetProviderInvoices(provider.id()))
        },
        Vec::new,
    );
    let shown = memo(move || invoices.get());
    view! {
        <section aria-labelledby="invoices">
            <h2 id="invoices">{text::invoices()}</h2>
            <ProblemNotice problem=Signal::derive(move || invoices.problem()) again=move || invoices.again() />
            {move || match shown.get() {
                Some(invoices) if invoices.is_empty() => {
                    view! { <Empty title=text::no_invoices().to_owned() body=text::no_invoices_body().to_owned() /> }.into_any()
                }
                Some(invoices) => list(invoices),
                None if invoices.problem().is_some() => ().into_any(),
                None => view! { <Skeleton /> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

fn list(invoices: Vec<ProviderInvoice>) -> AnyView {
    let heads = [
        (text::number(), false),
        (text::date(), false),
        (text::status(), false),
        (text::due(), false),
        (text::amount(), true),
        (text::download(), true),
    ];
    table(text::invoices(), &heads, invoices.into_iter().map(row).collect(), Vec::new())
}

fn row(invoice: ProviderInvoice) -> Vec<Cell> {
    let router = use_router();
    let ProviderInvoice { id, number, date, total, status, due, overdue, link } = invoice;
    let (tone, words) = standing(&status, overdue);
    let name = number.clone();
    let look = {
        let id = id.clone();
        handler(move |_| router.set_query(&[(INVOICE, Some(&id))]))
    };
    let pay = link.map(|address| {
        let label = text::pay_of(&number);
        view! {
            <a class="btn bare only" href=address target="_blank" rel="noopener noreferrer" aria-label=label><Icon glyph=Glyph::External /></a>
        }
        .into_any()
    });
    vec![
        word(view! { <button type="button" class="link" on:click=look><bdi>{name}</bdi></button> }),
        word(format::calendar_day(date)),
        word(view! { <Status tone label=words /> }),
        word(due.map(format::calendar_day).unwrap_or_default()),
        figure(total.map(format::amount)),
        (view! { <span class="doing">{pay}<Download id number /></span> }.into_any(), true),
    ]
}

/// The payment service's word in ours; one that nobody knows here is shown as it is.
fn standing(status: &str, overdue: bool) -> (Tone, String) {
    let (tone, words) = match status {
        _ if overdue => (Tone::Broken, text::overdue()),
        "open" => (Tone::Wait, text::open()),
        "paid" => (Tone::Good, text::paid()),
        "uncollectible" => (Tone::Broken, text::uncollectible()),
        "" => (Tone::Plain, text::untold()),
        other => (Tone::Plain, other),
    };
    (tone, words.to_owned())
}

/// Saves the server's own table of an invoice's clients.
#[component]
fn Download(id: String, number: String) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let label = text::download_of(&number);
    let busy = RwSignal::new(false);
    let save = move || {
        if !busy.get_untracked() {
            let ask = DownloadInvoice {
                provider: provider.id_untracked(),
                invoice: id.clone(),
                number: number.clone(),
            };
            listing::save_with(busy, toasts, link.ask(ask), text::saved, save_as_is);
        }
    };
    view! { <IconButton icon=Glyph::Download label on_press=save /> }
}

/// The invoice that the address names.
pub(super) fn panel() -> AnyView {
    let router = use_router();
    let chosen = memo(move || router.query(INVOICE));
    live(move || chosen.get().map(look))
}

fn look(id: String) -> AnyView {
    let (router, provider) = (use_router(), use_provider());
    let asked = id.clone();
    let whole =
        use_view(move || Some(GetInvoiceLines { provider: provider.id(), invoice: asked.clone() }), Vec::new);
    let told = move || match whole.problem() {
        // Other servers keep no lines to tell.
        Some(problem) if problem.kind == ProblemKind::NotFound => None,
        other => other,
    };
    let untold = move || whole.problem().is_some_and(|problem| problem.kind == ProblemKind::NotFound);
    let title = Signal::derive(move || {
        text::invoice_of(&whole.map(|whole| whole.number.clone()).unwrap_or_else(|| id.clone()))
    });
    let close = move || router.set_query(&[(INVOICE, None)]);
    view! {
        <SidePanel title on_close=close>
            <ProblemNotice problem=Signal::derive(told) again=move || whole.again() />
            {move || match whole.map(|whole| (**whole).clone()) {
                Some(whole) => facts(&whole),
                None if untold() => view! { <Notice>{text::no_lines()}</Notice> }.into_any(),
                None if whole.problem().is_some() => ().into_any(),
                None => view! { <Skeleton /> }.into_any(),
            }}
        </SidePanel>
    }
    .into_any()
}

fn facts(whole: &InvoiceLines) -> AnyView {
    let left = whole.charge.total.minus(whole.credit_used).unwrap_or(whole.charge.total);
    let (tone, words) = match whole.paid {
        Some(day) => (Tone::Good, text::paid_on(&format::calendar_day(day))),
        None => (Tone::Wait, text::open().to_owned()),
    };
    let shown = if whole.paid.is_some() { whole.charge.total } else { left.max(Amount::ZERO) };
    view! {
        <p class="invoice-sum"><b>{money(shown, whole.currency)}</b>" "<Status tone label=words /></p>
        <p class="quiet">{days(whole.charge.period)}</p>
        {lines(&whole.charge, whole.currency, whole.credit_used)}
    }
    .into_any()
}
