use leptos::prelude::*;
use portal_bridge::{AccountView, Field, GetAccount, SaveAccount, Topic};

use super::two_step;
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_text};
use crate::live::memo;
use crate::messages::settings as text;
use crate::ui::{Button, ButtonKind, CopyButton, Notice, Skeleton, TextField, Toasts, Tone};
use crate::view::use_view;

/// Name, phrase and two-step login of the person.
pub(super) fn forms() -> impl IntoView {
    let account = use_view(|| Some(GetAccount), || vec![Topic::Account]);
    let shown = memo(move || account.map(AccountView::clone));
    view! {
        <ProblemNotice problem=Signal::derive(move || account.problem()) again=move || account.again() />
        {move || match shown.get() {
            Some(account) => draw(account).into_any(),
            None if account.problem().is_some() => ().into_any(),
            None => view! { <Skeleton /> }.into_any(),
        }}
    }
}

fn draw(account: AccountView) -> impl IntoView {
    let phrase = account.fingerprint.clone();
    view! {
        <dl class="facts">
            <dt>{text::email()}</dt>
            <dd><bdi>{account.email.clone()}</bdi></dd>
        </dl>
        <NameForm name=account.name.clone().unwrap_or_default() />
        {account.weak_derivation.then(|| view! {
            <Notice tone=Tone::Attend><b>{text::weak_derivation()}</b>" "{text::weak_derivation_body()}</Notice>
        }.into_any())}
        <div class="stack tight">
            <h3 class="label">{text::phrase()}</h3>
            <p class="quiet">{text::phrase_body()}</p>
            <div class="shown-once">
                <span class="value">{phrase.clone()}</span>
                <div class="across"><CopyButton what=phrase /></div>
            </div>
        </div>
        {two_step::section(account.two_step)}
    }
}

#[component]
fn NameForm(name: String) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let before = name.clone();
    let name = RwSignal::new(name);
    let sending = Sending::new(&[Field::Name]);
    let reason = MaybeProp::from(Signal::derive(move || {
        name.with(|name| *name == before).then(|| text::nothing_changed().to_owned())
    }));
    let submit = move || {
        if reason.get_untracked().is_some() {
            return;
        }
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, &name.get_untracked(), 50);
        if sending.check(faults) {
            let question = SaveAccount { name: name.get_untracked().trim().to_owned() };
            sending.send(link, question, move |()| toasts.say(text::saved()));
        }
    };
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <TextField
                label=text::your_name().to_owned()
                value=name
                autocomplete="name"
                name="name"
                limit=50
                hint=text::your_name_hint()
                fault=sending.fault(Field::Name)
            />
            <div class="across">
                <Button label=text::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
            </div>
        </Form>
    }
}
