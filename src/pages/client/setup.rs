//! The recommended set-up as a checklist, each step one click from its page.

use leptos::prelude::*;
use portal_bridge::{Action, Feature, Step, StepKind, StepState};

use crate::format;
use crate::messages::{capabilities, client as text};
use crate::space::Space;
use crate::ui::{Glyph, Icon, Meter};

/// The steps with their progress. Steps the role does not see are left out; nothing stands there when none is left.
pub(super) fn checklist(space: Space, steps: &[Step]) -> impl IntoView + use<> {
    let seen: Vec<Step> = steps.iter().filter(|step| step.state != StepState::Unknown).copied().collect();
    let of_plan = seen.iter().filter(|step| step.state != StepState::NotInPlan);
    let whole = of_plan.clone().count() as u32;
    let done = of_plan.filter(|step| step.state == StepState::Done).count() as u32;
    let next = seen.iter().position(|step| step.state == StepState::Open);
    // The first step alone says nothing to those who cannot take any.
    (whole > 1).then(|| {
        let lines: Vec<_> =
            seen.iter().enumerate().map(|(at, step)| line(space, *step, Some(at) == next)).collect();
        let progress = text::setup_progress(&format::number(done), &format::number(whole));
        view! {
            <section aria-labelledby="setup" class="setup">
                <h2 id="setup">{text::setup()}</h2>
                <p class="across quiet figures">
                    {if done == whole { text::setup_done().to_owned() } else { progress }}
                    <Meter part=done whole=whole />
                </p>
                <ol>{lines}</ol>
            </section>
        }
        .into_any()
    })
}

fn line(space: Space, step: Step, next: bool) -> AnyView {
    let (name, note, section, action) = words(step);
    let switched_off =
        untrack(|| step.kind == StepKind::Groups && space.switched_off(Feature::Groups).is_some());
    let not_there = if switched_off { capabilities::off_head() } else { text::step_not_in_plan() };
    let (glyph, state, class) = match step.state {
        StepState::Done => (Glyph::Done, text::step_done(), "done"),
        StepState::NotInPlan => (Glyph::Info, not_there, "left-out"),
        StepState::Open | StepState::Unknown => (Glyph::ChevronRight, text::step_open(), "open"),
    };
    let inside = view! {
        <Icon glyph />
        <span class="words">
            <span class="strong">{name}</span>
            <small class="quiet">{if step.state == StepState::NotInPlan { not_there.to_owned() } else { note }}</small>
        </span>
        <span class="sr">{state}</span>
        {next.then(|| view! { <span class="badge accent">{text::step_next()}</span> }.into_any())}
    };
    let leads =
        untrack(|| action.is_none_or(|action| space.shows(action))) && step.state != StepState::NotInPlan;
    let address = section.filter(|_| leads).map(|section| untrack(|| space.path(section)));
    match address {
        Some(address) => view! { <li class=class><a class="step" href=address>{inside}</a></li> }.into_any(),
        None => view! { <li class=class><span class="step">{inside}</span></li> }.into_any(),
    }
}

/// Name, how far it is, the section that takes the step, and who sees that section.
fn words(step: Step) -> (&'static str, String, Option<&'static str>, Option<Action>) {
    let some = |note: &'static str| note.to_owned();
    let have = step.have;
    match step.kind {
        StepKind::Organization => {
            (text::step_organization(), some(text::step_organization_note()), None, None)
        }
        StepKind::AdministrativeSeats => {
            (text::step_seats(), text::step_seats_note(have), Some("members"), Some(Action::ViewMembers))
        }
        StepKind::Collections => (
            text::step_collections(),
            text::step_collections_note(have),
            Some("collections"),
            Some(Action::ViewCollections),
        ),
        StepKind::FirstItems => (
            text::step_items(),
            some(if have > 0 { text::step_items_some() } else { text::step_items_none() }),
            Some("items"),
            Some(Action::ViewItems),
        ),
        StepKind::Policies => (
            text::step_policies(),
            text::step_policies_note(have),
            Some("policies"),
            Some(Action::ManagePolicies),
        ),
        StepKind::Groups => (
            text::step_groups(),
            text::step_groups_note(have),
            Some("groups"),
            Some(Action::ViewGroupDetails),
        ),
        StepKind::People => {
            (text::step_people(), text::step_people_note(have), Some("members"), Some(Action::ViewMembers))
        }
    }
}
