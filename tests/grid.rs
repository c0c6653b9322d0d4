//! The grid in a real browser: how much of it is in the document, what the keyboard does, and that late answers and
//! strange names do no harm.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod fake;

use fake::{FakeCore, press, until};
use leptos::prelude::*;
use portal::core_link::Link;
use portal::ui::table::{Column, Selection, Slot, Sorted, Table};
use portal::view::use_list;
use portal_bridge::{
    Answer, Ask, ClientRow, ClientSort, ClientsQuery, ClientsView, Direction, GetClients, ListState, Moment,
    ProviderId, ProviderOrganizationId, Rows, Window,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit};

wasm_bindgen_test_configure!(run_in_browser);

const COUNT: u32 = 100_000;
const COLUMNS: &[Column] = &[Column::sorted(|| "Client", "name", "name"), Column::plain(|| "Plan", "plan")];

#[wasm_bindgen_test]
async fn scrolling_a_hundred_thousand_rows_makes_no_element_and_keeps_to_sixty_rows() {
    let page = Page::mount(FakeCore::answering(clients)).await;
    // The rows that are kept ready are made after those of the first screen.
    until(|| page.rows() > page.seen() + 15).await;
    let made = std::rc::Rc::new(std::cell::Cell::new(0_u32));
    let counted = made.clone();
    let notice =
        wasm_bindgen::closure::Closure::<dyn FnMut(js_sys::Array)>::new(move |records: js_sys::Array| {
            counted.set(counted.get() + records.length());
        });
    let observer = MutationObserver::new(notice.as_ref().unchecked_ref()).unwrap();
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    observer.observe_with_options(&page.grid(), &options).unwrap();

    for step in 0..40 {
        page.grid().set_scroll_top(step * 97_531 % 3_600_000);
        let first = page.grid().scroll_top() as u32 / page.row_height();
        until(|| page.shown(first).is_some_and(|name| name == format!("Client {first:06}"))).await;
        assert!(page.rows() <= 60, "{} rows", page.rows());
    }
    assert_eq!(made.get(), 0, "elements were made or removed");
    observer.disconnect();
}

#[wasm_bindgen_test]
async fn after_a_jump_the_rows_in_sight_come_first_and_those_around_them_follow() {
    let page = Page::mount(FakeCore::answering(clients)).await;
    until(|| page.rows() > page.seen() + 15).await;
    let (jumped, height) = (50_000, page.row_height());
    page.grid().set_scroll_top((jumped * height) as i32);
    until(|| page.shown(jumped).as_deref() == Some("Client 050000")).await;
    assert!(page.node(jumped - 1).is_none(), "the row above came with those in sight");
    until(|| page.shown(jumped - 8).as_deref() == Some("Client 049992")).await;
    until(|| page.shown(jumped + page.seen() + 7).is_some()).await;
    assert!(page.node(0).is_none(), "a row that is far away is gone once the jump is over");
}

#[wasm_bindgen_test]
async fn waiting_rows_are_gone_as_soon_as_the_list_turns_out_shorter() {
    let core = FakeCore::holding();
    let page = Page::mount_unanswered(core.clone());
    until(|| core.held() == 1 && page.standing() > 2).await;
    core.answer(core.take(0), |ask| {
        let Answer::GetClients(mut view) = clients(ask) else { panic!("another answer") };
        view.rows.rows.truncate(2);
        view.rows.matched = 2;
        Answer::GetClients(view)
    });
    until(|| page.shown(1).as_deref() == Some("Client 000001")).await;
    assert_eq!(page.standing(), 2);
}

#[wasm_bindgen_test]
async fn rows_are_numbered_from_the_beginning_of_the_list() {
    let page = Page::mount(FakeCore::answering(clients)).await;
    assert_eq!(page.grid().get_attribute("aria-rowcount").as_deref(), Some("100001"));
    page.grid().set_scroll_top(page.grid().scroll_height());
    until(|| page.shown(COUNT - 1).as_deref() == Some("Client 099999")).await;
}

#[wasm_bindgen_test]
async fn the_keyboard_reaches_every_row_and_selects() {
    let page = Page::mount(FakeCore::answering(clients)).await;
    page.node(0).unwrap().focus().unwrap();
    press(&page.grid(), "ArrowDown", false);
    press(&page.grid(), "ArrowDown", false);
    assert_eq!(page.focused_row(), Some(2));
    press(&page.grid(), "ArrowUp", false);
    assert_eq!(page.focused_row(), Some(1));

    press(&page.grid(), " ", false);
    press(&page.grid(), "ArrowDown", true);
    press(&page.grid(), "ArrowDown", true);
    until(|| page.selected() == 3).await;

    press(&page.grid(), "End", false);
    until(|| page.focused_row() == Some(COUNT - 1)).await;
    press(&page.grid(), "PageUp", false);
    let after = page.focused_row().unwrap();
    assert!(after < COUNT - 1 && after > COUNT - 100, "a screen up, not {after}");
    press(&page.grid(), "Home", false);
    until(|| page.focused_row() == Some(0)).await;
    until(|| page.selected() == 3).await;
    press(&page.grid(), "Escape", false);
    until(|| page.selected() == 0).await;
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_the_grid_when_its_row_scrolls_away() {
    let page = Page::mount(FakeCore::answering(clients)).await;
    page.node(0).unwrap().focus().unwrap();
    page.grid().set_scroll_top(1_000_000);
    until(|| page.node(0).is_none()).await;
    let focused = document().active_element().unwrap();
    assert!(page.grid().contains(Some(&focused)));
    assert_eq!(page.focused_row(), None, "no other row has taken the focus over");
    press(&page.grid(), "ArrowDown", false);
    until(|| page.focused_row() == Some(1)).await;
}

#[wasm_bindgen_test]
async fn an_answer_to_an_older_query_never_replaces_a_newer_one() {
    let core = FakeCore::holding();
    let page = Page::mount_unanswered(core.clone());
    until(|| core.held() == 1).await;
    page.search.set("newer".to_owned());
    until(|| core.held() == 2).await;
    let (older, newer) = (core.take(0), core.take(0));
    core.answer(newer, |ask| clients_named(ask, "newer"));
    until(|| page.shown(0).as_deref() == Some("newer 000000")).await;
    core.answer(older, |ask| clients_named(ask, "older"));
    // A third question proves that the late answer has been through.
    page.search.set("third".to_owned());
    until(|| core.held() == 1).await;
    assert_eq!(page.shown(0).as_deref(), Some("newer 000000"));
}

#[wasm_bindgen_test]
async fn markup_in_a_name_is_text() {
    let page =
        Page::mount(FakeCore::answering(|ask| clients_named(ask, "<img src=x onerror=alert(1)><b>"))).await;
    until(|| page.shown(0).as_deref() == Some("<img src=x onerror=alert(1)><b> 000000")).await;
    assert!(page.grid().query_selector("img, .name b").unwrap().is_none());
}

fn clients(ask: &Ask) -> Answer {
    clients_named(ask, "Client")
}

fn clients_named(ask: &Ask, name: &str) -> Answer {
    let Ask::GetClients(GetClients { window, .. }) = ask else { panic!("another question: {ask:?}") };
    let rows = (window.from..(window.from + window.count).min(COUNT)).map(|index| row(index, name)).collect();
    Answer::GetClients(ClientsView {
        rows: Rows { total: COUNT, matched: COUNT, from: window.from, rows, state: ListState::Complete },
        assigned: 0,
        used: 0,
        plans: Vec::new(),
    })
}

fn row(index: u32, name: &str) -> ClientRow {
    ClientRow {
        link: format!("00000000-0000-4000-8000-{index:012}").parse().unwrap(),
        organization: format!("00000001-0000-4000-8000-{index:012}").parse().unwrap(),
        name: format!("{name} {index:06}"),
        plan: "Teams".to_owned(),
        assigned: Some(10),
        used: 5,
        confirmed: 5,
        added: Moment(0),
        enabled: true,
    }
}

fn cells(slot: Slot<ClientRow>) -> AnyView {
    view! {
        <div class="cell name" role="gridcell"><bdi>{slot.text(|row| row.name.clone())}</bdi></div>
        <div class="cell plan" role="gridcell">{slot.text(|row| row.plan.clone())}</div>
    }
    .into_any()
}

/// A grid by itself on the page, for as long as the value lives.
struct Page {
    root: HtmlElement,
    search: RwSignal<String>,
    selection: Selection<ProviderOrganizationId>,
    _owner: Owner,
    _mounted: Box<dyn std::any::Any>,
}

impl Page {
    async fn mount(core: FakeCore) -> Self {
        let page = Self::mount_unanswered(core);
        until(|| page.shown(0).is_some_and(|name| !name.is_empty())).await;
        page
    }

    fn mount_unanswered(core: FakeCore) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_attribute("style", "height: 640px; width: 900px; display: flex; flex-direction: column")
            .unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(concat!(
            include_str!("../style/tokens.css"),
            include_str!("../style/table.css"),
            ".test { --columns: 40px 1fr 100px }"
        )));
        root.append_child(&style).unwrap();

        let owner = Owner::new();
        let (search, selection) = owner.with(|| (RwSignal::new(String::new()), Selection::new()));
        let port = core.port();
        let mounted = leptos::mount::mount_to(root.clone(), move || {
            provide_context(Link::over(port));
            let query = Memo::new(move |_| ClientsQuery {
                provider: ProviderId::default(),
                search: search.get(),
                plan: None,
                needs: None,
                sort: ClientSort::Name,
                direction: Direction::Ascending,
            });
            let list = use_list(query, |query, window: Window| GetClients { query, window }, Vec::new);
            view! {
                <Table
                    list
                    key=|row: &ClientRow| row.link
                    label="Clients".to_owned()
                    class="test"
                    columns=COLUMNS
                    cells
                    sorted=Signal::derive(|| Some(Sorted { by: "name", descending: false }))
                    selection
                    pick_label=|row: &ClientRow| row.name.clone()
                />
            }
        });
        Self { root, search, selection, _owner: owner, _mounted: Box::new(mounted) }
    }

    fn grid(&self) -> Element {
        self.root.query_selector("[role=grid]").unwrap().unwrap()
    }

    fn rows(&self) -> u32 {
        self.root.query_selector_all(".rows > [role=row]").unwrap().length()
    }

    /// How many rows are not hidden.
    fn standing(&self) -> u32 {
        self.root.query_selector_all(".rows > [role=row]:not([hidden])").unwrap().length()
    }

    /// How many rows the grid can show at once.
    fn seen(&self) -> u32 {
        (self.grid().client_height() as u32).div_ceil(self.row_height()) + 1
    }

    fn row_height(&self) -> u32 {
        self.node_at(".ruler").offset_height() as u32
    }

    fn node_at(&self, selector: &str) -> HtmlElement {
        self.root.query_selector(selector).unwrap().unwrap().unchecked_into()
    }

    fn node(&self, row: u32) -> Option<HtmlElement> {
        let selector = format!(".rows > [aria-rowindex='{}']", row + 2);
        self.root.query_selector(&selector).unwrap().map(JsCast::unchecked_into)
    }

    fn shown(&self, row: u32) -> Option<String> {
        self.node(row)?.query_selector(".name").unwrap()?.text_content()
    }

    fn focused_row(&self) -> Option<u32> {
        let focused = document().active_element()?;
        focused.get_attribute("aria-rowindex")?.parse::<u32>().ok()?.checked_sub(2)
    }

    fn selected(&self) -> u32 {
        self.selection.count()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}
