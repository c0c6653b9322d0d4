//! The clients of a provider: the list, and what is done with it.

mod add;
mod bulk;
mod cells;
mod create;
mod export;
mod filters;
mod look;
mod pool;
mod rename;
mod seats;
mod unlink;

pub(crate) use create::whole_number;
pub(crate) use rename::RenameDialog;
pub(crate) use seats::SeatsDialog;
pub(crate) use unlink::UnlinkDialog;

use leptos::prelude::*;
use portal_bridge::{
    Action, ClientRow, ClientsView, GetClientIds, GetClients, ListState, OrganizationId,
    ProviderOrganizationId, Rows, Topic, Verdict,
};
use web_sys::HtmlElement;

use crate::core_link::use_link;
use crate::format;
use crate::live::{live, memo};
use crate::messages::{clients as text, reasons, ui as ui_text};
use crate::pages::listing;
use crate::router::{Router, use_router};
use crate::session::{Provider, use_provider};
use crate::shell::Head;
use crate::ui::table::{Selection, Table};
use crate::ui::{
    Button, ButtonKind, Chip, Empty, FilterButton, Glyph, MenuEntry, MenuItem, Menus, SearchField,
};
use crate::view::{List, Listed, use_list};
use filters::Filters;

/// What is open above the list.
#[derive(Clone, PartialEq)]
enum Open {
    Rename(ClientRow),
    Seats(ClientRow),
    Unlink(Vec<ClientRow>, Vec<ProviderOrganizationId>),
    BulkSeats,
}

impl Listed for ClientRow {
    type Question = GetClients;

    fn rows(answer: &ClientsView) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let (provider, router, _link) = (use_provider(), use_router(), use_link());
    let filters = Filters::follow();
    let query = filters.query();
    let list = use_list(
        query,
        |query, window| GetClients { query, window },
        move || vec![Topic::Clients(provider.id())],
    );
    let selection = Selection::<ProviderOrganizationId>::new();
    let open = RwSignal::new(None::<Open>);
    let menus = Menus::of_page();

    let keys = listing::keys_of(move || GetClientIds(query.get_untracked()));
    let on_act = Box::new(move |what: &str, row: ClientRow, anchor: HtmlElement| {
        if what == "menu" {
            let label = text::row_menu_for(&format::isolate(&row.name));
            menus.open(&anchor, label, row_menu(provider, router, open, row));
        }
    });
    let on_open = Box::new(move |row: ClientRow| {
        let mut address = router.address_untracked();
        // The first look is a step that Back takes back; going from look to look is none.
        let first = address.value("look").is_none();
        address.set("look", Some(&row.organization.to_string()));
        let address = address.text();
        if first { router.go(&address) } else { router.replace(&address) }
    });
    let shows_list =
        memo(move || list.matched().is_none_or(|matched| matched > 0) && list.problem().is_none());

    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {head_buttons(provider, router)}
        </Head>
        {bar(filters, list)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=move || !shows_list.get()>
            <Table
                list
                key=|row: &ClientRow| row.link
                label=text::label().to_owned()
                class="clients"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                selection
                pick_label=|row: &ClientRow| text::select(&format::isolate(&row.name))
                keys
                on_open
                on_act
            />
        </div>
        {nothing(filters, list, provider, router)}
        {bulk::bar(selection, list, open, filters)}
        {move || look_at(router).map(|client| look::panel(client, open))}
        {move || open.get().map(|what| dialog(what, open, selection))}
        {routed_dialogs(router)}
    }
}

fn head_buttons(provider: Provider, router: Router) -> impl IntoView {
    let button = move |action, words: &'static str, glyph, kind, path: &'static str| {
        live(move || {
            let verdict = provider.verdict(action);
            (verdict != Verdict::Hidden).then(|| {
                let reason = crate::session::obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
                view! { <Button label=words.to_owned() icon=glyph kind reason on_press=move || go_to(router, provider, path) /> }.into_any()
            })
        })
    };
    view! {
        {button(Action::AddExisting, text::existing(), Glyph::Link, ButtonKind::Plain, "clients/existing")}
        {button(Action::CreateClient, text::new(), Glyph::Plus, ButtonKind::Go, "clients/new")}
    }
}

/// Goes to a page of the provider and keeps the filters.
fn go_to(router: Router, provider: Provider, path: &str) {
    let mut address = router.address_untracked();
    address.path = untrack(|| provider.path(path));
    address.set("look", None);
    router.go(&address.text());
}

/// Search, filters, count: one bar.
fn bar(filters: Filters, list: List<ClientRow>) -> impl IntoView {
    let entries =
        move |()| filters.menu(&untrack(|| list.map(|view| view.plans.clone())).unwrap_or_default());
    let count = memo(move || {
        let (matched, total) = (list.matched()?, list.total()?);
        Some(match list.state() {
            Some(ListState::Loading { received }) => text::loading_received(&format::number(received)),
            _ => text::matched(&format::number(matched), &format::number(total)),
        })
    });
    let seats = memo(move || list.map(|view| (view.used, view.assigned)));
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            {move || filters.chips().into_iter().map(|(name, value, key)| view! {
                <Chip name=name.to_owned() value on_remove=move || filters.set(key, None) />
            }.into_any()).collect_view()}
            <FilterButton entries />
            <span class="tail quiet figures">
                <span>{move || count.get()}</span>
                <span class="hide-s">{move || seats.get().map(|(used, assigned)| {
                    text::sums(&format::number(used as f64), &format::number(assigned as f64))
                })}</span>
                {export::button(filters)}
            </span>
            // The count is said once the typing has come to rest on it.
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

/// What stands there when no row does.
fn nothing(filters: Filters, list: List<ClientRow>, provider: Provider, router: Router) -> impl IntoView {
    let none = move || {
        let may = provider.verdict(Action::CreateClient);
        let body = if may == Verdict::Hidden { text::none_body() } else { text::none_body_admin() };
        view! {
            <Empty title=text::none().to_owned() body=body.to_owned() action=move || head_buttons(provider, router) />
        }
        .into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}

fn row_menu(
    provider: Provider,
    router: Router,
    open: RwSignal<Option<Open>>,
    row: ClientRow,
) -> Vec<MenuEntry> {
    let address = untrack(|| provider.path(&format!("clients/{}", row.organization)));
    let mut entries =
        vec![MenuItem::new(text::open(), move || router.go(&address)).glyph(Glyph::Door).into()];
    let mut add = |action, item: MenuItem| {
        let verdict = untrack(|| provider.verdict(action));
        if verdict != Verdict::Hidden {
            let reason = crate::session::obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
            entries.push(item.reason(reason).into());
        }
    };
    let (renamed, seated, unlinked) = (row.clone(), row.clone(), row);
    add(
        Action::RenameClient,
        MenuItem::new(text::rename(), move || open.set(Some(Open::Rename(renamed.clone()))))
            .glyph(Glyph::Pencil),
    );
    add(
        Action::ChangeSeats,
        MenuItem::new(text::manage_seats(), move || open.set(Some(Open::Seats(seated.clone()))))
            .glyph(Glyph::Users),
    );
    add(
        Action::UnlinkClient,
        MenuItem::new(text::unlink(), move || {
            open.set(Some(Open::Unlink(vec![unlinked.clone()], vec![unlinked.link])));
        })
        .glyph(Glyph::Unlink)
        .danger(),
    );
    entries
}

fn look_at(router: Router) -> Option<OrganizationId> {
    router.query("look")?.parse().ok()
}

fn dialog(what: Open, open: RwSignal<Option<Open>>, selection: Selection<ProviderOrganizationId>) -> AnyView {
    let close = move || open.set(None);
    match what {
        Open::Rename(row) => view! { <RenameDialog row on_close=close /> }.into_any(),
        Open::Seats(row) => view! { <SeatsDialog row on_close=close /> }.into_any(),
        Open::Unlink(rows, links) => {
            let done = links.clone();
            view! {
                <UnlinkDialog
                    rows
                    links
                    on_close=close
                    on_begun=move || {
                        for link in &done {
                            selection.set(*link, false);
                        }
                    }
                />
            }
            .into_any()
        }
        Open::BulkSeats => view! { <bulk::BulkSeatsDialog selection on_close=close /> }.into_any(),
    }
}

/// The dialogs that have an address of their own.
fn routed_dialogs(router: Router) -> impl IntoView {
    let provider = use_provider();
    let which = memo(move || {
        let path = router.path();
        ["new", "existing"].into_iter().find(|last| path.ends_with(&format!("/clients/{last}")))
    });
    let close = move || go_to(router, provider, "clients");
    live(move || match which.get() {
        Some("new") => Some(view! { <create::CreateDialog on_close=close /> }.into_any()),
        Some(_) => Some(view! { <add::AddDialog on_close=close /> }.into_any()),
        None => None,
    })
}
