//! Signing in. It stands at every address until somebody is signed in, so that one comes back to the page asked for.

use leptos::prelude::*;
use portal_bridge::{Field, GetServer, Secret, SessionView, SignIn, SignedOutBecause, Topic};

use super::entry::{EntryFrame, use_servers};
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_email, fault};
use crate::messages::{entry as text, ui as words};
use crate::preferences;
use crate::ui::{
    Button, ButtonKind, Check, InputKind, Notice, PasswordField, PasswordInput, TextField, Tone,
};
use crate::view::use_view;

/// The page.
pub fn page() -> impl IntoView {
    let link = use_link();
    let because = move || match link.session() {
        Some(SessionView::SignedOut { because: Some(SignedOutBecause::SessionEnded) }) => {
            Some(text::session_ended())
        }
        Some(SessionView::SignedOut { because: Some(SignedOutBecause::CoreRestarted) }) => {
            Some(text::core_restarted())
        }
        _ => None,
    };
    let server = use_view(|| Some(GetServer), || vec![Topic::Server]);
    view! {
        <EntryFrame title=text::sign_in().to_owned()>
            {move || because().map(|because| view! { <Notice tone=Tone::Wait>{because}</Notice> }.into_any())}
            <SignInForm email=None />
            {move || server.map(|server| server.open_registration).unwrap_or(false).then(|| view! {
                <p class="aside">{text::no_account()} " " <a class="link" href="/register">{text::create_account()}</a></p>
            }.into_any())}
        </EntryFrame>
    }
}

/// E-mail address and master password.
#[component]
pub fn SignInForm(
    /// The address to begin with, where an invitation names one.
    email: Option<String>,
) -> impl IntoView {
    let link = use_link();
    let invited = email.is_some();
    let remembered = preferences::remembered_email();
    let remember = RwSignal::new(remembered.is_some() && !invited);
    let email = RwSignal::new(email.or(remembered).unwrap_or_default());
    let known = !email.with_untracked(String::is_empty);
    let password = PasswordInput::new();
    let servers = use_servers();
    let sending = Sending::new(&[Field::Email, Field::Password, Field::Server]);

    let submit = move || {
        let address = email.get_untracked().trim().to_owned();
        let mut faults = Vec::new();
        check_email(&mut faults, Field::Email, &address);
        if password.length() == 0 {
            faults.push(fault(Field::Password, portal_bridge::Fault::Missing));
        }
        servers.check(&mut faults);
        if !sending.check(faults) {
            return;
        }
        if !invited {
            preferences::remember_email(remember.get_untracked().then_some(&address));
        }
        let question = SignIn { email: address, password: Secret::new(password.take()) };
        sending.send(link, question, |_| ());
    };
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <TextField
                label=text::email().to_owned()
                value=email
                kind=InputKind::Email
                autocomplete="username"
                name="email"
                limit=256
                fault=sending.fault(Field::Email)
                first=!known
            />
            <PasswordField
                label=text::password().to_owned()
                input=password
                autocomplete="current-password"
                reveal=words::reveal().to_owned()
                caps_lock=words::caps_lock().to_owned()
                fault=sending.fault(Field::Password)
                first=known
            />
            {(!invited).then(|| view! {
                <Check label=text::remember_email().to_owned() value=remember on_change=move |on| remember.set(on) />
            }.into_any())}
            {servers.field(sending)}
            <Button label=text::sign_in().to_owned() kind=ButtonKind::Go submit=true wide=true busy=sending.busy() />
        </Form>
    }
}
