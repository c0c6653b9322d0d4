//! The collections of a client: the tree, and what is done with it.

mod cells;
mod delete;
mod edit;
mod grant;

use leptos::prelude::*;
use portal_bridge::{
    Action, CollectionId, CollectionRow, CollectionsQuery, CollectionsView, GetCollectionIds, GetCollections,
    Part, Rows, Verdict,
};
use web_sys::HtmlElement;

use crate::core_link::{Link, use_link};
use crate::format::{self, isolate};
use crate::live::{effect, live, memo};
use crate::messages::{collections as text, reasons, ui as ui_text};
use crate::pages::{access::obstacle_to_all, listing, work::Work};
use crate::router::{Router, use_router};
use crate::session::obstacle;
use crate::shell::{Head, waits};
use crate::space::{Space, use_space};
use crate::typed::Typed;
use crate::ui::table::{Selection, Table};
use crate::ui::{
    BulkBar, Button, ButtonKind, Choice, Empty, Glyph, MenuEntry, MenuItem, Menus, Notice, SearchField,
    Segments, Toasts, Tone,
};
use crate::view::{List, Listed, use_list};

/// At most so many in one piece of work.
const MOST_AT_ONCE: usize = 500;

const WHICH: &str = "which";
const UNMANAGED: &str = "unmanaged";
const COLLECTION: &str = "collection";
const NEW: &str = "new";

/// What is open above the list, beside what the address names.
#[derive(Clone, PartialEq)]
enum Open {
    Below(String),
    Delete(Vec<CollectionId>),
    Grant(Vec<CollectionId>),
}

impl Listed for CollectionRow {
    type Question = GetCollections;

    fn rows(answer: &CollectionsView) -> &Rows<Self> {
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
    list: List<CollectionRow>,
    search: Typed,
    /// A step that is no collection has no key, and is never kept selected.
    selection: Selection<Option<CollectionId>>,
    open: RwSignal<Option<Open>>,
    work: Work,
}

/// The page.
pub fn page() -> impl IntoView {
    let (space, router, link, search) = (use_space(), use_router(), use_link(), Typed::follow("search"));
    let query = memo(move || CollectionsQuery {
        within: space.within(),
        search: search.text().get(),
        unmanaged: router.query(WHICH).as_deref() == Some(UNMANAGED),
    });
    let list = use_list(
        query,
        |query, window| GetCollections { query, window },
        move || vec![space.topic(Part::Collections), space.topic(Part::Space)],
    );
    let (selection, open, toasts) = (Selection::new(), RwSignal::new(None), Toasts::of_page());
    let page = Page { link, toasts, router, space, list, search, selection, open, work: Work::follow() };
    effect(move || {
        if selection.has(None) {
            selection.set(None, false);
        }
    });
    let (menus, waits) = (Menus::of_page(), waits());
    let keys = listing::keys_of(move || GetCollectionIds(query.get_untracked()));
    let on_act = Box::new(move |what: &str, row: CollectionRow, anchor: HtmlElement| {
        if what == "menu" {
            menus.open(&anchor, text::menu_for(&isolate(&label(&row))), page.row_menu(&row));
        }
    });
    let on_open = Box::new(move |row: CollectionRow| {
        if let Some(id) = row.id {
            page.look_at(id);
        }
    });
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {create_button(page)}
        </Head>
        {unreadable(page)}
        {bar(page, query)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &CollectionRow| row.id
                label=text::label().to_owned()
                class="collections"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=Signal::derive(|| None)
                on_sort=|_| {}
                selection
                pick_label=|row: &CollectionRow| text::select(&isolate(&label(row)))
                keys
                on_open
                on_act
            />
        </div>
        {nothing(page)}
        {bulk(page)}
        {move || if waits.get() { None } else { addressed(page) }}
        {move || open.get().map(|what| dialog(page, what))}
    }
}

/// What a line is called.
fn label(row: &CollectionRow) -> String {
    if row.unreadable { text::unreadable().to_owned() } else { row.path.clone() }
}

impl Page {
    fn look_at(self, id: CollectionId) {
        self.router.set_query(&[(COLLECTION, Some(&id.to_string()))]);
    }

    fn row_menu(self, row: &CollectionRow) -> Vec<MenuEntry> {
        let (open, path) = (self.open, row.path.clone());
        let create = untrack(|| self.space.verdict(Action::CreateCollection));
        let below = (create != Verdict::Hidden && !row.unreadable && row.owned_by.is_none()).then(|| {
            let run = move || open.set(Some(Open::Below(path.clone())));
            MenuItem::new(text::below_(), run).glyph(Glyph::Plus).reason(words(create)).into()
        });
        let Some(id) = row.id else { return below.into_iter().collect() };
        let edit = if row.edit == Verdict::Allowed {
            MenuItem::new(text::edit_(), move || self.look_at(id)).glyph(Glyph::Pencil)
        } else {
            MenuItem::new(text::open(), move || self.look_at(id)).glyph(Glyph::Eye)
        };
        let delete = (row.delete != Verdict::Hidden).then(|| {
            let run = move || open.set(Some(Open::Delete(vec![id])));
            let item = MenuItem::new(text::delete_(), run).glyph(Glyph::Trash).danger();
            item.reason(words(row.delete)).into()
        });
        std::iter::once(edit.into()).chain(below).chain(delete).collect()
    }

    fn selected(self) -> Vec<CollectionId> {
        self.selection.keys().into_iter().flatten().collect()
    }
}

fn words(verdict: Verdict) -> Option<String> {
    obstacle(verdict).map(|reason| reasons::reason(reason).to_owned())
}

fn create_button(page: Page) -> impl IntoView {
    live(move || {
        let verdict = page.space.verdict(Action::CreateCollection);
        (verdict != Verdict::Hidden).then(|| {
            let create = move || page.router.set_query(&[(NEW, Some("1"))]);
            view! { <Button label=text::create().to_owned() icon=Glyph::Plus kind=ButtonKind::Go reason=words(verdict) on_press=create /> }.into_any()
        })
    })
}

/// Names that cannot be decrypted are said once above the list, beside being marked in it.
fn unreadable(page: Page) -> impl IntoView {
    let count = memo(move || page.list.map(|view| view.unreadable).unwrap_or(0));
    live(move || {
        (count.get() > 0).then(|| {
            view! { <div class="banners"><Notice tone=Tone::Attend>{text::unreadable_note(count.get())}</Notice></div> }
        })
    })
}

fn bar(page: Page, query: Memo<CollectionsQuery>) -> impl IntoView {
    let Page { list, search, router, .. } = page;
    let choices = Signal::derive(move || {
        let unmanaged = list.map(|view| view.unmanaged).unwrap_or(0);
        vec![
            Choice::new("", text::all()).aside(format::number(list.total().unwrap_or_default())),
            Choice::new(UNMANAGED, text::unmanaged()).aside(format::number(unmanaged)).due(unmanaged > 0),
        ]
    });
    let value =
        Signal::derive(move || if query.get().unmanaged { UNMANAGED.to_owned() } else { String::new() });
    let choose =
        move |which: String| router.set_query(&[(WHICH, (!which.is_empty()).then_some(which.as_str()))]);
    let matched = memo(move || {
        let narrowed = query.with(|query| query.unmanaged || !query.search.trim().is_empty());
        let words = || Some(text::matched(&format::number(list.matched()?), &format::number(list.total()?)));
        narrowed.then(words).flatten()
    });
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=search.text()
                on_input=move |typed| search.set(typed)
            />
            <Segments legend=text::shown().to_owned() choices value on_choose=choose />
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
    listing::nothing(page.list, none, no_match, move || page.search.clear(&[WHICH]))
}

fn bulk(page: Page) -> impl IntoView {
    let Page { selection, open, space, .. } = page;
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(text::selected));
    let reason = move |action| {
        MaybeProp::from(Signal::derive(move || {
            if selection.count() as usize > MOST_AT_ONCE {
                return Some(text::too_many_selected().to_owned());
            }
            obstacle_to_all(space.verdict(action))
        }))
    };
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {move || space.shows(Action::EditCollection).then(|| view! {
                <Button label=text::access_().to_owned() icon=Glyph::UserPlus kind=ButtonKind::Bare reason=reason(Action::EditCollection) on_press=move || open.set(Some(Open::Grant(page.selected()))) />
            }.into_any())}
            {move || space.shows(Action::DeleteCollection).then(|| view! {
                <Button label=text::delete_().to_owned() icon=Glyph::Trash kind=ButtonKind::Bare reason=reason(Action::DeleteCollection) on_press=move || open.set(Some(Open::Delete(page.selected()))) />
            }.into_any())}
        </BulkBar>
    }
}

/// What the address names: a collection, or the form for a new one.
fn addressed(page: Page) -> Option<AnyView> {
    let close = move || page.router.set_query(&[(COLLECTION, None), (NEW, None)]);
    if let Some(id) = page.router.query(COLLECTION).and_then(|id| id.parse().ok()) {
        return Some(
            view! { <edit::CollectionDialog page id=Some(id) parent=String::new() on_close=close /> }
                .into_any(),
        );
    }
    let creates =
        page.router.query(NEW).is_some() && page.space.verdict(Action::CreateCollection) == Verdict::Allowed;
    creates.then(|| {
        view! { <edit::CollectionDialog page id=None parent=String::new() on_close=close /> }.into_any()
    })
}

fn dialog(page: Page, what: Open) -> AnyView {
    let close = move || page.open.set(None);
    match what {
        Open::Below(parent) => {
            view! { <edit::CollectionDialog page id=None parent on_close=close /> }.into_any()
        }
        Open::Delete(ids) => view! { <delete::DeleteDialog page ids on_close=close /> }.into_any(),
        Open::Grant(ids) => view! { <grant::GrantDialog page ids on_close=close /> }.into_any(),
    }
}
