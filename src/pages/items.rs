//! The items of a client's vault: the list, a look at one, and what is done with them.

mod cells;
mod deeds;
mod edit;
mod entries;
mod filters;
mod generator;
mod import;
mod panel;
mod reveal;

use leptos::prelude::*;
use portal_bridge::{
    Action, CipherId, GetItemIds, GetItems, ItemRow, ItemsView, ListState, Part, Rows, Verdict,
};
use web_sys::HtmlElement;

use crate::core_link::{Link, use_link};
use crate::format::{self, isolate};
use crate::live::{live, memo};
use crate::messages::{items as text, ui as ui_text};
use crate::pages::{access::obstacle_to_all, listing, work::Work};
use crate::router::{Router, use_router};
use crate::shell::{Head, waits};
use crate::space::{Space, use_space};
use crate::ui::table::{Selection, Table};
use crate::ui::{
    Button, ButtonKind, Chip, Choice, Empty, FilterButton, Glyph, MenuButton, MenuItem, Menus, Notice,
    SearchField, Segments, Toasts, Tone,
};
use crate::view::{List, Listed, use_list};

use filters::Filters;

/// The item that is looked at, in the address.
const ITEM: &str = "item";
/// The item that is changed, in the address.
const EDIT: &str = "edit";
/// The type of the item that is made, in the address.
const NEW: &str = "new";
/// Whether an export is being imported, in the address.
const IMPORT: &str = "import";

impl Listed for ItemRow {
    type Question = GetItems;

    fn rows(answer: &ItemsView) -> &Rows<Self> {
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
    list: List<ItemRow>,
    filters: Filters,
    selection: Selection<CipherId>,
    asking: RwSignal<Option<deeds::Asking>>,
    work: Work,
}

/// The page.
pub fn page() -> impl IntoView {
    let (space, router, link, filters) = (use_space(), use_router(), use_link(), Filters::follow());
    let query = filters.query();
    let list = use_list(
        query,
        |query, window| GetItems { query, window },
        move || vec![space.topic(Part::Items), space.topic(Part::Collections), space.topic(Part::Space)],
    );
    let (selection, toasts) = (Selection::new(), Toasts::of_page());
    let (asking, work) = (RwSignal::new(None), Work::follow());
    let page = Page { link, toasts, router, space, list, filters, selection, asking, work };
    let (menus, waits) = (Menus::of_page(), waits());
    let keys = listing::keys_of(move || GetItemIds(query.get_untracked()));
    let on_act = Box::new(move |what: &str, row: ItemRow, anchor: HtmlElement| {
        if what == "menu" {
            menus.open(&anchor, text::menu_for(&isolate(&cells::shown(&row))), page.row_menu(&row));
        }
    });
    let on_open = Box::new(move |row: ItemRow| page.look_at(row.id));
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {import::button(page)}
            {create_button(page)}
        </Head>
        {notes(page)}
        {bar(list, filters)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &ItemRow| row.id
                label=text::label().to_owned()
                class="items"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by: &'static str| filters.order.by(by)
                selection
                pick_label=|row: &ItemRow| text::select(&isolate(&cells::shown(row)))
                keys
                on_open
                on_act
            />
        </div>
        {nothing(page)}
        {deeds::bulk(page)}
        {move || addressed(page, waits)}
        {move || deeds::dialog(page)}
    }
}

impl Page {
    fn look_at(self, id: CipherId) {
        self.router.set_query(&[(ITEM, Some(&id.to_string()))]);
    }

    /// Whether what is in an item can be asked for at all; a server may keep it from a provider's staff.
    fn opens(self) -> bool {
        self.space.shows(Action::EditItems) || self.space.within().provider.is_none()
    }
}

/// The way to a new item of each type.
fn create_button(page: Page) -> impl IntoView {
    let entries = move |()| {
        let item = |kind: i32| {
            let go = move || page.router.set_query(&[(NEW, Some(&kind.to_string())), (ITEM, None)]);
            MenuItem::new(cells::kind_word(kind), go).into()
        };
        filters::KINDS.map(item).into()
    };
    live(move || {
        let verdict = page.space.verdict(Action::EditItems);
        (verdict != Verdict::Hidden).then(|| match obstacle_to_all(verdict) {
            Some(reason) => {
                view! { <Button label=text::create().to_owned() icon=Glyph::Plus kind=ButtonKind::Go reason /> }.into_any()
            }
            None => {
                view! { <MenuButton label=text::create().to_owned() icon=Glyph::Plus kind=ButtonKind::Go entries /> }.into_any()
            }
        })
    })
}

/// What the address names: the item looked at, the one changed, or the form for a new one.
fn addressed(page: Page, waits: Memo<bool>) -> AnyView {
    let id = |key: &str| page.router.query(key).and_then(|id| id.parse::<CipherId>().ok());
    let close = move || page.router.set_query(&[(EDIT, None), (NEW, None), (IMPORT, None)]);
    let looked = id(ITEM).filter(|_| page.opens()).map(|id| panel::panel(page, id).into_any());
    let new = page.router.query(NEW).and_then(|kind| kind.parse().ok());
    let new = new.filter(|kind| filters::KINDS.contains(kind) && page.space.shows(Action::EditItems));
    if waits.get() {
        return view! { {looked} }.into_any();
    }
    let form = match (id(EDIT).filter(|_| page.opens()), new) {
        (Some(id), _) => view! { <edit::EditDialog page id on_close=close /> }.into_any(),
        (None, Some(kind)) => view! { <edit::NewDialog page kind on_close=close /> }.into_any(),
        (None, None) if page.router.query(IMPORT).is_some() && page.space.shows(Action::ImportVault) => {
            view! { <import::ImportDialog page on_close=close /> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    view! { {looked} {form} }.into_any()
}

/// What is said once above the list: which items cannot be decrypted, and whether the server keeps them from staff.
fn notes(page: Page) -> impl IntoView {
    let count = memo(move || page.list.map(|view| view.unreadable).unwrap_or(0));
    let kept = memo(move || page.space.read(|_| ()).is_some() && !page.opens());
    live(move || {
        let unreadable = (count.get() > 0).then(|| text::unreadable_note(count.get()));
        let kept = kept.get().then(|| text::kept_from_staff().to_owned());
        let notes = unreadable.into_iter().chain(kept);
        let notes: Vec<_> =
            notes.map(|words| view! { <Notice tone=Tone::Attend>{words}</Notice> }.into_any()).collect();
        (!notes.is_empty()).then(|| view! { <div class="banners">{notes}</div> })
    })
}

fn bar(list: List<ItemRow>, filters: Filters) -> impl IntoView {
    let choices = Signal::derive(move || {
        let trashed = list.map(|view| view.trashed).unwrap_or_default();
        vec![
            Choice::new("", text::vault()),
            Choice::new(filters::TRASH, text::trash()).aside(format::number(trashed)),
        ]
    });
    let figures = memo(move || match list.state()? {
        ListState::Loading { received } => Some(text::loading(received)),
        _ => Some(text::matched(&format::number(list.matched()?), &format::number(list.total()?))),
    });
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            <Segments
                legend=text::which().to_owned()
                choices
                value=filters.which()
                on_choose=move |which: String| filters.set_which(&which)
            />
            {move || filters.kind_chip().map(|kind| view! {
                <Chip name=text::kind().to_owned() value=kind on_remove=move || filters.set_kind(None) />
            }.into_any())}
            <FilterButton entries=move || filters.menu() />
            <span class="tail quiet figures"><span>{move || figures.get()}</span></span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

fn nothing(page: Page) -> impl IntoView {
    let filters = page.filters;
    let none = move || {
        if filters.in_trash() {
            view! { <Empty title=text::none_trash().to_owned() body=text::none_trash_body().to_owned() /> }
                .into_any()
        } else {
            view! { <Empty title=text::none().to_owned() body=text::none_body().to_owned() action=move || create_button(page) /> }
                .into_any()
        }
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(page.list, none, no_match, move || filters.clear())
}
