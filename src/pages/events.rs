//! Who did what: the event log of a provider, of a client, of one of its members or items.

mod cells;
mod filters;
mod loading;
mod look;
mod picture;
mod range;

use leptos::prelude::*;
use portal_bridge::{EventRow, EventsOf, EventsView, GetEvents, Rows};

use crate::format;
use crate::live::memo;
use crate::messages::{events as text, ui as ui_text};
use crate::pages::listing;
use crate::router::use_router;
use crate::session::use_provider;
use crate::shell::Head;
use crate::space::use_space;
use crate::ui::table::Table;
use crate::ui::{Button, Chip, DateRange, Empty, FilterButton, Glyph, MenuButton, SearchField};
use crate::view::{List, Listed, use_list};
use filters::Filters;

impl Listed for EventRow {
    type Question = GetEvents;

    fn rows(answer: &EventsView) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page of a provider.
pub fn page() -> impl IntoView {
    let provider = use_provider();
    draw(Signal::derive(move || EventsOf::Provider(provider.id())))
}

/// The page of a client; a member or an item in the address narrows it down to theirs.
pub fn client_page() -> impl IntoView {
    let (space, router) = (use_space(), use_router());
    draw(Signal::derive(move || {
        let within = space.within();
        let member = router.query(filters::MEMBER).and_then(|id| id.parse().ok());
        let item = router.query(filters::ITEM).and_then(|id| id.parse().ok());
        match (member, item) {
            (Some(member), _) => EventsOf::Member(within, member),
            (None, Some(item)) => EventsOf::Item(within, item),
            (None, None) => EventsOf::Client(within),
        }
    }))
}

fn draw(source: Signal<EventsOf>) -> impl IntoView {
    let filters = Filters::follow(source);
    let query = filters.query();
    let list =
        use_list(query, |query, window| GetEvents { query, window }, move || vec![source.get().topic()]);
    let looked_at = RwSignal::new(None::<EventRow>);
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.matched().map(format::number))>
            {loading::refresh(query)}
            {loading::export(query)}
        </Head>
        {bar(filters, list)}
        {picture::picture(filters, query, list)}
        {loading::state(list, query)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &EventRow| (row.date.0, row.number)
                label=text::label().to_owned()
                class=if source.get_untracked().within().is_some() { "events of-client" } else { "events" }
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=None
                on_open=Box::new(move |row| looked_at.set(Some(row)))
            />
        </div>
        {nothing(source, filters, list)}
        {move || looked_at.get().map(|row| look::panel(row, move || looked_at.set(None)))}
    }
}

/// Search, days, filters, zone: one bar.
fn bar(filters: Filters, list: List<EventRow>) -> impl IntoView {
    let range = filters.range();
    let days = Signal::derive(move || range.with(range::Range::words));
    let custom = memo(move || range.with(|range| range.days.is_none()));
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            <MenuButton label=days icon=Glyph::Calendar entries=move || filters.range_menu() />
            {move || custom.get().then(|| view! {
                <DateRange
                    legend=text::range().to_owned()
                    from=Signal::derive(move || range.with(|range| range.first.clone()))
                    to=Signal::derive(move || range.with(|range| range.last.clone()))
                    latest=range::today()
                    fault=Signal::derive(move || range.with(range::Range::fault))
                    on_change=move |days: (String, String)| filters.set_days(&days.0, &days.1)
                />
            }.into_any())}
            {move || filters.chips().into_iter().map(|(name, value, key)| view! {
                <Chip name=name.to_owned() value on_remove=move || filters.set(key, None) />
            }.into_any()).collect_view()}
            <FilterButton entries=move || filters.menu() />
            <span class="tail quiet">{text::zone(&format::time_zone())}</span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

/// What stands there when no row does.
fn nothing(source: Signal<EventsOf>, filters: Filters, list: List<EventRow>) -> impl IntoView {
    let none = move || {
        let body = match source.get_untracked().within() {
            Some(_) => text::none_body_of_client(),
            None => text::none_body(),
        };
        view! {
            <Empty
                title=text::none().to_owned()
                body=body.to_owned()
                action=move || view! { <Button label=text::wider().to_owned() on_press=move || filters.last_days(365) /> }
            />
        }
        .into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}
