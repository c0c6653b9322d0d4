//! Who of ours sits in which client: the matrix of technicians and clients (owner mode).

mod cells;
mod domains;
mod filters;

use leptos::prelude::*;
use portal_bridge::{GetSeatMatrix, Rows, SeatMatrix, SeatRow, TechnicianRow, Topic};

use crate::format;
use crate::live::{live, memo};
use crate::messages::{clients as list_text, shell, technicians as text, ui as ui_text};
use crate::pages::{listing, portfolio};
use crate::router::use_router;
use crate::shell::Head;
use crate::ui::table::Table;
use crate::ui::{Button, Chip, Empty, FilterButton, Glyph, SearchField};
use crate::view::{List, Listed, use_list};
use domains::{Domains, DomainsDialog};
use filters::Filters;

impl Listed for SeatRow {
    type Question = GetSeatMatrix;

    fn rows(answer: &SeatMatrix) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let router = use_router();
    let domains = Domains::of_person();
    let filters = Filters::follow(domains);
    let list =
        use_list(filters.query(), |query, window| GetSeatMatrix { query, window }, || vec![Topic::Portfolio]);
    // Whoever accepts tells nobody's browser.
    listing::on_return(move || list.again());
    let technicians =
        memo(move || list.map(|view: &SeatMatrix| view.technicians.clone()).unwrap_or_default());
    let shown = memo(move || technicians.with(Vec::len));
    let shows_list =
        memo(move || list.matched().is_none_or(|matched| matched > 0) && list.problem().is_none());
    let choosing = RwSignal::new(false);
    let table = move || {
        let shown = shown.get();
        let on_open = Box::new(move |row: SeatRow| router.go(&members(&row)));
        view! {
            <Table
                list
                key=|row: &SeatRow| row.organization
                label=text::matrix().to_owned()
                class="technicians"
                columns=cells::columns(shown)
                heads=cells::heads(technicians, list)
                cells=cells::cells
                sorted=None
                on_open
            />
        }
        .into_any()
    };
    view! {
        <Head title=shell::staff().to_owned()>
            <Button label=text::domains().to_owned() icon=Glyph::Users on_press=move || choosing.set(true) />
        </Head>
        {bar(filters, list, technicians)}
        {listing::trouble(list, list_text::old_data())}
        {portfolio::unreadable(memo(move || list.map(|view: &SeatMatrix| view.reading.failed).unwrap_or_default()))}
        <div class="list" class:away=move || !shows_list.get() style:--people=move || shown.get().to_string()>
            {live(table)}
        </div>
        {nothing(filters, list)}
        {move || choosing.get().then(|| view! { <DomainsDialog domains on_close=move || choosing.set(false) /> }.into_any())}
    }
}

/// Where the people of a client are looked at.
fn members(row: &SeatRow) -> String {
    format!("/organizations/{}/members", row.organization)
}

/// The name of one of ours; the address where no client tells a name.
fn name(technician: &TechnicianRow) -> String {
    technician.name.clone().unwrap_or_else(|| technician.email.clone())
}

/// Search, filters, count: one bar.
fn bar(filters: Filters, list: List<SeatRow>, technicians: Memo<Vec<TechnicianRow>>) -> impl IntoView {
    let count = memo(move || {
        let (matched, total) = (list.matched()?, list.total()?);
        Some(list_text::matched(&format::number(matched), &format::number(total)))
    });
    let reading = memo(move || list.map(|view: &SeatMatrix| view.reading).and_then(portfolio::reading_words));
    let others = memo(move || {
        let others = list.map(|view: &SeatMatrix| view.others).filter(|others| *others > 0)?;
        Some(text::others(others))
    });
    let missing = memo(move || {
        let email = filters.missing()?;
        let known = technicians.with(|all| all.iter().find(|one| one.email == email).map(name));
        Some(known.unwrap_or(email))
    });
    let totals = move || list.map(|view: &SeatMatrix| view.risks.clone()).unwrap_or_default();
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            {move || filters.risk().map(|risk| view! {
                <Chip name=text::risk().to_owned() value=text::risk_word(risk).to_owned() on_remove=move || filters.set_risk(None) />
            }.into_any())}
            {move || missing.get().map(|value| view! {
                <Chip name=text::missing_chip().to_owned() value on_remove=move || filters.clear_missing() />
            }.into_any())}
            <FilterButton entries=move |()| filters.risk_menu(&untrack(totals)) />
            {filters::shown_button(filters, list)}
            <span class="tail quiet figures">
                <span>{move || others.get()}</span>
                <span role="status">{move || reading.get()}</span>
                <span>{move || count.get()}</span>
            </span>
            <span class="sr" role="status">{move || list.matched().map(list_text::announced)}</span>
        </div>
    }
}

/// What stands there when no row does.
fn nothing(filters: Filters, list: List<SeatRow>) -> impl IntoView {
    let none =
        || view! { <Empty title=text::empty().to_owned() body=text::empty_body().to_owned() /> }.into_any();
    let no_match = [text::no_match(), text::no_match_body(), list_text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}
