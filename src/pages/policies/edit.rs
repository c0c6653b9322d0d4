//! The form of one policy: whether it is on, its data, what it needs, and whom it revokes.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    GetPolicies, PolicyObstacle, PolicyStep, PolicyType, PolicyView, SavePolicies, SavePolicy, Seen,
};

use super::{
    Page, effect,
    fields::Entered,
    kinds::{known, name, says},
    names,
};
use crate::form::{DialogForm, Sending};
use crate::live::{live, memo};
use crate::messages::policies as text;
use crate::pages::access::{Meanwhile, other_problem};
use crate::ui::{Check, Dialog, Notice, Press, Skeleton, Tone};

/// The form of a policy.
#[component]
pub(super) fn PolicyDialog(page: Page, kind: PolicyType, #[prop(into)] on_close: Press) -> impl IntoView {
    let sending = Sending::new(&[portal_bridge::Field::Other]);
    // Drawn from how it stood when the dialog opened; drawn afresh where the person wants to see how it stands now.
    let shown = RwSignal::new(untrack(|| page.of(kind)));
    crate::live::effect(move || {
        if shown.with_untracked(Option::is_none) {
            shown.set(page.of(kind));
        }
    });
    view! {
        <Dialog title=name(kind) held=sending.busy() on_close>
            {live(move || match shown.get() {
                Some(policy) => form(page, policy, shown, sending, on_close).into_any(),
                None => view! { <div class="body"><Skeleton /></div> }.into_any(),
            })}
        </Dialog>
    }
}

fn form(
    page: Page,
    policy: PolicyView,
    shown: RwSignal<Option<PolicyView>>,
    sending: Sending,
    on_close: Press,
) -> impl IntoView {
    let kind = policy.kind;
    let described = known(kind).map(|known| known.fields).unwrap_or_default();
    let fields: Vec<Entered> = described.iter().map(|field| Entered::new(field, &policy.data)).collect();
    let strange =
        policy.data.iter().any(|(key, _)| described.iter().all(|field| !field.key.eq_ignore_ascii_case(key)));
    let was = policy.enabled;
    let enabled = RwSignal::new(was);
    let seen = RwSignal::new(policy.seen);
    let (needs, needed_by) = (policy.needs.clone(), policy.needed_by.clone());
    // What is switched before it, and which way.
    let before = {
        let (needs, needed_by) = (needs.clone(), needed_by.clone());
        memo(move || match enabled.get() {
            true if !was => needs.iter().map(|kind| (*kind, true)).collect::<Vec<_>>(),
            false if was => needed_by.iter().map(|kind| (*kind, false)).collect(),
            _ => Vec::new(),
        })
    };
    let effects = effect::REVOKING.map(|revoking| {
        let wanted = memo(move || {
            let own = revoking == kind && enabled.get() && !was;
            own || before.with(|before| before.contains(&(revoking, true)))
        });
        (revoking, wanted, effect::preview(page, revoking, move || wanted.get()))
    });
    let revoked = move || {
        let counts = effects.iter().filter(|(_, wanted, _)| wanted.get());
        counts.filter_map(|(_, _, effect)| effect.map(|effect| effect.revoked.len() as u32)).sum::<u32>()
    };
    let entered = fields.clone();
    let submit = move || {
        let data: Option<Vec<_>> = entered.iter().map(|field| field.read()).collect();
        let Some(data) = data else { return };
        let step = PolicyStep { kind, label: name(kind), enabled: enabled.get_untracked(), data };
        send(page, sending, seen.get_untracked(), before.get_untracked(), step, on_close);
    };
    let mine = {
        let submit = submit.clone();
        move || {
            let submit = submit.clone();
            let answer = page.link.ask(GetPolicies(page.space.within_untracked()));
            spawn_local(async move {
                match answer.await {
                    Ok(all) => {
                        if let Some(now) = all.iter().find(|policy| policy.kind == kind) {
                            seen.try_set(now.seen);
                        }
                        submit();
                    }
                    Err(problem) => sending.fail(problem),
                }
            });
        }
    };
    let show = move || {
        sending.clear();
        shown.set(page.of(kind));
    };
    let verb = Signal::derive(move || match (revoked(), before.with(Vec::len) as u32) {
        (0, 0) => text::save().to_owned(),
        (0, before) => text::save_steps(before + 1),
        (revoked, _) => text::save_revoking(revoked),
    });
    let obstacle = policy.obstacle;
    let on = move |on: bool| {
        // A switch that cannot be moved says why beside it.
        if obstacle.is_none() || on == was {
            enabled.set(on);
        }
    };
    let held =
        obstacle.map(|obstacle| view! { <Notice tone=Tone::Attend>{reason(obstacle)}</Notice> }.into_any());
    let first = move || {
        before.with(|before| {
            let kinds: Vec<PolicyType> = before.iter().map(|(kind, _)| *kind).collect();
            match before.first() {
                Some((_, true)) => Some(text::needs_first(&names(&kinds), &name(kind))),
                Some((_, false)) => Some(text::needed_first(&names(&kinds))),
                None => None,
            }
        })
    };
    view! {
        <DialogForm sending verb on_submit=submit on_close problem=other_problem(sending, false)>
            <Meanwhile sending show mine />
            <p>{says(kind)}</p>
            {held}
            <Check label=text::turn_on().to_owned() value=enabled hint=text::turn_on_hint().to_owned() on_change=on />
            {move || first().map(|words| view! { <Notice tone=Tone::Wait>{words}</Notice> }.into_any())}
            {effects.into_iter().map(|(kind, wanted, found)| effect::draw(found, kind, move || wanted.get())).collect_view()}
            {fields.into_iter().map(|field| field.draw(sending)).collect_view()}
            {strange.then(|| view! { <p class="quiet small">{text::data_kept()}</p> }.into_any())}
        </DialogForm>
    }
}

/// Saves it by itself, or as one piece of work with what is switched before it.
fn send(
    page: Page,
    sending: Sending,
    seen: Seen,
    before: Vec<(PolicyType, bool)>,
    step: PolicyStep,
    on_close: Press,
) {
    let within = page.space.within_untracked();
    let called = step.label.clone();
    if before.is_empty() {
        sending.send(page.link, SavePolicy { within, seen, step }, move |()| {
            page.toasts.say(text::saved(&called));
            on_close.try_run(());
        });
        return;
    }
    let others = before.into_iter().map(|(kind, enabled)| PolicyStep {
        kind,
        label: name(kind),
        enabled,
        data: Vec::new(),
    });
    let steps = others.chain([step]).collect();
    sending.send(page.link, SavePolicies { within, steps }, move |job| {
        page.work.watch(job, text::steps_saved);
        on_close.try_run(());
    });
}

fn reason(obstacle: PolicyObstacle) -> &'static str {
    match obstacle {
        PolicyObstacle::ClaimedDomains => text::claimed_domains(),
        PolicyObstacle::KeyConnector => text::key_connector(),
        PolicyObstacle::ProviderMembers => text::provider_members(),
        PolicyObstacle::ServerSays => text::server_says(),
    }
}
