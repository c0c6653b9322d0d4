//! Adding technicians to the chosen clients: who, as what, until when; then what that does, and the phrases to compare.

use std::collections::HashSet;

use leptos::prelude::*;
use portal_bridge::{
    AddTechnicians, Fault, Field, FieldProblem, GetTechnicians, OrganizationId, PreviewTechnicians, SeatNeed,
    SeatOf, SeatRole, TechnicianPreview, Topic,
};

use super::Seats;
use super::ends::end_of_day;
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, fault};
use crate::format;
use crate::live::live;
use crate::messages::technicians as text;
use crate::pages::compare::{Compared, person};
use crate::pages::invited;
use crate::shell::use_shell;
use crate::ui::{Button, Choice, Dialog, InputKind, Press, RadioCards, SelectField, TextField, Toasts};
use crate::view::use_view;

const ADMIN: &str = "admin";
const OWNER: &str = "owner";

/// What was filled in. A handle that copies.
#[derive(Clone, Copy)]
struct Form {
    typed: RwSignal<String>,
    role: RwSignal<String>,
    day: RwSignal<String>,
}

impl Form {
    fn role(self) -> SeatRole {
        if self.role.with_untracked(|role| role == OWNER) { SeatRole::Owner } else { SeatRole::Admin }
    }

    /// What is wrong with it.
    fn faults(self) -> Vec<FieldProblem> {
        let mut faults = invited::faults(&invited::parsed(self.typed).get_untracked());
        let day = self.day.get_untracked();
        let passed = !day.is_empty() && end_of_day(&day).is_none_or(|until| until < format::now());
        if passed {
            faults.push(fault(Field::Range, Fault::Server(text::until_passed().to_owned())));
        }
        faults
    }
}

/// Adds whoever is named to the clients.
#[component]
pub(super) fn AddDialog(
    seats: Seats,
    clients: Vec<OrganizationId>,
    /// Whose address stands there at first.
    first: Option<String>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let (link, shell, toasts) = (use_link(), use_shell(), Toasts::of_page());
    let count = clients.len() as u32;
    let clients = StoredValue::new(clients);
    let form = Form {
        typed: RwSignal::new(first.unwrap_or_default()),
        role: RwSignal::new(ADMIN.to_owned()),
        day: RwSignal::new(String::new()),
    };
    let sending = Sending::new(&[Field::Emails, Field::Range]);
    let previews = RwSignal::new(None::<Vec<TechnicianPreview>>);
    let compared = RwSignal::new(HashSet::<usize>::new());
    let look = move || {
        if sending.check(form.faults()) {
            let emails = invited::parsed(form.typed).get_untracked();
            let question = PreviewTechnicians { emails, role: form.role(), clients: clients.get_value() };
            sending.send(link, question, move |found| {
                compared.set(HashSet::new());
                previews.set(Some(found));
            });
        }
    };
    let go = move || {
        let found = previews.get_untracked().unwrap_or_default();
        let phrase = |(place, one): (usize, &TechnicianPreview)| {
            let ticked = compared.with_untracked(|compared| compared.contains(&place));
            (one.email.clone(), one.phrase.clone().filter(|_| ticked))
        };
        let technicians = found.iter().enumerate().map(phrase).collect();
        let given = clients.with_value(|clients| given(&found, clients));
        let until = Some(form.day.get_untracked()).filter(|day| !day.is_empty());
        let until = until.and_then(|day| end_of_day(&day));
        let question = AddTechnicians { technicians, role: form.role(), clients: clients.get_value() };
        sending.send(link, question, move |_| {
            if !seats.ends.set(&given, until) && until.is_some() {
                toasts.say(text::ends_not_kept());
            }
            seats.selection.clear();
            on_close.run(());
            shell.show_jobs();
        });
    };
    view! {
        <Dialog title=text::add_title(count) wide=true held=sending.busy() on_close>
            {live(move || match previews.get() {
                None => view! {
                    <DialogForm sending verb=text::add_look().to_owned() on_submit=look on_close>
                        {fields(seats, form, sending)}
                    </DialogForm>
                }.into_any(),
                Some(found) => view! {
                    <DialogForm sending verb=text::add_go(count) on_submit=go on_close>
                        <div class="across"><Button label=text::add_change().to_owned() on_press=move || previews.set(None) /></div>
                        {found.into_iter().enumerate().map(|(place, one)| judged(place, one, compared)).collect_view()}
                    </DialogForm>
                }.into_any(),
            })}
        </Dialog>
    }
}

/// The seats that the end counts for: not those that stay as somebody else decided.
fn given(found: &[TechnicianPreview], clients: &[OrganizationId]) -> Vec<SeatOf> {
    let of = |one: &TechnicianPreview| {
        let there = clients.iter().filter(|client| !one.left_alone.contains(client));
        there.map(|client| SeatOf { organization: *client, email: one.email.clone() }).collect::<Vec<_>>()
    };
    found.iter().flat_map(of).collect()
}

fn fields(seats: Seats, form: Form, sending: Sending) -> impl IntoView {
    let Form { typed, role, day } = form;
    let roles = Signal::derive(|| {
        vec![
            Choice::new(ADMIN, text::as_admin()).note(text::as_admin_note()),
            Choice::new(OWNER, text::as_owner()).note(text::as_owner_note()),
        ]
    });
    view! {
        <p>{text::add_intro()}</p>
        <invited::Addresses typed sending />
        {one_of_ours(seats, typed)}
        <RadioCards legend=text::role().to_owned() choices=roles value=role on_choose=move |chosen| role.set(chosen) />
        <TextField
            label=text::until_field().to_owned()
            value=day
            kind=InputKind::Date
            hint=text::until_hint().to_owned()
            fault=sending.fault(Field::Range)
        />
    }
}

/// Puts the address of a colleague among those that were typed. No menu, which a dialog would stand above.
fn one_of_ours(seats: Seats, typed: RwSignal<String>) -> impl IntoView {
    let all =
        use_view(move || Some(GetTechnicians { domains: seats.domains.get() }), || vec![Topic::Portfolio]);
    let choices = Signal::derive(move || {
        let rows = all.map(|view| view.rows.clone()).unwrap_or_default();
        let others = rows.into_iter().filter(|one| !one.you);
        let others = others.map(|one| Choice::new(&one.email, super::name(&one)));
        [Choice::new("", text::one_of_ours_none())].into_iter().chain(others).collect::<Vec<_>>()
    });
    let add = move |email: String| {
        typed.update(|typed| {
            if !typed.is_empty() && !typed.ends_with(char::is_whitespace) {
                typed.push('\n');
            }
            typed.push_str(&email);
        });
    };
    view! { <SelectField label=text::one_of_ours().to_owned() choices value=String::new() on_choose=add /> }
}

/// What adding somebody does, and their phrase.
fn judged(place: usize, one: TechnicianPreview, compared: RwSignal<HashSet<usize>>) -> AnyView {
    let label = one.name.clone().unwrap_or_else(|| one.email.clone());
    let lines = one.needs.iter().map(|(need, clients)| need_words(*need, *clients));
    let unread = (one.unread > 0).then(|| text::add_unread(one.unread));
    let lines: Vec<_> = lines.chain(unread).map(|words| view! { <li>{words}</li> }.into_any()).collect();
    let phrase = match one.phrase.is_some() {
        true => {
            let one = Compared { label, phrase: one.phrase, changed: one.changed };
            view! { <p>{text::compare_how()}</p><ul class="compares">{person(place, one, compared)}</ul> }
                .into_any()
        }
        false => view! { <p class="quiet">{text::no_phrase()}</p> }.into_any(),
    };
    view! {
        <section class="stack">
            <h3><bdi>{one.email}</bdi></h3>
            <ul class="plain">{lines}</ul>
            {phrase}
        </section>
    }
    .into_any()
}

fn need_words(need: SeatNeed, clients: u32) -> String {
    match need {
        SeatNeed::Inviting => text::need_inviting(clients),
        SeatNeed::Accepting => text::need_accepting(clients),
        SeatNeed::Comparing => text::need_comparing(clients),
        SeatNeed::Confirming => text::need_confirming(clients),
        SeatNeed::Nothing => text::need_nothing(clients),
        SeatNeed::OtherRole => text::need_other_role(clients),
        SeatNeed::Restoring => text::need_restoring(clients),
        SeatNeed::Unknown => text::need_unknown(clients),
    }
}
