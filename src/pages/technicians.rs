//! Who of ours sits in which client: the matrix of technicians and clients (owner mode).

mod add;
mod bulk;
mod cells;
mod domains;
mod ends;
mod filters;
mod take;

use leptos::prelude::*;
use portal_bridge::{
    GetSeatClients, GetSeatMatrix, OrganizationId, OverdueSeat, Rows, SeatMatrix, SeatRow, SessionView,
    TechnicianRow, Topic, UserId,
};

use crate::core_link::use_link;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{clients as list_text, shell, technicians as text, ui as ui_text};
use crate::pages::{listing, portfolio};
use crate::router::use_router;
use crate::shell::Head;
use crate::ui::table::{Selection, Table};
use crate::ui::{Button, Chip, Empty, FilterButton, Glyph, SearchField};
use crate::view::{List, Listed, use_list};
use domains::Domains;
use ends::Ends;
use filters::Filters;

impl Listed for SeatRow {
    type Question = GetSeatMatrix;

    fn rows(answer: &SeatMatrix) -> &Rows<Self> {
        &answer.rows
    }
}

/// What the dialogs of the page work with. A handle that copies.
#[derive(Clone, Copy)]
struct Seats {
    domains: Domains,
    ends: Ends,
    selection: Selection<OrganizationId>,
}

/// The dialog that is open.
#[derive(Clone)]
enum Open {
    Domains,
    Add(Vec<OrganizationId>),
    Take(Vec<OrganizationId>),
    Overdue(Vec<OverdueSeat>),
}

/// The page.
pub fn page() -> impl IntoView {
    let router = use_router();
    let person = match use_link().session_untracked() {
        Some(SessionView::Open(person)) => person.user,
        _ => UserId::default(),
    };
    let selection = Selection::<OrganizationId>::new();
    let seats = Seats { domains: Domains::of(person), ends: Ends::of(person), selection };
    let filters = Filters::follow(seats.domains, seats.ends);
    let query = filters.query();
    let list = use_list(query, |query, window| GetSeatMatrix { query, window }, || vec![Topic::Portfolio]);
    // Whoever accepts tells nobody's browser.
    listing::on_return(move || list.again());
    let technicians =
        memo(move || list.map(|view: &SeatMatrix| view.technicians.clone()).unwrap_or_default());
    let shown = memo(move || technicians.with(Vec::len));
    let shows_list =
        memo(move || list.matched().is_none_or(|matched| matched > 0) && list.problem().is_none());
    let open = RwSignal::new(None::<Open>);
    let table = move || {
        let shown = shown.get();
        let on_open = Box::new(move |row: SeatRow| router.go(&members(&row)));
        let keys = listing::keys_of(move || GetSeatClients(query.get_untracked()));
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
                selection
                pick_label=|row: &SeatRow| list_text::select(&format::isolate(&row.name))
                keys
                on_open
            />
        }
        .into_any()
    };
    view! {
        <Head title=shell::staff().to_owned()>
            <Button label=text::domains().to_owned() icon=Glyph::Users on_press=move || open.set(Some(Open::Domains)) />
        </Head>
        {bar(filters, list, technicians)}
        {listing::trouble(list, list_text::old_data())}
        {portfolio::unreadable(memo(move || list.map(|view: &SeatMatrix| view.reading.failed).unwrap_or_default()))}
        {bulk::overdue(seats, list, open)}
        <div class="list" class:away=move || !shows_list.get() style:--people=move || shown.get().to_string()>
            {live(table)}
        </div>
        {nothing(filters, list)}
        {bulk::bar(seats, open)}
        {bulk::dialogs(seats, filters, open)}
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
