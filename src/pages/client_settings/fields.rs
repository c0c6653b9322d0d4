use leptos::prelude::*;
use portal_bridge::{Action, Field, Question, SaveBillingEmail, SaveClientName};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_email, check_text};
use crate::messages::{client_settings as text, reasons, settings as words};
use crate::space::use_space;
use crate::ui::{Button, ButtonKind, InputKind, TextField, Toasts};

/// Characters in a name at most.
const NAME_LENGTH: u32 = 50;

/// The organization's name.
pub(super) fn name(before: String) -> impl IntoView {
    let space = use_space();
    let kept = before.clone();
    let value = RwSignal::new(before);
    let sending = Sending::new(&[Field::Name]);
    let field = view! {
        <TextField label=text::name().to_owned() value name="organization" limit=NAME_LENGTH hint=text::name_hint() fault=sending.fault(Field::Name) />
    };
    let check = move |text: &str| {
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, text, NAME_LENGTH);
        sending.check(faults)
    };
    let question = move |name| SaveClientName { within: space.within_untracked(), name };
    form(kept, value, sending, Action::EditOrganization, field.into_any(), check, question)
}

/// Where its bills go.
pub(super) fn billing(before: String) -> impl IntoView {
    let space = use_space();
    let kept = before.clone();
    let value = RwSignal::new(before);
    let sending = Sending::new(&[Field::BillingEmail]);
    let managed = untrack(|| space.read(|view| view.managed_by.is_some())).unwrap_or_default();
    let hint = MaybeProp::from(managed.then(|| text::billing_hint().to_owned()));
    let field = view! {
        <TextField label=text::billing_email().to_owned() value kind=InputKind::Email name="billing" hint fault=sending.fault(Field::BillingEmail) />
    };
    let check = move |text: &str| {
        let mut faults = Vec::new();
        check_email(&mut faults, Field::BillingEmail, text);
        sending.check(faults)
    };
    let question = move |email| SaveBillingEmail { within: space.within_untracked(), email };
    form(kept, value, sending, Action::EditBillingEmail, field.into_any(), check, question)
}

/// One field with its button, which has a reason as long as there is nothing to save.
fn form<Q: Question<Answer = ()>>(
    before: String,
    value: RwSignal<String>,
    sending: Sending,
    action: Action,
    field: AnyView,
    check: impl Fn(&str) -> bool + 'static,
    question: impl Fn(String) -> Q + 'static,
) -> AnyView {
    let (link, space, toasts) = (use_link(), use_space(), Toasts::of_page());
    let reason = MaybeProp::from(Signal::derive(move || {
        let obstacle = space.obstacle(action).map(|reason| reasons::reason(reason).to_owned());
        let same = value.with(|value| value.trim() == before);
        obstacle.or_else(|| same.then(|| words::nothing_changed().to_owned()))
    }));
    let submit = move || {
        let typed = value.get_untracked();
        if reason.get_untracked().is_none() && check(&typed) {
            sending.send(link, question(typed.trim().to_owned()), move |()| toasts.say(words::saved()));
        }
    };
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            {field}
            <div class="across">
                <Button label=words::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
            </div>
        </Form>
    }
    .into_any()
}
