//! What is different for single clients: the list of all of them.

use leptos::prelude::*;
use portal_bridge::{
    BooksOf, GetTermsClients, OrganizationId, Rows, TermsClients, TermsQuery, TermsRow, Topic,
};

use super::client::TermsDialog;
use crate::format;
use crate::live::memo;
use crate::messages::{clients as list_text, prices as text, ui as ui_text};
use crate::pages::listing;
use crate::router::use_router;
use crate::shell::{Head, billing_path, use_books};
use crate::typed::Typed;
use crate::ui::table::{Column, Slot, Table};
use crate::ui::{Choice, Empty, SearchField, Segments};
use crate::view::{List, Listed, use_list};

const COLUMNS: &[Column] = &[
    Column::plain(text::client_name, "name"),
    Column::plain(text::client_prices, "list"),
    Column::plain(text::client_services, "num hide-s"),
    Column::plain(text::client_reference, "reference hide-s"),
    Column::plain(text::client_invoice, "invoice"),
];

const CLIENT: &str = "client";
const DIFFERENT: &str = "different";

impl Listed for TermsRow {
    type Question = GetTermsClients;

    fn rows(answer: &TermsClients) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let (router, of, search) = (use_router(), use_books(), Typed::follow("search"));
    let different = memo(move || router.query(DIFFERENT).is_some());
    let query =
        memo(move || TermsQuery { of: of.get(), search: search.text().get(), different: different.get() });
    let topics = move || match of.get() {
        BooksOf::Provider(provider) => vec![Topic::Books(of.get()), Topic::Clients(provider)],
        BooksOf::Own => vec![Topic::Books(of.get()), Topic::Portfolio],
    };
    let list = use_list(query, |query, window| GetTermsClients { query, window }, topics);
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    let on_open = Box::new(move |row: TermsRow| {
        router.set_query(&[(CLIENT, Some(&row.organization.to_string()))]);
    });
    let open = memo(move || router.query(CLIENT).and_then(|id| id.parse::<OrganizationId>().ok()));
    let close = move || router.set_query(&[(CLIENT, None)]);
    let above = (untrack(|| billing_path(of.get(), "invoices/settings")), text::settings().to_owned());
    view! {
        <Head title=text::clients().to_owned() above count=Signal::derive(move || list.total().map(format::number)) />
        {bar(list, search, different)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &TermsRow| row.organization
                label=text::clients().to_owned()
                class="terms"
                columns=COLUMNS
                cells
                sorted=None
                on_open
            />
        </div>
        {nothing(list, search)}
        {move || open.get().map(|organization| view! { <TermsDialog organization on_close=close /> })}
    }
}

/// Drawn once for a place of the pool; only texts change afterwards.
fn cells(slot: Slot<TermsRow>) -> AnyView {
    let prices = |row: &TermsRow| {
        let words = if row.own_list { text::list_own() } else { text::list_standard() };
        words.to_owned()
    };
    let invoice = |row: &TermsRow| {
        let words = if row.left_out { text::left_out() } else { text::invoiced() };
        words.to_owned()
    };
    let services = |row: &TermsRow| match row.services {
        0 => String::new(),
        services => format::number(services),
    };
    view! {
        <div class="cell name" role="gridcell"><bdi class="strong">{slot.text(|row| row.name.clone())}</bdi></div>
        <div class="cell list" role="gridcell" class:quiet=move || !slot.read(|row| row.own_list)>{slot.text(prices)}</div>
        <div class="cell num hide-s" role="gridcell">{slot.text(services)}</div>
        <div class="cell reference hide-s quiet" role="gridcell"><bdi>{slot.text(|row| row.reference.clone())}</bdi></div>
        <div class="cell invoice" role="gridcell" class:quiet=move || !slot.read(|row| row.left_out)>{slot.text(invoice)}</div>
    }
    .into_any()
}

fn bar(list: List<TermsRow>, search: Typed, different: Memo<bool>) -> impl IntoView {
    let router = use_router();
    let matched = memo(move || {
        Some(list_text::matched(&format::number(list.matched()?), &format::number(list.total()?)))
    });
    let choices = vec![Choice::new("", text::all_clients()), Choice::new("1", text::different_clients())];
    let value = Signal::derive(move || if different.get() { "1".to_owned() } else { String::new() });
    let choose = move |chosen: String| {
        router.set_query(&[(DIFFERENT, (!chosen.is_empty()).then_some(chosen.as_str()))]);
    };
    view! {
        <div class="bar">
            <SearchField
                label=text::find_client().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=search.text()
                on_input=move |typed| search.set(typed)
            />
            <Segments legend=text::which_clients().to_owned() choices value on_choose=choose />
            <span class="tail quiet figures"><span>{move || matched.get()}</span></span>
            <span class="sr" role="status">{move || list.matched().map(list_text::announced)}</span>
        </div>
    }
}

fn nothing(list: List<TermsRow>, search: Typed) -> impl IntoView {
    let none = || {
        view! { <Empty title=text::no_clients().to_owned() body=text::no_clients_body().to_owned() /> }
            .into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::show_all()];
    listing::nothing(list, none, no_match, move || search.clear(&[DIFFERENT]))
}
