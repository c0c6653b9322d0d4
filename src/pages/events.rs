//! Who did what: the timeline of a provider and its clients, or of one's own clients, the log of a provider, of a client, of one of its members or
//! items.

mod cells;
mod choose;
mod conditions;
mod evidence;
mod export;
mod filters;
mod gaps;
mod lanes;
mod loading;
mod look;
mod picture;
mod range;
mod rules;
mod saved;
mod zone;

use leptos::prelude::*;
use portal_bridge::{
    EventBar, EventLine, EventRow, EventsOf, EventsQuery, EventsView, GetEvents, Moment, Rows,
};

use crate::format;
use crate::live::{handler, memo};
use crate::messages::{events as text, timeline, ui as ui_text};
use crate::pages::listing;
use crate::router::{Address, use_router};
use crate::session::{Provider, use_provider};
use crate::shell::Head;
use crate::space::use_space;
use crate::ui::table::Table;
use crate::ui::{
    Button, Chip, Choice, DateRange, Empty, FilterButton, Glyph, MenuButton, SearchField, Segments,
};
use crate::view::{List, Listed, use_list};
use filters::{ARRANGED, Arranged, Filters};

impl Listed for EventLine {
    type Question = GetEvents;

    fn rows(answer: &EventsView) -> &Rows<Self> {
        &answer.rows
    }
}

/// The timeline of a provider: its own log and those of all its clients.
pub fn timeline_page() -> impl IntoView {
    let provider = use_provider();
    draw(Signal::derive(move || EventsOf::Portfolio(provider.id())), timeline::label())
}

/// The timeline of the clients one looks after as Owner or Admin.
pub fn own_timeline_page() -> impl IntoView {
    draw(Signal::stored(EventsOf::Own), timeline::label())
}

/// The log of a provider.
pub fn page() -> impl IntoView {
    let provider = use_provider();
    draw(Signal::derive(move || EventsOf::Provider(provider.id())), text::label())
}

/// The page of a client; a member or an item in the address narrows it down to theirs.
pub fn client_page() -> impl IntoView {
    let (space, router) = (use_space(), use_router());
    let source = Signal::derive(move || {
        let within = space.within();
        let member = router.query(filters::MEMBER).and_then(|id| id.parse().ok());
        let item = router.query(filters::ITEM).and_then(|id| id.parse().ok());
        match (member, item) {
            (Some(member), _) => EventsOf::Member(within, member),
            (None, Some(item)) => EventsOf::Item(within, item),
            (None, None) => EventsOf::Client(within),
        }
    });
    draw(source, text::label())
}

fn draw(source: Signal<EventsOf>, title: &'static str) -> impl IntoView {
    let filters = Filters::follow(source);
    let query = filters.query();
    let list =
        use_list(query, |query, window| GetEvents { query, window }, move || vec![source.get().topic()]);
    let lanes = memo(move || match filters.arranged() {
        Arranged::Lanes(by) => Some(by),
        Arranged::List(_) => None,
    });
    let found = Signal::derive(move || list.map(|view: &EventsView| format::number(view.found)));
    view! {
        <Head title=title.to_owned() count=found>
            {loading::live_tail(source)}
            {loading::refresh(source)}
            {export::menu(query)}
        </Head>
        {bar(source, filters, list)}
        {chart(filters, list)}
        {loading::state(list, filters)}
        {listing::trouble(list, text::old_data())}
        {move || match lanes.get() {
            Some(by) => lanes::lanes(filters, query, by).into_any(),
            None => lines(source, filters, query, list).into_any(),
        }}
        {nothing(source, filters, list)}
        {filters.chooser()}
    }
}

/// The events, by day or by session, and a look at one of them.
fn lines(
    source: Signal<EventsOf>,
    filters: Filters,
    query: Memo<EventsQuery>,
    list: List<EventLine>,
) -> impl IntoView {
    let looked_at = RwSignal::new(None::<EventRow>);
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    let open = move |line: EventLine| match line {
        EventLine::Event(row) => looked_at.set(Some(row)),
        EventLine::Session(session) => filters.unfold(session.id),
        EventLine::Day { .. } => {}
    };
    view! {
        <div class="list" class:away=away>
            <Table
                list
                key=cells::key
                label=text::label().to_owned()
                class=if source.get_untracked().within().is_some() { "events of-client" } else { "events" }
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=None
                on_open=Box::new(open)
            />
        </div>
        {move || looked_at.get().map(|row| look::panel(filters, query, row, move || looked_at.set(None)))}
    }
}

/// How much happened when.
fn chart(filters: Filters, list: List<EventLine>) -> impl IntoView {
    let buckets = memo(move || {
        let bars = list.map(|view| view.bars.clone()).unwrap_or_default();
        let bucket = |bar: &EventBar| picture::Bucket {
            from: bar.from,
            end: Moment(bar.to.0 + 1),
            count: bar.count,
            marked: bar.marked,
        };
        bars.iter().map(bucket).collect::<Vec<_>>()
    });
    let out = Signal::derive(move || filters.can_zoom_out());
    picture::picture(
        buckets.into(),
        filters.range(),
        move |from, end| filters.zoom(from, end),
        move || filters.zoom_out(),
        out,
    )
}

/// Search, days, filters, arrangement, zone: one bar. Where there is little room, all but search and days folds away.
fn bar(source: Signal<EventsOf>, filters: Filters, list: List<EventLine>) -> impl IntoView {
    let range = filters.range();
    let days = Signal::derive(move || range.with(range::Range::words));
    let custom = memo(move || range.with(|range| range.days.is_none()));
    let words = [timeline::by_days(), timeline::by_sessions(), timeline::by_people(), timeline::by_clients()];
    let in_client = source.get_untracked().within().is_some();
    // In a client there is one client.
    let shown = ARRANGED.iter().zip(words).filter(|((word, _), _)| !in_client || *word != "clients");
    let choices: Vec<Choice> = shown.map(|((word, _), label)| Choice::new(*word, label)).collect();
    let arranged = Signal::derive(move || {
        let now = filters.arranged();
        ARRANGED.iter().find(|(_, arranged)| *arranged == now).map_or("", |(word, _)| word).to_owned()
    });
    let arrange = move |word: String| {
        if let Some((_, arranged)) = ARRANGED.iter().find(|(known, _)| *known == word) {
            filters.arrange(*arranged);
        }
    };
    let open = RwSignal::new(false);
    let on = memo(move || filters.chips().len() as u32 + u32::from(filters.highlighted()));
    let fold_words = move || match on.get() {
        0 => timeline::fold().to_owned(),
        on => timeline::fold_on(&format::number(on)),
    };
    view! {
        <div class="folding" class:open=move || open.get()>
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
            <button
                type="button"
                class="btn fold"
                aria-expanded=move || open.get().to_string()
                on:click=handler(move |_| open.update(|open| *open = !*open))
            >
                {fold_words}
            </button>
            <span class="folded">
                {move || filters.chips().into_iter().map(|(name, value, key)| view! {
                    <Chip name value on_remove=move || filters.set(key, None) />
                }.into_any()).collect_view()}
                <FilterButton entries=move || filters.menu() />
                {rules::toggle(filters, list)}
                {saved::button(saved::TIMELINE)}
            </span>
            <span class="sr" role="status">{move || list.map(|view| text::announced(view.found))}</span>
        </div>
        <div class="bar folded">
            {logs(source)}
            <span class="tail">
                <Segments legend=timeline::arrange().to_owned() choices value=arranged on_choose=arrange />
                {zone::toggle()}
            </span>
        </div>
        </div>
    }
}

/// Whether the clients' logs are read with the provider's.
fn logs(source: Signal<EventsOf>) -> Option<AnyView> {
    let outside = source.get_untracked().within().is_none();
    let (router, provider) = (use_router(), use_context::<Provider>().filter(|_| outside)?);
    let value = Signal::derive(move || match source.get() {
        EventsOf::Portfolio(_) => "timeline".to_owned(),
        _ => "events".to_owned(),
    });
    let choose = move |page: String| {
        let now = router.address_untracked();
        router.go(&Address { path: untrack(|| provider.path(&page)), ..now }.text());
    };
    let choices = vec![
        Choice::new("timeline", timeline::source_all()),
        Choice::new("events", timeline::source_provider()),
    ];
    Some(
        view! { <Segments legend=timeline::source().to_owned() choices value on_choose=choose /> }.into_any(),
    )
}

/// What stands there when no row does.
fn nothing(source: Signal<EventsOf>, filters: Filters, list: List<EventLine>) -> impl IntoView {
    let none = move || {
        let body = match source.get_untracked() {
            EventsOf::Portfolio(_) | EventsOf::Provider(_) => text::none_body(),
            EventsOf::Own => text::none_body_of_own(),
            EventsOf::Client(_) | EventsOf::Member(..) | EventsOf::Item(..) => text::none_body_of_client(),
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
