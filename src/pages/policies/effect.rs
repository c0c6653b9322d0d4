//! Whom a policy revokes, said before it is saved.

use leptos::prelude::*;
use portal_bridge::{GetPolicyEffect, Part, PolicyType};

use super::{Page, kinds::name};
use crate::form::ProblemNotice;
use crate::live::live;
use crate::messages::policies as text;
use crate::ui::{Notice, Skeleton, Tone};
use crate::view::{View, use_view};

/// Policies that revoke people when they are switched on (contract §4.6).
pub(super) const REVOKING: [PolicyType; 2] = [PolicyType::TwoFactorAuthentication, PolicyType::SingleOrg];

/// What one of them would do; asked only while `wanted`.
pub(super) fn preview(
    page: Page,
    kind: PolicyType,
    wanted: impl Fn() -> bool + 'static,
) -> View<GetPolicyEffect> {
    let within = page.space.within_untracked();
    use_view(
        move || wanted().then_some(GetPolicyEffect { within, kind }),
        move || vec![page.space.topic(Part::Members)],
    )
}

/// Draws it while it is `wanted`.
pub(super) fn draw(
    effect: View<GetPolicyEffect>,
    kind: PolicyType,
    wanted: impl Fn() -> bool + Send + 'static,
) -> AnyView {
    live(move || {
        if !wanted() {
            return None;
        }
        let problem = effect.problem();
        let Some(found) = effect.get() else {
            return Some(match problem {
                Some(problem) => {
                    view! { <ProblemNotice problem=Signal::derive(move || Some(problem.clone())) again=move || effect.again() /> }
                        .into_any()
                }
                None => view! { <Skeleton /> }.into_any(),
            });
        };
        let name = name(kind);
        let count = found.revoked.len() as u32;
        let words = if count > 0 { text::revokes(count, &name) } else { text::revokes_nobody(&name) };
        let tone = if count == 0 && found.certain { Tone::Good } else { Tone::Attend };
        let person = |(label, address): (String, Option<String>)| {
            view! { <li><bdi>{label}</bdi>" "<bdi class="quiet small">{address}</bdi></li> }.into_any()
        };
        let unseen = (!found.certain).then(|| view! { <p>{text::revokes_unknown(&name)}</p> }.into_any());
        let words = (count > 0 || found.certain).then_some(words);
        Some(
            view! {
                <Notice tone>
                    <div class="effect">
                        <p>{words}</p>
                        <ul class="plain">{found.revoked.into_iter().map(person).collect_view()}</ul>
                        {unseen}
                    </div>
                </Notice>
            }
            .into_any(),
        )
    })
}
