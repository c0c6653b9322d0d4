//! A look at one client, beside the list.

use leptos::prelude::*;
use portal_bridge::{Action, ClientView, GetClient, OrganizationId, Topic, Verdict};

use super::{Open, cells};
use crate::form::ProblemNotice;
use crate::format;
use crate::messages::{client as client_text, clients as text, reasons};
use crate::pages::client::people;
use crate::router::use_router;
use crate::session::{obstacle, use_provider, verdict};
use crate::ui::{Button, Glyph, Meter, Press, SidePanel, Skeleton, Status, Tone};
use crate::view::use_view;

pub(super) fn panel(client: OrganizationId, open: RwSignal<Option<Open>>) -> impl IntoView {
    let (provider, router) = (use_provider(), use_router());
    let view = use_view(
        move || Some(GetClient { provider: provider.id(), organization: client }),
        move || vec![Topic::Clients(provider.id())],
    );
    let title = Signal::derive(move || {
        view.map(|view| view.client.name.clone()).unwrap_or_else(|| text::look().to_owned())
    });
    let close = move || router.set_query(&[("look", None)]);
    view! {
        <SidePanel title on_close=close>
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match view.get() {
                Some(found) => content(&found, open).into_any(),
                None if view.loading() => view! { <Skeleton lines=6 /> }.into_any(),
                None => ().into_any(),
            }}
        </SidePanel>
    }
}

fn content(view: &ClientView, open: RwSignal<Option<Open>>) -> impl IntoView + use<> {
    let provider = use_provider();
    let row = view.client.clone();
    let address = provider.path(&format!("clients/{}", row.organization));
    let rights = view.rights.clone();
    let button = |action, words: &'static str, glyph, press: Press| {
        let verdict = verdict(&rights, action);
        (verdict != Verdict::Hidden).then(|| {
            let reason = obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
            view! { <Button label=words.to_owned() icon=glyph reason on_press=press /> }.into_any()
        })
    };
    let (renamed, seated) = (row.clone(), row.clone());
    let rename = button(
        Action::RenameClient,
        text::rename(),
        Glyph::Pencil,
        Press::new(move |()| open.set(Some(Open::Rename(renamed.clone())))),
    );
    let seats = button(
        Action::ChangeSeats,
        text::manage_seats(),
        Glyph::Users,
        Press::new(move |()| open.set(Some(Open::Seats(seated.clone())))),
    );
    let needed = cells::need(&row);
    let state = needed.map_or(text::state_on(), super::filters::need_words);
    view! {
        <div class="across">
            <a class="btn go" href=address>{text::open_client()}</a>
            {rename}
            {seats}
        </div>
        <dl class="facts">
            <dt>{text::plan()}</dt><dd>{row.plan.clone()}</dd>
            <dt>{text::seats()}</dt>
            <dd class="figures across">{cells::seats(&row)}<Meter part=row.used whole=row.assigned.unwrap_or_default() /></dd>
            <dt>{text::confirmed()}</dt><dd class="figures">{format::number(row.confirmed)}</dd>
            <dt>{text::added()}</dt><dd data-tip=format::exact(row.added)>{format::when(row.added)}</dd>
            <dt>{text::state()}</dt>
            <dd><Status tone=if needed.is_none() { Tone::Good } else { cells::tone(needed) } label=state /></dd>
        </dl>
        <section class="stack tight">
            <h3>{text::owners()}</h3>
            {people::brief(&view.people)}
            {(view.waiting > 0).then(|| view! { <Status tone=Tone::Wait label=text::members_waiting(view.waiting) /> }.into_any())}
            {(!view.key_opens).then(|| view! { <Status tone=Tone::Broken label=client_text::key_broken() /> }.into_any())}
        </section>
    }
}
