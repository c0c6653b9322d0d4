//! The second step of a sign-in.

use leptos::prelude::*;
use portal_bridge::{CancelSignIn, Fault, Field, SessionView, TwoStep, TwoStepMethod, TwoStepView};

use super::entry::EntryFrame;
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, fault};
use crate::live::memo;
use crate::messages::entry as text;
use crate::ui::{Button, ButtonKind, Check, Choice, InputKind, Notice, Segments, TextField, Tone};

/// The page.
pub fn page() -> impl IntoView {
    view! {
        <EntryFrame title=text::two_step().to_owned()>
            <TwoStepForm />
        </EntryFrame>
    }
}

const APP: &str = "app";
const MAIL: &str = "mail";

/// The code of a second factor.
#[component]
pub fn TwoStepForm() -> impl IntoView {
    let link = use_link();
    let asked = memo(move || match link.session() {
        Some(SessionView::TwoStep(view)) => Some(view),
        _ => None,
    });
    let methods =
        move || asked.with(|asked| asked.as_ref().map(|view| view.methods.clone()).unwrap_or_default());
    let chosen = RwSignal::new(None::<TwoStepMethod>);
    let method = memo(move || chosen.get().or_else(|| methods().first().copied()));
    let code = RwSignal::new(String::new());
    let remember = RwSignal::new(false);
    let sending = Sending::new(&[Field::Code]);

    let submit = move || {
        let Some(method) = method.get_untracked() else { return };
        let digits: String =
            code.get_untracked().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let faults = if digits.is_empty() { vec![fault(Field::Code, Fault::Missing)] } else { Vec::new() };
        if sending.check(faults) {
            let question = TwoStep { method, code: digits, remember: remember.get_untracked() };
            sending.send(link, question, |_| ());
        }
    };
    let cancel = move || Sending::new(&[]).send(link, CancelSignIn, |()| ());
    let segments = Signal::derive(move || {
        methods()
            .into_iter()
            .map(|method| match method {
                TwoStepMethod::Authenticator => Choice::new(APP, text::authenticator()),
                TwoStepMethod::Email => Choice::new(MAIL, text::mail()),
            })
            .collect::<Vec<_>>()
    });
    let current = Signal::derive(move || match method.get() {
        Some(TwoStepMethod::Email) => MAIL.to_owned(),
        _ => APP.to_owned(),
    });
    let hint = Signal::derive(move || {
        Some(match method.get() {
            Some(TwoStepMethod::Email) => text::code_from_mail().to_owned(),
            _ => text::code_from_app().to_owned(),
        })
    });
    let also = move || {
        asked.with(|asked| {
            asked.as_ref().map(|TwoStepView { unsupported, .. }| unsupported.join(", ")).unwrap_or_default()
        })
    };
    let serves = memo(move || !methods().is_empty());

    view! {
        <p class="lead">
            {move || asked.with(|asked| asked.as_ref().map(|view| text::two_step_for(&crate::format::isolate(&view.email))))}
        </p>
        <ProblemNotice problem=sending.problem() />
        {move || (!serves.get()).then(|| view! { <Notice tone=Tone::Attend>{text::no_method()}</Notice> }.into_any())}
        <Form sending on_submit=submit>
            {move || (segments.with(Vec::len) > 1).then(|| view! {
                <Segments
                    legend=text::method().to_owned()
                    choices=segments
                    value=current
                    on_choose=move |value: String| {
                        chosen.set(Some(if value == MAIL { TwoStepMethod::Email } else { TwoStepMethod::Authenticator }));
                    }
                />
            }.into_any())}
            {move || serves.get().then(|| view! {
                <TextField
                    label=text::code().to_owned()
                    value=code
                    kind=InputKind::Code
                    autocomplete="one-time-code"
                    name="code"
                    limit=12
                    hint
                    fault=sending.fault(Field::Code)
                    first=true
                />
                <Check label=text::remember_device().to_owned() value=remember on_change=move |on| remember.set(on) />
                <Button label=text::continue_().to_owned() kind=ButtonKind::Go submit=true wide=true busy=sending.busy() />
            }.into_any())}
            <Button label=text::other_account().to_owned() kind=ButtonKind::Bare on_press=cancel />
        </Form>
        {move || Some(also()).filter(|also| !also.is_empty() && serves.get()).map(|also| view! {
            <p class="aside quiet">{text::unsupported_methods(&also)}</p>
        }.into_any())}
    }
}
