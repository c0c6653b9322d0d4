use std::collections::HashSet;

use leptos::prelude::*;
use portal_bridge::{ConfirmStaff, GetStaffFingerprints, ProviderUserId, StaffFingerprint};

use super::{Staff, work};
use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::live::memo;
use crate::messages::{staff as text, ui as words};
use crate::ui::{Button, ButtonKind, Check, Dialog, Glyph, Notice, Press, Skeleton, Tone};
use crate::view::use_view;

/// Hands the provider key to people, after each phrase was compared with its person.
#[component]
pub(super) fn ConfirmStaffDialog(
    staff: Staff,
    ids: Vec<ProviderUserId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let provider = staff.provider.id_untracked();
    let asked = ids.len() as u32;
    let phrases = use_view(move || Some(GetStaffFingerprints { provider, staff: ids.clone() }), Vec::new);
    let compared = RwSignal::new(HashSet::<ProviderUserId>::new());
    let ready = memo(move || compared.with(|compared| compared.len() as u32));
    let waiting =
        memo(move || phrases.map(|all| all.iter().filter(|one| one.phrase.is_some()).count() as u32));

    let confirm = move || {
        let people: Vec<(ProviderUserId, String)> = phrases
            .map_untracked(|all| {
                compared.with_untracked(|compared| {
                    let ticked = all.iter().filter(|one| compared.contains(&one.staff));
                    ticked.filter_map(|one| Some((one.staff, one.phrase.clone()?))).collect()
                })
            })
            .unwrap_or_default();
        if people.is_empty() {
            return;
        }
        for (id, _) in &people {
            staff.selection.set(*id, false);
        }
        work::begin(staff, ConfirmStaff { provider, staff: people }, text::finished_confirm);
        on_close.run(());
    };
    let reason = MaybeProp::from(Signal::derive(move || {
        (ready.get() == 0).then(|| match waiting.get() {
            Some(0) => text::nobody_to_confirm().to_owned(),
            _ => text::nobody_ticked().to_owned(),
        })
    }));
    let verb = Signal::derive(move || match ready.get() {
        0 => text::confirm().to_owned(),
        ready => text::confirm_go(ready),
    });
    let title = Signal::derive(move || text::confirm_title(waiting.get().unwrap_or(asked)));
    view! {
        <Dialog title wide=true on_close>
            <div class="body">
                <ProblemNotice problem=Signal::derive(move || phrases.problem()) again=move || phrases.again() />
                {move || match phrases.get() {
                    None if phrases.problem().is_some() => ().into_any(),
                    None => view! { <Skeleton /> }.into_any(),
                    Some(all) => {
                        let (there, out): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.phrase.is_some());
                        view! {
                            {(!there.is_empty()).then(|| view! { <p>{text::confirm_how()}</p><p>{text::confirm_not()}</p> }.into_any())}
                            <ul class="compares">{there.into_iter().map(|one| person(one, compared)).collect_view()}</ul>
                            {(!out.is_empty()).then(|| left_out(&out))}
                        }
                        .into_any()
                    }
                }}
            </div>
            <footer>
                <Button label=words::cancel().to_owned() on_press=on_close />
                <Button label=verb kind=ButtonKind::Go icon=Glyph::UserCheck reason on_press=confirm />
            </footer>
        </Dialog>
    }
}

fn person(one: StaffFingerprint, compared: RwSignal<HashSet<ProviderUserId>>) -> impl IntoView {
    let id = one.staff;
    let name = isolate(&one.label);
    let ticked = Signal::derive(move || compared.with(|compared| compared.contains(&id)));
    let tick = move |on: bool| {
        compared.update(|compared| {
            if on {
                compared.insert(id);
            } else {
                compared.remove(&id);
            }
        });
    };
    let changed = one.changed.then(|| text::phrase_changed_body(&name));
    view! {
        <li class="compare">
            <bdi class="strong">{one.label}</bdi>
            {changed.map(|body| view! {
                <Notice tone=Tone::Broken urgent=true><b>{text::phrase_changed()}</b>" "{body}</Notice>
            }.into_any())}
            <ol class="words">
                {one.phrase.unwrap_or_default().split('-').map(|word| view! { <li>{word.to_owned()}</li> }.into_any()).collect_view()}
            </ol>
            <Check label=text::compared(&name) value=ticked on_change=tick />
        </li>
    }
}

fn left_out(out: &[StaffFingerprint]) -> impl IntoView + use<> {
    view! {
        <div>
            <p class="quiet">{text::left_out(out.len() as u32)}</p>
            <ul class="plain quiet">{out.iter().map(|one| view! { <li><bdi>{one.label.clone()}</bdi></li> }.into_any()).collect_view()}</ul>
        </div>
    }
}
