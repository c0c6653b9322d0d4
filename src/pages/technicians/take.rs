//! Taking seats away: those of one technician in the chosen clients, or those that are overdue.

use leptos::prelude::*;
use portal_bridge::{
    GetTechnicians, OrganizationId, OverdueSeat, RemoveTechnicians, SeatOf, SeatTaking, TechnicianRow,
};

use super::Seats;
use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending};
use crate::format;
use crate::live::memo;
use crate::messages::{staff as words, technicians as text};
use crate::shell::use_shell;
use crate::ui::{Choice, ConfirmDialog, Press, RadioCards, SelectField};
use crate::view::use_view;

/// Seats that are named before the rest is counted.
const NAMED: usize = 8;

const REMOVE: &str = "remove";
const REVOKE: &str = "revoke";

/// Which seats.
#[derive(Clone)]
pub(super) enum Which {
    /// Those of one technician, who is still to be chosen, in these clients.
    In(Vec<OrganizationId>),
    /// These, which have lasted too long.
    Overdue(Vec<OverdueSeat>),
}

/// Asks who loses which seats and how, and says what that means.
#[component]
pub(super) fn TakeDialog(seats: Seats, which: Which, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, shell) = (use_link(), use_shell());
    let sending = Sending::new(&[]);
    let way = RwSignal::new(REMOVE.to_owned());
    let who = RwSignal::new(String::new());
    let overdue = matches!(which, Which::Overdue(_));
    let all = use_view(move || (!overdue).then(|| GetTechnicians { domains: seats.domains.get() }), Vec::new);
    let colleagues = memo(move || {
        let others = |rows: &[TechnicianRow]| rows.iter().filter(|one| !one.you).cloned().collect::<Vec<_>>();
        all.map(|view| others(&view.rows)).unwrap_or_default()
    });
    // Whoever is shown as chosen is meant, also before anything was chosen.
    let chosen = memo(move || {
        colleagues.with(|all| {
            let known = who.with(|who| all.iter().find(|one| one.email == *who).map(|one| one.email.clone()));
            known.or_else(|| all.first().map(|one| one.email.clone()))
        })
    });
    let reason = MaybeProp::from(Signal::derive(move || {
        (!overdue && chosen.with(Option::is_none)).then(|| text::nobody_else().to_owned())
    }));
    let (title, named) = match &which {
        Which::In(clients) => (text::take_title(clients.len() as u32), None),
        Which::Overdue(overdue) => (text::overdue_title(overdue.len() as u32), Some(names(overdue))),
    };
    let which = StoredValue::new(which);
    let confirm = move || {
        let these = which.with_value(|which| match which {
            Which::In(clients) => {
                let email = chosen.get_untracked().unwrap_or_default();
                let seat = |client: &OrganizationId| SeatOf { organization: *client, email: email.clone() };
                clients.iter().map(seat).collect()
            }
            Which::Overdue(overdue) => overdue.iter().map(|one| one.end.seat.clone()).collect(),
        });
        let how =
            if way.with_untracked(|way| way == REVOKE) { SeatTaking::Revoke } else { SeatTaking::Remove };
        sending.send(link, RemoveTechnicians { seats: these, how }, move |_| {
            if !overdue {
                seats.selection.clear();
            }
            on_close.run(());
            shell.show_jobs();
        });
    };
    let people = Signal::derive(move || {
        colleagues.with(|all| all.iter().map(|one| Choice::new(&one.email, super::name(one))).collect())
    });
    let ways = Signal::derive(|| {
        vec![
            Choice::new(REMOVE, text::way_remove()).note(text::way_remove_note()),
            Choice::new(REVOKE, text::way_revoke()).note(text::way_revoke_note()),
        ]
    });
    view! {
        <ConfirmDialog title verb=text::take_go().to_owned() reason busy=sending.busy() on_confirm=confirm on_close>
            <ProblemNotice problem=sending.problem() />
            {named}
            {(!overdue).then(|| view! {
                <SelectField
                    label=text::who().to_owned()
                    choices=people
                    value=Signal::derive(move || chosen.get().unwrap_or_default())
                    on_choose=move |email| who.set(email)
                />
            }.into_any())}
            <RadioCards legend=text::way().to_owned() choices=ways value=way on_choose=move |chosen| way.set(chosen) />
            <p>{text::take_keeps()}</p>
        </ConfirmDialog>
    }
}

fn names(overdue: &[OverdueSeat]) -> AnyView {
    let line = |one: &OverdueSeat| {
        let until = text::until(&format::day(one.end.until));
        view! {
            <li><bdi>{one.client.clone()}</bdi>" · "<bdi>{one.end.seat.email.clone()}</bdi>" · "{until}</li>
        }
        .into_any()
    };
    let more = overdue.len().saturating_sub(NAMED) as u32;
    view! {
        <ul class="plain">
            {overdue.iter().take(NAMED).map(line).collect_view()}
            {(more > 0).then(|| view! { <li class="quiet">{words::and_more(more)}</li> }.into_any())}
        </ul>
    }
    .into_any()
}
