//! The groups of a client: the list, and what is done with it.

mod delete;
mod edit;

use leptos::prelude::*;
use portal_bridge::{
    Action, Direction, GetGroupIds, GetGroups, GroupId, GroupRow, GroupSort, GroupsQuery, GroupsView, Part,
    Rows, Verdict,
};
use web_sys::HtmlElement;

use crate::core_link::{Link, use_link};
use crate::format::{self, isolate};
use crate::live::{live, memo};
use crate::messages::{groups as text, reasons, ui as ui_text};
use crate::pages::{listing, work::Work};
use crate::router::{Router, use_router};
use crate::session::obstacle;
use crate::shell::{Head, waits};
use crate::space::{Space, use_space};
use crate::typed::Typed;
use crate::ui::table::{Column, Selection, Slot, Sorted, Table};
use crate::ui::{
    BulkBar, Button, ButtonKind, Empty, Glyph, Icon, MenuEntry, MenuItem, Menus, SearchField, Toasts,
};
use crate::view::{List, Listed, use_list};

/// At most so many in one piece of work.
const MOST_AT_ONCE: u32 = 500;

const SORT: &str = "sort";
const DOWN: &str = "down";
const GROUP: &str = "group";
const NEW: &str = "new";

const SORTS: [(&str, GroupSort); 3] =
    [("name", GroupSort::Name), ("members", GroupSort::Members), ("collections", GroupSort::Collections)];

const COLUMNS: &[Column] = &[
    Column::sorted(text::name, "name", "name"),
    Column::sorted(text::members, "num", "members"),
    Column::sorted(text::collections, "num", "collections"),
    Column::plain(text::external_id, "external hide-s"),
    Column::plain(text::actions, "act"),
];

impl Listed for GroupRow {
    type Question = GetGroups;

    fn rows(answer: &GroupsView) -> &Rows<Self> {
        &answer.rows
    }
}

/// What the parts of the page share. A handle that copies.
#[derive(Clone, Copy)]
struct Page {
    link: Link,
    toasts: Toasts,
    router: Router,
    space: Space,
    list: List<GroupRow>,
    search: Typed,
    selection: Selection<GroupId>,
    /// The groups about to be deleted.
    deleting: RwSignal<Option<Vec<GroupId>>>,
    work: Work,
}

/// The page.
pub fn page() -> impl IntoView {
    let (space, router, link, search) = (use_space(), use_router(), use_link(), Typed::follow("search"));
    let by = move || router.query(SORT).unwrap_or_else(|| "name".to_owned());
    let descending = move || router.query(DOWN).is_some();
    let query = memo(move || GroupsQuery {
        within: space.within(),
        search: search.text().get(),
        sort: SORTS.iter().find(|(word, _)| *word == by()).map(|(_, sort)| *sort).unwrap_or_default(),
        direction: if descending() { Direction::Descending } else { Direction::Ascending },
    });
    let list = use_list(
        query,
        |query, window| GetGroups { query, window },
        move || vec![space.topic(Part::Groups), space.topic(Part::Space)],
    );
    let (selection, deleting, toasts) = (Selection::new(), RwSignal::new(None), Toasts::of_page());
    let page = Page { link, toasts, router, space, list, search, selection, deleting, work: Work::follow() };
    let (menus, waits) = (Menus::of_page(), waits());
    let keys = listing::keys_of(move || GetGroupIds(query.get_untracked()));
    let on_act = Box::new(move |what: &str, row: GroupRow, anchor: HtmlElement| {
        if what == "menu" {
            menus.open(&anchor, text::menu_for(&isolate(&row.name)), page.row_menu(&row));
        }
    });
    let on_open = Box::new(move |row: GroupRow| page.look_at(row.id));
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    let sorted = Signal::derive(move || {
        let (by, _) = SORTS.iter().find(|(word, _)| *word == by())?;
        Some(Sorted { by, descending: descending() })
    });
    // The same column again turns the order round.
    let on_sort = move |wanted: &'static str| {
        let down = untrack(|| by() == wanted && !descending());
        router.set_query(&[(SORT, (wanted != "name").then_some(wanted)), (DOWN, down.then_some("1"))]);
    };
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {create_button(page)}
        </Head>
        {bar(page)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &GroupRow| row.id
                label=text::label().to_owned()
                class="groups"
                columns=COLUMNS
                cells
                sorted
                on_sort
                selection
                pick_label=|row: &GroupRow| text::select(&isolate(&row.name))
                keys
                on_open
                on_act
            />
        </div>
        {nothing(page)}
        {bulk(page)}
        {move || if waits.get() { None } else { addressed(page) }}
        {move || deleting.get().map(|ids| view! { <delete::DeleteDialog page ids on_close=move || deleting.set(None) /> })}
    }
}

impl Page {
    fn look_at(self, id: GroupId) {
        self.router.set_query(&[(GROUP, Some(&id.to_string()))]);
    }

    fn row_menu(self, row: &GroupRow) -> Vec<MenuEntry> {
        let id = row.id;
        let verdict = untrack(|| self.space.verdict(Action::ManageGroups));
        if verdict == Verdict::Hidden {
            return Vec::new();
        }
        let delete = move || self.deleting.set(Some(vec![id]));
        vec![
            MenuItem::new(text::edit_(), move || self.look_at(id))
                .glyph(Glyph::Pencil)
                .reason(words(verdict))
                .into(),
            MenuItem::new(text::delete_(), delete).glyph(Glyph::Trash).danger().reason(words(verdict)).into(),
        ]
    }
}

fn words(verdict: Verdict) -> Option<String> {
    obstacle(verdict).map(|reason| reasons::reason(reason).to_owned())
}

/// Drawn once for a place of the pool; only texts change afterwards.
fn cells(slot: Slot<GroupRow>) -> AnyView {
    let space = use_space();
    let members =
        |row: &GroupRow| row.members.map_or_else(|| text::unknown_count().to_owned(), format::number);
    view! {
        <div class="cell name" role="gridcell"><bdi class="strong">{slot.text(|row| row.name.clone())}</bdi></div>
        <div class="cell num" role="gridcell">{slot.text(members)}</div>
        <div class="cell num" role="gridcell">{slot.text(|row| format::number(row.collections))}</div>
        <div class="cell external hide-s quiet" role="gridcell"><bdi>{slot.text(|row| row.external_id.clone().unwrap_or_default())}</bdi></div>
        <div class="cell act" role="gridcell">
            <button
                type="button"
                class="btn bare only"
                tabindex="-1"
                data-act="menu"
                data-stop
                aria-haspopup="menu"
                // Whoever may only look at groups has nothing in the menu.
                hidden=move || !space.shows(Action::ManageGroups)
                aria-label=slot.text(|row| text::menu_for(&isolate(&row.name)))
            >
                <Icon glyph=Glyph::More />
            </button>
        </div>
    }
    .into_any()
}

fn create_button(page: Page) -> impl IntoView {
    live(move || {
        let verdict = page.space.verdict(Action::ManageGroups);
        (verdict != Verdict::Hidden).then(|| {
            let create = move || page.router.set_query(&[(NEW, Some("1"))]);
            view! { <Button label=text::create().to_owned() icon=Glyph::Plus kind=ButtonKind::Go reason=words(verdict) on_press=create /> }.into_any()
        })
    })
}

fn bar(page: Page) -> impl IntoView {
    let Page { list, search, .. } = page;
    let matched = memo(move || {
        let words = || Some(text::matched(&format::number(list.matched()?), &format::number(list.total()?)));
        (!search.text().with(|text| text.trim().is_empty())).then(words).flatten()
    });
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=search.text()
                on_input=move |typed| search.set(typed)
            />
            <span class="tail quiet figures"><span>{move || matched.get()}</span></span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

fn nothing(page: Page) -> impl IntoView {
    let none = move || {
        view! { <Empty title=text::none().to_owned() body=text::none_body().to_owned() action=move || create_button(page) /> }
            .into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(page.list, none, no_match, move || page.search.clear(&[]))
}

fn bulk(page: Page) -> impl IntoView {
    let Page { selection, deleting, space, .. } = page;
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(text::selected));
    let reason = MaybeProp::from(Signal::derive(move || {
        if selection.count() > MOST_AT_ONCE {
            return Some(text::too_many_selected().to_owned());
        }
        words(space.verdict(Action::ManageGroups))
    }));
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {move || space.shows(Action::ManageGroups).then(|| view! {
                <Button label=text::delete_().to_owned() icon=Glyph::Trash kind=ButtonKind::Bare reason on_press=move || deleting.set(Some(selection.keys())) />
            }.into_any())}
        </BulkBar>
    }
}

/// What the address names: a group, or the form for a new one.
fn addressed(page: Page) -> Option<AnyView> {
    if page.space.verdict(Action::ManageGroups) != Verdict::Allowed {
        return None;
    }
    let close = move || page.router.set_query(&[(GROUP, None), (NEW, None)]);
    let id = page.router.query(GROUP).and_then(|id| id.parse().ok());
    (id.is_some() || page.router.query(NEW).is_some())
        .then(|| view! { <edit::GroupDialog page id on_close=close /> }.into_any())
}
