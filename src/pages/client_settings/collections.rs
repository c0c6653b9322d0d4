use leptos::prelude::*;
use portal_bridge::{Action, CollectionSettings, SaveCollectionSettings};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending};
use crate::messages::{client_settings as text, reasons, settings as words};
use crate::space::use_space;
use crate::ui::{Button, ButtonKind, Check, Toasts};

/// Who may do what with collections: four switches, each with what it means.
pub(super) fn form(before: CollectionSettings) -> impl IntoView {
    let (link, space, toasts) = (use_link(), use_space(), Toasts::of_page());
    let now = RwSignal::new(before);
    let sending = Sending::new(&[]);
    let reason = MaybeProp::from(Signal::derive(move || {
        let obstacle =
            space.obstacle(Action::EditOrganization).map(|reason| reasons::reason(reason).to_owned());
        obstacle.or_else(|| (now.get() == before).then(|| words::nothing_changed().to_owned()))
    }));
    let submit = move || {
        if reason.get_untracked().is_none() {
            let within = space.within_untracked();
            let question = SaveCollectionSettings { within, before, after: now.get_untracked() };
            sending.send(link, question, move |()| toasts.say(words::saved()));
        }
    };
    // Only a provider has staff.
    let managed = untrack(|| space.read(|view| view.managed_by.is_some())).unwrap_or_default();
    let reach_hint = match managed {
        true => format!("{} {}", text::admins_reach_everything_hint(), text::staff_unaffected()),
        false => text::admins_reach_everything_hint().to_owned(),
    };
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <Check
                label=text::limit_creation().to_owned()
                hint=text::limit_creation_hint().to_owned()
                value=Signal::derive(move || now.get().limit_creation)
                on_change=move |on| now.update(|now| now.limit_creation = on)
            />
            <Check
                label=text::limit_deletion().to_owned()
                hint=text::limit_deletion_hint().to_owned()
                value=Signal::derive(move || now.get().limit_deletion)
                on_change=move |on| now.update(|now| now.limit_deletion = on)
            />
            <Check
                label=text::limit_item_deletion().to_owned()
                hint=text::limit_item_deletion_hint().to_owned()
                value=Signal::derive(move || now.get().limit_item_deletion)
                on_change=move |on| now.update(|now| now.limit_item_deletion = on)
            />
            <Check
                label=text::admins_reach_everything().to_owned()
                hint=reach_hint
                value=Signal::derive(move || now.get().admins_reach_everything)
                on_change=move |on| now.update(|now| now.admins_reach_everything = on)
            />
            <div class="across">
                <Button label=words::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
            </div>
        </Form>
    }
}
