//! A client in a few figures, and leaving it.

use leptos::prelude::*;
use portal_bridge::{
    Action, Activity, LeaveClient, OrganizationId, OverviewView, Phrase, Reason, SpaceView, Verdict,
};

use super::Open;
use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending};
use crate::format::{self, isolate};
use crate::messages::{client as text, clients as list_text, reasons, space as space_text};
use crate::router::use_router;
use crate::session::{obstacle, verdict};
use crate::space::Space;
use crate::ui::{Button, ButtonKind, ConfirmDialog, Meter, Press, Status, Toasts, Tone};

/// The figures.
pub(super) fn summary(
    space: Space,
    view: &OverviewView,
    about: &SpaceView,
    open: RwSignal<Option<Open>>,
) -> impl IntoView + use<> {
    let enabled = view.client.as_ref().map_or(about.enabled, |client| client.enabled);
    let (tone, state) = if enabled { (Tone::Good, text::on()) } else { (Tone::Broken, text::off()) };
    let (key_tone, key) = match (about.key_opens, about.as_staff) {
        (true, true) => (Tone::Good, text::key_good()),
        (true, false) => (Tone::Good, text::key_good_own()),
        (false, _) => (Tone::Broken, text::key_broken()),
    };
    let role = view.role.clone().map(|role| view! { <dt>{text::your_role()}</dt><dd>{role}</dd> }.into_any());
    let managed = about
        .managed_by
        .clone()
        .filter(|_| !about.as_staff)
        .map(|name| view! { <dt>{text::managed_by()}</dt><dd><bdi>{name}</bdi></dd> }.into_any());
    let manages = untrack(|| space.shows(Action::ViewMembers));
    // Where nothing is paid for, nobody counts seats: its members are counted below.
    let metered = view.assigned.is_some() || about.plan.is_some();
    let policies = view.policies_on.map(|on| {
        view! { <dt>{text::policies()}</dt><dd class="figures">{text::policies_on(on)}</dd> }.into_any()
    });
    let last = untrack(|| space.shows(Action::ViewOrganizationEvents)).then(|| {
        // Where no events are kept, nobody can say that nothing happened.
        let kept = untrack(|| space.obstacle(Action::ViewOrganizationEvents)) != Some(Reason::EventsOff);
        let last = match kept {
            true => activity(view.last.as_deref()),
            false => view! { <span class="quiet">{space_text::events_off()}</span> }.into_any(),
        };
        view! { <dt>{text::last_activity()}</dt><dd>{last}</dd> }.into_any()
    });
    let added = view.client.as_ref().map(|client| {
        view! { <dt>{text::added()}</dt><dd data-tip=format::exact(client.added)>{format::when(client.added)}</dd> }
            .into_any()
    });
    view! {
        <section aria-labelledby="summary">
            <h2 id="summary">{text::summary()}</h2>
            <dl class="facts">
                <dt>{text::state()}</dt><dd><Status tone label=state /></dd>
                {role}
                {managed}
                {about.plan.clone().map(|plan| view! { <dt>{text::plan()}</dt><dd>{plan}</dd> }.into_any())}
                {(manages && metered).then(|| seats(view, open))}
                <dt>{text::members()}</dt><dd class="figures">{format::number(view.members)}</dd>
                {(manages && view.waiting > 0).then(|| view! {
                    <dt>{text::waiting()}</dt><dd><Status tone=Tone::Wait label=format::number(view.waiting) /></dd>
                }.into_any())}
                {policies}
                {last}
                {added}
                <dt>{text::key()}</dt><dd><Status tone=key_tone label=key /></dd>
            </dl>
        </section>
    }
}

fn seats(view: &OverviewView, open: RwSignal<Option<Open>>) -> AnyView {
    let words = match view.assigned {
        Some(assigned) => list_text::used_of(&format::number(view.used), &format::number(assigned)),
        None => format!("{}, {}", format::number(view.used), list_text::not_metered()),
    };
    let left = view.assigned.map(|assigned| text::seats_left(assigned.saturating_sub(view.used)));
    let seating = verdict(&view.rights, Action::ChangeSeats);
    let change = (seating != Verdict::Hidden).then(|| {
        let reason = obstacle(seating).map(|reason| reasons::reason(reason).to_owned());
        view! { <Button label=list_text::change_seats().to_owned() kind=ButtonKind::Bare reason on_press=move || open.set(Some(Open::Seats)) /> }
            .into_any()
    });
    let used = view.used;
    view! {
        <dt>{text::seats()}</dt>
        <dd class="across figures">
            {words}{left.map(|left| format!(", {left}"))}
            {view.assigned.map(|assigned| view! { <Meter part=used whole=assigned /> }.into_any())}
            {change}
        </dd>
    }
    .into_any()
}

/// When, who, what.
fn activity(last: Option<&Activity>) -> AnyView {
    let Some(Activity { date, who, what }) = last else {
        return view! { <span class="quiet">{text::nothing_yet()}</span> }.into_any();
    };
    let what: String = what
        .iter()
        .map(|part| match part {
            Phrase::Words(words) => words.clone(),
            Phrase::Name(name) => isolate(name),
        })
        .collect();
    view! {
        <span data-tip=format::exact(*date)>{format::when(*date)}</span>
        <small class="quiet block"><bdi>{who.clone()}</bdi>" "{what}</small>
    }
    .into_any()
}

/// What there is to say of the subscription of an organization that has no provider.
pub(super) fn subscription(view: &SpaceView) -> impl IntoView + use<> {
    view! {
        <p>{text::own_subscription()}</p>
        <dl class="facts">
            {view.plan.clone().map(|plan| view! { <dt>{text::plan()}</dt><dd>{plan}</dd> }.into_any())}
            {view.seats.map(|seats| view! { <dt>{text::seats()}</dt><dd class="figures">{format::number(seats)}</dd> }.into_any())}
        </dl>
    }
}

/// Leaves the organization one is a member of.
#[component]
pub(super) fn LeaveDialog(
    organization: OrganizationId,
    name: String,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let (link, router, toasts) = (use_link(), use_router(), Toasts::of_page());
    let sending = Sending::new(&[]);
    let left = text::left(&name);
    let confirm = move || {
        let left = left.clone();
        sending.send(link, LeaveClient(organization), move |()| {
            toasts.say(left);
            router.go("/providers");
        });
    };
    view! {
        <ConfirmDialog title=text::leave_title(&name) verb=text::leave().to_owned() busy=sending.busy() on_confirm=confirm on_close>
            <ProblemNotice problem=sending.problem() />
            <p>{text::leave_body()}</p>
        </ConfirmDialog>
    }
}
