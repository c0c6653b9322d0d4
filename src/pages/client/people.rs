//! A client's owners and administrators.

use leptos::prelude::*;
use portal_bridge::{ClientPerson, MemberStatus, Verdict};

use super::Open;
use crate::format;
use crate::messages::{client as text, clients as list_text, reasons};
use crate::session::obstacle;
use crate::ui::{Button, Status, Tone};

/// The name to show: the person's own, or the address.
pub(super) fn name(person: &ClientPerson) -> String {
    person.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| person.email.clone())
}

/// A few lines, for a look.
pub(crate) fn brief(people: &[ClientPerson]) -> impl IntoView + use<> {
    let lines: Vec<_> = people
        .iter()
        .map(|person| {
            let (tone, words) = status(person.status);
            view! {
                <li>
                    <span class="who"><bdi class="cut">{name(person)}</bdi><small class="quiet">{person.role.clone()}</small></span>
                    <Status tone label=words />
                </li>
            }.into_any()
        })
        .collect();
    match lines.is_empty() {
        true => view! { <p class="quiet">{list_text::owners_none()}</p> }.into_any(),
        false => view! { <ul class="people">{lines}</ul> }.into_any(),
    }
}

/// The whole table, with what can be done.
pub(super) fn table(
    people: &[ClientPerson],
    confirming: Verdict,
    open: RwSignal<Option<Open>>,
) -> impl IntoView + use<> {
    let rows: Vec<_> = people
        .iter()
        .map(|person| {
            let (tone, words) = status(person.status);
            let named = person.name.is_some();
            let confirm = (person.status == MemberStatus::NeedsConfirmation && confirming != Verdict::Hidden).then(|| {
                let person = person.clone();
                let reason = obstacle(confirming).map(|reason| reasons::reason(reason).to_owned());
                view! { <Button label=text::confirm().to_owned() reason on_press=move || open.set(Some(Open::Confirm(person.clone()))) /> }.into_any()
            });
            view! {
                <tr>
                    <td>
                        <bdi class="strong">{name(person)}</bdi>
                        {named.then(|| view! { <bdi class="quiet small block">{person.email.clone()}</bdi> }.into_any())}
                    </td>
                    <td>{person.role.clone()}</td>
                    <td><Status tone label=words /></td>
                    <td class="num">{confirm}</td>
                </tr>
            }.into_any()
        })
        .collect();
    match rows.is_empty() {
        true => view! { <p>{text::nobody()}</p> }.into_any(),
        false => view! {
            <div class="scroll-x">
                <table class="plain-table">
                    <thead>
                        <tr>
                            <th scope="col">{text::person()}</th>
                            <th scope="col">{text::role()}</th>
                            <th scope="col">{text::status()}</th>
                            <th scope="col"><span class="sr">{list_text::actions()}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    }
}

fn status(status: MemberStatus) -> (Tone, String) {
    match status {
        MemberStatus::Revoked => (Tone::Broken, text::revoked().to_owned()),
        MemberStatus::Invited => (Tone::Wait, text::invited().to_owned()),
        MemberStatus::NeedsConfirmation => (Tone::Attend, text::needs_confirmation().to_owned()),
        MemberStatus::Confirmed => (Tone::Good, text::confirmed().to_owned()),
        MemberStatus::Staged => (Tone::Plain, text::staged().to_owned()),
        MemberStatus::Unknown(number) => (Tone::Plain, text::unknown_status(&format::number(number))),
    }
}
