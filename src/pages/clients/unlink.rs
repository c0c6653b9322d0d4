use leptos::prelude::*;
use portal_bridge::{
    ClientRow, GetClient, MemberStatus, ProviderOrganizationId, Topic, UnlinkClients, Verdict,
};

use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending};
use crate::format;
use crate::messages::{client_forms as text, reasons};
use crate::session::{use_provider, verdict};
use crate::shell::use_shell;
use crate::ui::{ConfirmDialog, Notice, Press, Toasts, Tone};
use crate::view::use_view;

/// Names listed before the rest is counted.
const NAMED: usize = 8;

/// Unlinks clients, after naming what that means and having it typed.
#[component]
pub(crate) fn UnlinkDialog(
    /// The clients whose rows are here; the names shown.
    rows: Vec<ClientRow>,
    /// All that are unlinked.
    links: Vec<ProviderOrganizationId>,
    #[prop(into)] on_close: Press,
    /// Called when the work has begun.
    #[prop(into)]
    on_begun: Press,
) -> impl IntoView {
    let (link, provider, toasts, shell) = (use_link(), use_provider(), Toasts::of_page(), use_shell());
    let sending = Sending::new(&[]);
    let count = links.len() as u32;
    let single = (links.len() == 1).then(|| rows.first().cloned()).flatten();
    let (title, typed) = match &single {
        Some(row) => (text::unlink_title(&format::isolate(&row.name)), row.name.clone()),
        None => (text::unlink_many(count), text::unlink_type(count)),
    };

    // One client can be looked at first; of many the core tells afterwards which ones were refused.
    let organization = single.as_ref().map(|row| row.organization);
    let client = use_view(
        move || organization.map(|organization| GetClient { provider: provider.id(), organization }),
        move || vec![Topic::Clients(provider.id())],
    );
    let reason = Signal::derive(move || {
        organization?;
        let found = client.map(|client| {
            let owner = client
                .people
                .iter()
                .any(|person| person.role == "Owner" && person.status == MemberStatus::Confirmed);
            match verdict(&client.rights, portal_bridge::Action::UnlinkClient) {
                Verdict::Disabled(reason) => Some(reasons::reason(reason).to_owned()),
                _ if !owner => Some(text::unlink_no_owner().to_owned()),
                _ => None,
            }
        });
        match (found, client.problem()) {
            (Some(reason), _) => reason,
            (None, None) => Some(text::unlink_checking().to_owned()),
            (None, Some(_)) => None,
        }
    });

    let seats: u32 = rows.iter().filter_map(|row| row.assigned).sum();
    let all_here = rows.len() == links.len();
    let more = count.saturating_sub(NAMED.min(rows.len()) as u32);
    let names = single.is_none().then(|| {
        let names: Vec<_> = rows.iter().take(NAMED).map(|row| view! { <li><bdi>{row.name.clone()}</bdi></li> }.into_any()).collect();
        view! {
            <p>{text::unlink_names()}</p>
            <ul class="plain">{names}{(more > 0).then(|| view! { <li>{text::unlink_and_more(more)}</li> }.into_any())}</ul>
        }.into_any()
    });
    let confirm = move || {
        let question = UnlinkClients { provider: provider.id_untracked(), links: links.clone() };
        sending.send(link, question, move |_| {
            toasts.say(text::unlinking(count));
            on_begun.run(());
            on_close.run(());
            if count > 1 {
                shell.show_jobs();
            }
        });
    };
    view! {
        <ConfirmDialog title verb=text::unlink().to_owned() typed reason=MaybeProp::from(reason) busy=sending.busy() on_confirm=confirm on_close>
            <ProblemNotice problem=sending.problem() />
            {names}
            <ul class="plain">
                <li>{text::unlink_keeps()}</li>
                <li>{text::unlink_access()}</li>
                <li>{text::unlink_billing()}</li>
                {(all_here && seats > 0).then(|| view! { <li>{text::unlink_seats(seats)}</li> }.into_any())}
                <li>{text::unlink_needs_owner()}</li>
            </ul>
            {move || reason.get().map(|reason| view! { <Notice tone=Tone::Attend>{reason}</Notice> }.into_any())}
        </ConfirmDialog>
    }
}
