//! The staff of a provider: the list, and what is done with it.

mod cells;
mod confirm;
mod deeds;
mod filters;
mod invite;
mod person;
mod remove;
mod role;

use leptos::prelude::*;
use portal_bridge::{
    Action, ExportStaff, GetStaff, GetStaffIds, ProviderUserId, ResendInvitations, Rows, StaffQuery,
    StaffRole, StaffRow, StaffStatus, StaffView, Topic, Verdict,
};
use web_sys::HtmlElement;

use crate::core_link::{Link, use_link};
use crate::format::{self, isolate};
use crate::live::{live, memo};
use crate::messages::{reasons, staff as text, ui as ui_text};
use crate::pages::{listing, work::Work};
use crate::router::{Router, use_router};
use crate::session::{Provider, obstacle, use_provider};
use crate::shell::Head;
use crate::ui::table::{Selection, Table};
use crate::ui::{
    BulkBar, Button, ButtonKind, Chip, Choice, Empty, FilterButton, Glyph, Menus, Notice, SearchField,
    Segments, Toasts, Tone,
};
use crate::view::{List, Listed, use_list};
use filters::Filters;

/// At most so many people in one piece of work, as the server takes them.
const MOST_AT_ONCE: u32 = 500;

/// What is open above the list.
#[derive(Clone, PartialEq)]
enum Open {
    Confirm(Vec<ProviderUserId>),
    Remove(Vec<StaffRow>, Vec<ProviderUserId>),
    Role(StaffRow, StaffRole),
}

impl Listed for StaffRow {
    type Question = GetStaff;

    fn rows(answer: &StaffView) -> &Rows<Self> {
        &answer.rows
    }
}

/// What the parts of the page share. A handle that copies.
#[derive(Clone, Copy)]
struct Staff {
    link: Link,
    toasts: Toasts,
    provider: Provider,
    router: Router,
    list: List<StaffRow>,
    filters: Filters,
    selection: Selection<ProviderUserId>,
    open: RwSignal<Option<Open>>,
    works: Work,
}

/// The page.
pub fn page() -> impl IntoView {
    let (provider, router, link) = (use_provider(), use_router(), use_link());
    let filters = Filters::follow();
    let query = filters.query();
    let list = use_list(
        query,
        |query, window| GetStaff { query, window },
        move || vec![Topic::Staff(provider.id())],
    );
    let (selection, open) = (Selection::new(), RwSignal::new(None));
    let toasts = Toasts::of_page();
    let works = Work::follow();
    let staff = Staff { link, toasts, provider, router, list, filters, selection, open, works };
    listing::keep_up(list);
    let menus = Menus::of_page();

    let keys = listing::keys_of(move || GetStaffIds(query.get_untracked()));
    let on_act = Box::new(move |what: &str, row: StaffRow, anchor: HtmlElement| {
        if what == "menu" {
            menus.open(&anchor, text::menu_for(&isolate(&label(&row))), staff.row_menu(row));
        }
    });
    let on_open = Box::new(move |row: StaffRow| router.set_query(&[("person", Some(&row.id.to_string()))]));
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());

    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {invite_button(provider, router)}
        </Head>
        {waiting(staff)}
        {bar(staff, query)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &StaffRow| row.id
                label=text::label().to_owned()
                class="staff"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                selection
                pick_label=|row: &StaffRow| text::select(&isolate(&label(row)))
                keys
                on_open
                on_act
            />
        </div>
        {nothing(staff)}
        {bulk(staff)}
        {move || person::shown(router).map(|id| person::panel(staff, id))}
        {move || open.get().map(|what| dialog(staff, what))}
        {invite::routed(provider, router)}
    }
}

/// What a person is called: the name, or the address while there is none.
fn label(row: &StaffRow) -> String {
    row.name.clone().unwrap_or_else(|| row.email.clone())
}

fn status_tone(status: StaffStatus) -> Tone {
    match status {
        StaffStatus::Invited | StaffStatus::Unknown(_) => Tone::Plain,
        StaffStatus::NeedsConfirmation => Tone::Wait,
        StaffStatus::Confirmed => Tone::Good,
    }
}

fn invite_button(provider: Provider, router: Router) -> impl IntoView {
    live(move || {
        let verdict = provider.verdict(Action::InviteStaff);
        (verdict != Verdict::Hidden).then(|| {
            let reason = obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
            let invite = move || router.go(&untrack(|| provider.path("staff/invite")));
            view! { <Button label=text::invite().to_owned() icon=Glyph::UserPlus kind=ButtonKind::Go reason on_press=invite /> }.into_any()
        })
    })
}

/// Whoever accepted can do nothing until somebody confirms them, so it is said first.
fn waiting(staff: Staff) -> impl IntoView {
    let count = memo(move || staff.list.map(|view| view.needs_confirmation).unwrap_or(0));
    let may = move || staff.provider.verdict(Action::ConfirmStaff) == Verdict::Allowed;
    live(move || {
        let count = Some(count.get()).filter(|count| *count > 0 && may())?;
        let review = move || staff.confirm_all();
        Some(view! {
            <div class="banners">
                <Notice tone=Tone::Wait action=move || view! { <Button label=text::waiting_review().to_owned() on_press=review /> }>
                    <b>{text::waiting_banner(count)}</b>" "{text::waiting_banner_body()}
                </Notice>
            </div>
        })
    })
}

/// Search, status, filters, count: one bar.
fn bar(staff: Staff, query: Memo<StaffQuery>) -> impl IntoView {
    let Staff { list, filters, .. } = staff;
    let segments = Signal::derive(move || {
        let sums = list.map(|view| [view.invited, view.needs_confirmation, view.confirmed]);
        let [invited, waiting, confirmed] = sums.unwrap_or_default();
        let figure = |count: u32| format::number(count);
        vec![
            Choice::new("", text::all()).aside(figure(list.total().unwrap_or_default())),
            Choice::new(filters::INVITED, text::invited()).aside(figure(invited)),
            Choice::new(filters::WAITING, text::needs_confirmation()).aside(figure(waiting)).due(waiting > 0),
            Choice::new(filters::CONFIRMED, text::confirmed()).aside(figure(confirmed)),
        ]
    });
    let count =
        memo(move || Some(text::matched(&format::number(list.matched()?), &format::number(list.total()?))));
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            <Segments
                legend=text::status_filter().to_owned()
                choices=segments
                value=filters.status_in_address()
                on_choose=move |status: String| filters.set_status(&status)
            />
            {move || filters.role_chip().map(|role| view! {
                <Chip name=text::role().to_owned() value=role on_remove=move || filters.set_role(None) />
            }.into_any())}
            <FilterButton entries=move || filters.menu() />
            <span class="tail quiet figures">
                <span>{move || count.get()}</span>
                {export(staff, query)}
            </span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

fn export(staff: Staff, query: Memo<StaffQuery>) -> impl IntoView {
    let ask = move || staff.link.ask(ExportStaff(query.get_untracked()));
    listing::export(text::csv(), ButtonKind::Bare, None, ask, text::csv_saved)
}

/// What stands there when no row does.
fn nothing(staff: Staff) -> impl IntoView {
    let Staff { list, filters, provider, router, .. } = staff;
    let none = move || {
        view! {
            <Empty title=text::none().to_owned() body=text::none_body().to_owned() action=move || invite_button(provider, router) />
        }
        .into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}

fn bulk(staff: Staff) -> impl IntoView {
    let Staff { provider, selection, open, list, .. } = staff;
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(text::selected));
    let reason = move |action| {
        MaybeProp::from(Signal::derive(move || {
            if selection.count() > MOST_AT_ONCE {
                return Some(text::too_many_selected().to_owned());
            }
            obstacle(provider.verdict(action)).map(|reason| reasons::reason(reason).to_owned())
        }))
    };
    let resend = move || {
        let question = ResendInvitations { provider: provider.id_untracked(), staff: selection.keys() };
        staff.works.begin(question, text::finished_resend);
        selection.clear();
    };
    let remove = move || {
        let ids = selection.keys();
        let rows = list.matched_untracked().unwrap_or(0);
        let known: Vec<StaffRow> = (0..rows)
            .filter_map(|at| list.row(at, StaffRow::clone))
            .filter(|row| ids.contains(&row.id))
            .collect();
        open.set(Some(Open::Remove(known, ids)));
    };
    let shows = move |action| provider.shows(action);
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {move || shows(Action::ResendStaffInvitation).then(|| view! {
                <Button label=text::resend_many().to_owned() icon=Glyph::Send kind=ButtonKind::Bare reason=reason(Action::ResendStaffInvitation) on_press=resend />
            }.into_any())}
            {move || shows(Action::ConfirmStaff).then(|| view! {
                <Button label=text::confirm_().to_owned() icon=Glyph::UserCheck kind=ButtonKind::Bare reason=reason(Action::ConfirmStaff) on_press=move || open.set(Some(Open::Confirm(selection.keys()))) />
            }.into_any())}
            {move || shows(Action::RemoveStaff).then(|| view! {
                <Button label=text::remove_().to_owned() icon=Glyph::UserMinus kind=ButtonKind::Bare reason=reason(Action::RemoveStaff) on_press=remove />
            }.into_any())}
        </BulkBar>
    }
}

fn dialog(staff: Staff, what: Open) -> AnyView {
    let open = staff.open;
    let close = move || open.set(None);
    match what {
        Open::Confirm(ids) => view! { <confirm::ConfirmStaffDialog staff ids on_close=close /> }.into_any(),
        Open::Remove(rows, ids) => {
            view! { <remove::RemoveDialog staff rows ids on_close=close /> }.into_any()
        }
        Open::Role(row, role) => view! { <role::RoleDialog staff row role on_close=close /> }.into_any(),
    }
}
