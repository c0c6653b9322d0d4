//! Every client one looks after, whatever by: the list, and making one's own (owner mode).

mod cells;
mod create;
mod filters;

use leptos::prelude::*;
use portal_bridge::{
    GetCapabilities, GetPortfolioClients, PortfolioClients, PortfolioRow, Reading, Remedy, RetryPortfolio,
    Rows, Standing, Topic, Within,
};

use crate::core_link::use_link;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{capabilities, clients as list_text, portfolio as text, problems, ui as ui_text};
use crate::pages::listing;
use crate::portfolio::{Portfolio, use_portfolio};
use crate::router::{Router, use_router};
use crate::shell::Head;
use crate::ui::table::Table;
use crate::ui::{Button, ButtonKind, Chip, Empty, FilterButton, Glyph, Notice, SearchField, Tone};
use crate::view::{List, Listed, use_list, use_view};
use filters::Filters;

impl Listed for PortfolioRow {
    type Question = GetPortfolioClients;

    fn rows(answer: &PortfolioClients) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let (portfolio, router) = (use_portfolio(), use_router());
    let filters = Filters::follow();
    let list = use_list(
        filters.query(),
        |query, window| GetPortfolioClients { query, window },
        || vec![Topic::Portfolio],
    );
    listing::keep_up(list);
    let on_open = Box::new(move |row: PortfolioRow| router.go(&address(row.within)));
    let shows_list =
        memo(move || list.matched().is_none_or(|matched| matched > 0) && list.problem().is_none());
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {new_button(portfolio, router)}
        </Head>
        {bar(filters, list)}
        {listing::trouble(list, list_text::old_data())}
        {unreadable(memo(move || list.map(|view| view.reading.failed).unwrap_or_default()))}
        <div class="list" class:away=move || !shows_list.get()>
            <Table
                list
                key=|row: &PortfolioRow| row.within.organization
                label=text::label().to_owned()
                class="portfolio"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                on_open
            />
        </div>
        {nothing(filters, list, portfolio, router)}
        {move || router.path().ends_with("/new").then(|| view! { <create::CreateDialog on_close=move || router.go("/clients") /> }.into_any())}
    }
}

/// Where a client is looked after.
pub(crate) fn address(within: Within) -> String {
    let Within { provider, organization } = within;
    match provider {
        Some(provider) => format!("/providers/{provider}/clients/{organization}"),
        None => format!("/organizations/{organization}"),
    }
}

fn new_button(portfolio: Portfolio, router: Router) -> impl IntoView {
    let creates = memo(move || portfolio.view().map(|view| view.creates).unwrap_or_default());
    live(move || {
        creates.get().then(|| {
            let go = move || router.go("/clients/new");
            view! { <Button label=text::new().to_owned() icon=Glyph::Plus kind=ButtonKind::Go on_press=go /> }
                .into_any()
        })
    })
}

/// Search, filter, count: one bar.
fn bar(filters: Filters, list: List<PortfolioRow>) -> impl IntoView {
    let count = memo(move || {
        let (matched, total) = (list.matched()?, list.total()?);
        Some(list_text::matched(&format::number(matched), &format::number(total)))
    });
    let reading = memo(move || list.map(|view| view.reading).and_then(reading_words));
    view! {
        <div class="bar">
            <SearchField
                label=list_text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            {move || filters.chip().map(|value| view! {
                <Chip name=text::needs().to_owned() value on_remove=move || filters.set_need(None) />
            }.into_any())}
            <FilterButton entries=move |()| filters.menu() />
            <span class="tail quiet figures">
                {switched_off()}
                <span role="status">{move || reading.get()}</span>
                <span>{move || count.get()}</span>
            </span>
            <span class="sr" role="status">{move || list.matched().map(list_text::announced)}</span>
        </div>
    }
}

/// How far the members of the clients are read, while they are.
pub(super) fn reading_words(reading: Reading) -> Option<String> {
    let Reading { read, to_read: all, left_ms: left, .. } = reading;
    let words = (read < all).then(|| text::reading(&format::number(read), &format::number(all)))?;
    // Readings that are there at once need no word about time.
    Some(match left.filter(|left| *left > 0) {
        Some(left) => text::reading_left(&words, &format::duration(left)),
        None => words,
    })
}

/// Leads to what the server has switched off, where whoever runs it can switch something on.
fn switched_off() -> impl IntoView {
    let view = use_view(|| Some(GetCapabilities { look_again: false }), || vec![Topic::Providers]);
    let some = memo(move || {
        let off = view.map(|view| {
            view.rows.iter().any(|row| matches!(row.standing, Standing::Off(Remedy::Setting(_))))
        });
        off.unwrap_or_default()
    });
    live(move || {
        some.get().then(|| {
            view! { <a class="link hide-s" href="/account">{capabilities::some_off()}</a> }.into_any()
        })
    })
}

/// Says of how many clients the members could not be read, with the way to try it again.
pub(super) fn unreadable(failed: Memo<u32>) -> impl IntoView {
    let link = use_link();
    live(move || {
        let failed = failed.get();
        (failed > 0).then(|| {
            let again = move || drop(link.ask(RetryPortfolio));
            let action = move || view! { <Button label=problems::again().to_owned() icon=Glyph::Refresh on_press=again /> };
            view! {
                <div class="trouble"><Notice tone=Tone::Attend action>{text::unreadable(failed)}</Notice></div>
            }
            .into_any()
        })
    })
}

/// What stands there when no row does.
fn nothing(
    filters: Filters,
    list: List<PortfolioRow>,
    portfolio: Portfolio,
    router: Router,
) -> impl IntoView {
    let none = move || {
        let creates = portfolio.view().map(|view| view.creates).unwrap_or_default();
        let body = if creates { text::none_body_create() } else { text::none_body() };
        view! { <Empty title=text::none().to_owned() body=body.to_owned() action=move || new_button(portfolio, router) /> }
            .into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), list_text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}
