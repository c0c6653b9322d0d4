//! The members of a client: the list, and what is done with them.

mod access;
mod cells;
mod change;
mod confirm;
mod deeds;
mod edit;
mod filters;
mod invite;
mod panel;
mod recover;
mod table;

use leptos::prelude::*;
use portal_bridge::{
    Action, ExportMembers, GetMemberIds, GetMembers, MemberDeed, MemberRow, MemberSeats, MemberStatus,
    MembersQuery, MembersView, OrganizationUserId, Part, Rows, Verdict,
};
use web_sys::HtmlElement;

use crate::core_link::{Link, use_link};
use crate::format::{self, isolate};
use crate::live::{live, memo};
use crate::messages::{members as text, reasons, staff as words, ui as ui_text};
use crate::pages::{listing, work::Work};
use crate::router::{Router, use_router};
use crate::shell::Head;
use crate::space::{Space, use_space};
use crate::ui::table::{Selection, Table};
use crate::ui::{
    BulkBar, Button, ButtonKind, Chip, Choice, Empty, FilterButton, Glyph, Menus, Notice, SearchField,
    Segments, Toasts, Tone,
};
use crate::view::{List, Listed, use_list};
use filters::Filters;

/// At most so many members in one piece of work.
const MOST_AT_ONCE: u32 = 500;

/// What is open above the list.
#[derive(Clone, PartialEq)]
enum Open {
    Edit(OrganizationUserId),
    Confirm(Vec<OrganizationUserId>),
    /// Revoke, restore or remove: those whose rows are here, and everybody.
    Change(MemberDeed, Vec<MemberRow>, Vec<OrganizationUserId>),
    Recover(MemberRow),
    Table,
}

impl Listed for MemberRow {
    type Question = GetMembers;

    fn rows(answer: &MembersView) -> &Rows<Self> {
        &answer.rows
    }
}

/// What the parts of the page share. A handle that copies.
#[derive(Clone, Copy)]
struct Members {
    link: Link,
    toasts: Toasts,
    space: Space,
    router: Router,
    list: List<MemberRow>,
    filters: Filters,
    selection: Selection<OrganizationUserId>,
    open: RwSignal<Option<Open>>,
    works: Work,
}

impl Members {
    /// Where those register who are invited, where neither mail nor link reaches them.
    fn registers_at(self) -> Option<String> {
        untrack(|| self.space.read(|view| view.registers_at.clone())).flatten()
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let (space, router, link) = (use_space(), use_router(), use_link());
    let filters = Filters::follow();
    let query = filters.query();
    let list = use_list(
        query,
        |query, window| GetMembers { query, window },
        move || vec![space.topic(Part::Members)],
    );
    let (selection, open) = (Selection::new(), RwSignal::new(None));
    let toasts = Toasts::of_page();
    let works = Work::follow();
    let members = Members { link, toasts, space, router, list, filters, selection, open, works };
    listing::keep_up(list);
    let menus = Menus::of_page();

    let keys = listing::keys_of(move || GetMemberIds(query.get_untracked()));
    let on_act = Box::new(move |what: &str, row: MemberRow, anchor: HtmlElement| {
        if what == "menu" {
            menus.open(&anchor, words::menu_for(&isolate(&label(&row))), members.row_menu(&row));
        }
    });
    let on_open = Box::new(move |row: MemberRow| router.set_query(&[("member", Some(&row.id.to_string()))]));
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());

    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number))>
            {head_buttons(members)}
        </Head>
        {waiting(members)}
        {bar(members, query)}
        {listing::trouble(list, words::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &MemberRow| row.id
                label=text::label().to_owned()
                class="staff members"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.order.shown()
                on_sort=move |by| filters.order.by(by)
                selection
                pick_label=|row: &MemberRow| words::select(&isolate(&label(row)))
                keys
                on_open
                on_act
            />
        </div>
        {nothing(members)}
        {bulk(members)}
        {move || panel::shown(router).map(|id| panel::panel(members, id))}
        {move || open.get().map(|what| dialog(members, what))}
        {invite::routed(members)}
    }
}

/// What a member is called: the name, or the address while there is none.
fn label(row: &MemberRow) -> String {
    row.name.clone().unwrap_or_else(|| row.email.clone())
}

fn status_tone(status: MemberStatus) -> Tone {
    match status {
        MemberStatus::Invited | MemberStatus::Staged | MemberStatus::Unknown(_) => Tone::Plain,
        MemberStatus::NeedsConfirmation => Tone::Wait,
        MemberStatus::Confirmed => Tone::Good,
        MemberStatus::Revoked => Tone::Attend,
    }
}

/// The seats in a few words.
fn seat_words(seats: MemberSeats) -> String {
    match seats.assigned {
        Some(all) => text::seats_of(&format::number(seats.taken), &format::number(all)),
        None => text::seats_taken(seats.taken),
    }
}

fn head_buttons(members: Members) -> impl IntoView {
    let verdict = memo(move || members.space.verdict(Action::ManageMembers));
    live(move || {
        let verdict = verdict.get();
        (verdict != Verdict::Hidden).then(|| {
            let reason = crate::session::obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
            let invite = move || members.router.go(&untrack(|| members.space.path("members/invite")));
            let table = move || members.open.set(Some(Open::Table));
            view! {
                <Button label=text::invite_table().to_owned() icon=Glyph::Folder kind=ButtonKind::Plain reason=reason.clone() on_press=table />
                <Button label=text::invite().to_owned() icon=Glyph::UserPlus kind=ButtonKind::Go reason on_press=invite />
            }
            .into_any()
        })
    })
}

/// Whoever accepted can do nothing until somebody confirms them, so it is said first.
fn waiting(members: Members) -> impl IntoView {
    let count = memo(move || count_of(members.list, MemberStatus::NeedsConfirmation));
    let may = move || members.space.verdict(Action::ManageMembers) == Verdict::Allowed;
    live(move || {
        let count = Some(count.get()).filter(|count| *count > 0 && may())?;
        let review = move || members.confirm_all();
        Some(view! {
            <div class="banners">
                <Notice tone=Tone::Wait action=move || view! { <Button label=words::waiting_review().to_owned() on_press=review /> }>
                    <b>{text::waiting_banner(count)}</b>" "{text::waiting_banner_body()}
                </Notice>
            </div>
        })
    })
}

fn count_of(list: List<MemberRow>, status: MemberStatus) -> u32 {
    list.map(|view| view.statuses.iter().find(|(known, _)| *known == status).map(|(_, count)| *count))
        .flatten()
        .unwrap_or_default()
}

/// Search, status, filters, count: one bar.
fn bar(members: Members, query: Memo<MembersQuery>) -> impl IntoView {
    let Members { list, filters, .. } = members;
    let segments = Signal::derive(move || {
        let choice = |word: &str, words: &str, status: MemberStatus| {
            Choice::new(word, words).aside(format::number(count_of(list, status)))
        };
        let waiting = count_of(list, MemberStatus::NeedsConfirmation) > 0;
        vec![
            Choice::new("", words::all()).aside(format::number(list.total().unwrap_or_default())),
            choice("invited", words::invited(), MemberStatus::Invited),
            choice("needs-confirmation", words::needs_confirmation(), MemberStatus::NeedsConfirmation)
                .due(waiting),
            choice("confirmed", words::confirmed(), MemberStatus::Confirmed),
            choice("revoked", text::revoked(), MemberStatus::Revoked),
        ]
    });
    let count =
        memo(move || Some(words::matched(&format::number(list.matched()?), &format::number(list.total()?))));
    let seats = memo(move || list.map(|view| seat_words(view.seats)));
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            <Segments
                legend=words::status_filter().to_owned()
                choices=segments
                value=filters.status_in_address()
                on_choose=move |status: String| filters.set_status(&status)
            />
            {move || filters.chips().into_iter().map(|(name, value, key)| view! {
                <Chip name=name.to_owned() value=value on_remove=move || filters.drop(key) />
            }.into_any()).collect_view()}
            <FilterButton entries=move || untrack(|| filters.menu(list)) />
            <span class="tail quiet figures">
                <span>{move || seats.get()}</span>
                <span>{move || count.get()}</span>
                {export(members, query)}
            </span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

fn export(members: Members, query: Memo<MembersQuery>) -> impl IntoView {
    let ask = move || members.link.ask(ExportMembers(query.get_untracked()));
    listing::export(words::csv(), ButtonKind::Bare, None, ask, text::csv_saved)
}

/// What stands there when no row does.
fn nothing(members: Members) -> impl IntoView {
    let Members { list, filters, .. } = members;
    let none = move || {
        view! {
            <Empty title=text::none().to_owned() body=text::none_body().to_owned() action=move || head_buttons(members) />
        }
        .into_any()
    };
    let no_match = [words::no_match(), text::no_match_body(), words::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}

fn bulk(members: Members) -> impl IntoView {
    let Members { space, selection, open, list, .. } = members;
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(words::selected));
    let reason = MaybeProp::from(Signal::derive(move || {
        if selection.count() > MOST_AT_ONCE {
            return Some(words::too_many_selected().to_owned());
        }
        space.obstacle(Action::ManageMembers).map(|reason| reasons::reason(reason).to_owned())
    }));
    let change = move |deed: MemberDeed| {
        let ids = selection.keys();
        let rows = list.matched_untracked().unwrap_or(0);
        let known: Vec<MemberRow> = (0..rows)
            .filter_map(|at| list.row(at, MemberRow::clone))
            .filter(|row| ids.contains(&row.id))
            .collect();
        open.set(Some(Open::Change(deed, known, ids)));
    };
    let resend = move || {
        members.resend(selection.keys());
        selection.clear();
    };
    let button = move |words: &'static str, icon: Glyph, deed: MemberDeed| {
        view! { <Button label=words.to_owned() icon kind=ButtonKind::Bare reason on_press=move || change(deed) /> }
            .into_any()
    };
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {move || space.shows(Action::ManageMembers).then(|| view! {
                <Button label=words::resend_many().to_owned() icon=Glyph::Send kind=ButtonKind::Bare reason on_press=resend />
                <Button label=words::confirm_().to_owned() icon=Glyph::UserCheck kind=ButtonKind::Bare reason on_press=move || open.set(Some(Open::Confirm(selection.keys()))) />
                {button(text::revoke_(), Glyph::Lock, MemberDeed::Revoke)}
                {button(text::restore(), Glyph::Refresh, MemberDeed::Restore)}
                {button(words::remove_(), Glyph::UserMinus, MemberDeed::Remove)}
            }.into_any())}
        </BulkBar>
    }
}

fn dialog(members: Members, what: Open) -> AnyView {
    let open = members.open;
    let close = move || open.set(None);
    match what {
        Open::Edit(id) => view! { <edit::EditDialog members id on_close=close /> }.into_any(),
        Open::Confirm(ids) => view! { <confirm::ConfirmDialog members ids on_close=close /> }.into_any(),
        Open::Change(deed, rows, ids) => {
            view! { <change::ChangeDialog members deed rows ids on_close=close /> }.into_any()
        }
        Open::Recover(row) => view! { <recover::RecoverDialog members row on_close=close /> }.into_any(),
        Open::Table => view! { <table::TableDialog members on_close=close /> }.into_any(),
    }
}
