use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    Field, InvitationFinding, InvitationRow, InvitationsPreview, InviteFromTable, JobId, PreviewInvitations,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{
    Members,
    invite::{arithmetic, missing},
};
use crate::form::{DialogForm, Sending};
use crate::format;
use crate::live::{handler, live, memo};
use crate::messages::{members as text, staff as words};
use crate::pages::invited;
use crate::ui::{Button, Dialog, Press, Status, Tone, fresh_id};

/// Rows of a table that are drawn.
const SHOWN: usize = 60;

/// Invites everybody in a table, after every row has said what would come of it.
#[component]
pub(super) fn TableDialog(members: Members, #[prop(into)] on_close: Press) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let preview = RwSignal::new(None::<InvitationsPreview>);
    let begun = RwSignal::new(None::<JobId>);
    let sending = Sending::new(&[Field::Emails]);
    let within = move || members.space.within_untracked();
    let look = move || {
        let question = PreviewInvitations { within: within(), text: typed.get_untracked() };
        sending.send(members.link, question, move |found| preview.set(Some(found)));
    };
    let go = move || {
        let question = InviteFromTable { within: within(), text: typed.get_untracked() };
        sending.send(members.link, question, move |job| begun.set(Some(job)));
    };
    view! {
        <Dialog title=text::table_title().to_owned() wide=true held=sending.busy() on_close>
            {live(move || match (begun.get(), preview.get()) {
                (Some(job), _) => view! { <invited::Invited job registers_at=members.registers_at() on_close /> }.into_any(),
                (None, Some(found)) => judged(found, preview, sending, go, on_close).into_any(),
                (None, None) => view! {
                    <DialogForm sending verb=text::table_look().to_owned() on_submit=look on_close>
                        <p>{text::table_how()}</p>
                        {source(typed, sending)}
                    </DialogForm>
                }.into_any(),
            })}
        </Dialog>
    }
}

/// The table as a file, or pasted.
fn source(typed: RwSignal<String>, sending: Sending) -> impl IntoView {
    let (file, area, said) = (fresh_id(), fresh_id(), fresh_id());
    let read = handler(move |event: web_sys::Event| {
        let input: Option<web_sys::HtmlInputElement> =
            event.target().and_then(|target| target.dyn_into().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            if let Ok(text) = JsFuture::from(file.text()).await {
                typed.try_set(text.as_string().unwrap_or_default());
            }
        });
    });
    let fault = sending.fault(Field::Emails);
    let described = said.clone();
    view! {
        <div class="field">
            <label for=file.clone()>{text::table_file()}</label>
            <input class="input" id=file type="file" accept=".csv,text/csv,text/plain" on:change=read />
        </div>
        <div class="field">
            <label for=area.clone()>{text::table_text()}</label>
            <textarea
                class="input mono"
                id=area
                rows="8"
                spellcheck="false"
                autocomplete="off"
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=described
                bind:value=typed
            ></textarea>
            <p class="fault" id=said>{move || fault.get()}</p>
        </div>
    }
}

/// Every row with what would come of it.
fn judged(
    found: InvitationsPreview,
    preview: RwSignal<Option<InvitationsPreview>>,
    sending: Sending,
    go: impl Fn() + 'static,
    on_close: Press,
) -> impl IntoView {
    let InvitationsPreview { rows, ready, seats } = found;
    let short = missing(seats, ready);
    let reason = match (ready, short) {
        (0, _) => Some(text::table_nobody().to_owned()),
        (_, 0) => None,
        (_, short) => Some(text::seats_short(short)),
    };
    let verb = if ready == 0 { words::invite_nobody().to_owned() } else { text::table_go(ready) };
    let counts = text::table_counts(&format::number(ready), &format::number(rows.len() as u32));
    let seats = memo(move || Some(seats));
    // What needs a decision comes first; a long table is not drawn as a whole.
    let more = rows.len().saturating_sub(SHOWN) as u32;
    let (new, others): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.finding == InvitationFinding::New);
    let shown = others.into_iter().chain(new).take(SHOWN).map(judged_row).collect_view();
    view! {
        <DialogForm sending verb reason on_submit=go on_close>
            <div class="across">
                <b role="status">{counts}</b>
                <Button label=text::table_change().to_owned() on_press=move || preview.set(None) />
            </div>
            {arithmetic(seats, Signal::derive(move || ready))}
            <div class="judged" tabindex="0" role="region" aria-label=text::finding()>
                <table>
                    <thead>
                        <tr>
                            <th>{text::line()}</th><th>{words::email()}</th><th>{words::role()}</th>
                            <th>{text::groups()}</th><th>{text::finding()}</th>
                        </tr>
                    </thead>
                    <tbody>{shown}</tbody>
                </table>
            </div>
            {(more > 0).then(|| view! { <p class="quiet">{text::table_more(more)}</p> }.into_any())}
        </DialogForm>
    }
}

fn judged_row(row: InvitationRow) -> AnyView {
    let (tone, words) = finding(&row.finding);
    view! {
        <tr>
            <td class="num">{format::number(row.line)}</td>
            <td><bdi>{row.email}</bdi></td>
            <td>{text::role_word(row.role)}</td>
            <td><bdi>{row.groups.join(", ")}</bdi></td>
            <td><Status tone label=words /></td>
        </tr>
    }
    .into_any()
}

fn finding(finding: &InvitationFinding) -> (Tone, String) {
    match finding {
        InvitationFinding::New => (Tone::Good, text::found_new().to_owned()),
        InvitationFinding::Member(status) => (Tone::Plain, text::found_member(&text::status_word(*status))),
        InvitationFinding::Twice => (Tone::Plain, text::found_twice().to_owned()),
        InvitationFinding::BadAddress => (Tone::Broken, text::found_bad_address().to_owned()),
        InvitationFinding::UnknownRole(role) => {
            (Tone::Broken, text::found_unknown_role(&format::isolate(role)))
        }
        InvitationFinding::RoleNotYours => (Tone::Broken, text::found_role_not_yours().to_owned()),
        InvitationFinding::UnknownGroup(group) => {
            (Tone::Broken, text::found_unknown_group(&format::isolate(group)))
        }
    }
}
