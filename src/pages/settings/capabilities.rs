use leptos::prelude::*;
use portal_bridge::{
    CapabilitiesView, Capability, Feature, GetCapabilities, Remedy, ServerKind, Standing, Topic,
};

use crate::form::ProblemNotice;
use crate::format;
use crate::live::memo;
use crate::messages::capabilities as text;
use crate::ui::{Skeleton, Status, Tone};
use crate::view::use_view;

/// What the server lets people do, and what switches on what is off.
pub(super) fn facts() -> impl IntoView {
    let view = use_view(|| Some(GetCapabilities { look_again: true }), || vec![Topic::Providers]);
    let shown = memo(move || view.map(CapabilitiesView::clone));
    view! {
        <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
        {move || match shown.get() {
            Some(found) => draw(&found).into_any(),
            None if view.problem().is_some() => ().into_any(),
            None => view! { <Skeleton lines=8 /> }.into_any(),
        }}
    }
}

fn draw(view: &CapabilitiesView) -> impl IntoView + use<> {
    let policies = (view.policies_known < view.policies)
        .then(|| text::policies_known(&format::number(view.policies_known), &format::number(view.policies)));
    let kind = view.kind;
    let rows = view.rows.iter().map(|row| {
        let note = policies.clone().filter(|_| row.feature == Feature::Policies);
        line(*row, kind, note)
    });
    view! {
        <dl class="facts capabilities">
            <dt>{text::server()}</dt>
            <dd><bdi>{text::kind(kind, view.name.as_deref())}</bdi></dd>
            {view.version.as_deref().map(|version| view! {
                <dt>{text::speaks()}</dt>
                <dd class="figures"><bdi>{text::speaks_version(version)}</bdi></dd>
            }.into_any())}
            {rows.collect_view()}
        </dl>
    }
}

fn line(row: Capability, kind: ServerKind, note: Option<String>) -> AnyView {
    let (tone, more) = match row.standing {
        Standing::On => (Tone::Good, note),
        Standing::Off(remedy) => (Tone::Attend, Some(text::remedy(remedy, row.lacking))),
        Standing::NotOnThisServer => (Tone::Plain, None),
        Standing::Unknown => (Tone::Plain, Some(text::unknown_because(kind, row.feature).to_owned())),
    };
    let setting = match row.standing {
        Standing::Off(Remedy::Setting(setting)) => Some(setting.written()),
        _ => None,
    };
    view! {
        <dt>{text::feature(row.feature)}</dt>
        <dd>
            <Status tone label=text::standing(row.standing) />
            {more.map(|more| view! { <small class="quiet">{more}</small> }.into_any())}
            {setting.map(|setting| view! { <code>{setting}</code> }.into_any())}
        </dd>
    }
    .into_any()
}
