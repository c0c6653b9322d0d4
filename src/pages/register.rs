//! Creating an account: the address first, then the master password. An invitation takes the place of the first step.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    Fault, Field, GetServer, Register, RegistrationStarted, RegistrationTicket, SaveAccount, Secret, SignIn,
    StartRegistration, Topic,
};

use super::entry::{EntryFrame, arrival, forget_arrival, use_servers, waiting_arrival};
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_email, fault, some_text};
use crate::format::isolate;
use crate::live::memo;
use crate::messages::{entry as text, ui as words};
use crate::router::use_router;
use crate::ui::{
    Button, ButtonKind, Empty, InputKind, Notice, PasswordField, PasswordInput, Press, TextField, Tone,
};
use crate::view::use_view;

/// How far somebody has come.
#[derive(Clone, PartialEq)]
enum Step {
    Address,
    MailSent { email: String },
    Password { email: String, token: String, name: String },
}

/// The page.
pub fn page() -> impl IntoView {
    let came = arrival();
    // Whoever came from a link that needs an account goes back to it.
    let waiting = waiting_arrival();
    let expected = waiting.as_ref().and_then(|link| link.part("email")).unwrap_or_default();
    let next = waiting.map(|link| link.path().to_owned());
    let step = RwSignal::new(match (came.part("email"), came.part("token")) {
        (Some(email), Some(token)) => {
            Step::Password { email, token, name: came.part("name").unwrap_or_default() }
        }
        _ => Step::Address,
    });
    let server = use_view(|| Some(GetServer), || vec![Topic::Server]);
    let router = use_router();
    let home = Press::from(move || {
        if next.is_none() {
            forget_arrival();
        }
        router.go(next.as_deref().unwrap_or("/providers"));
    });
    // Drawn again only when it is another one: the server's answer may come while somebody types.
    let closed = memo(move || {
        step.with(|step| *step == Step::Address)
            && server.map(|server| !server.open_registration).unwrap_or(false)
    });
    let title = Signal::derive(move || match step.get() {
        Step::MailSent { .. } => text::mail_sent().to_owned(),
        Step::Password { .. } => text::register_choose().to_owned(),
        Step::Address => text::register().to_owned(),
    });
    view! {
        <EntryFrame title>
            {move || match step.get() {
                _ if closed.get() => view! {
                    <Empty title=text::registration_closed().to_owned() body=text::registration_closed_body().to_owned() />
                    {use_servers().field(Sending::new(&[]))}
                }.into_any(),
                Step::Address => view! { <AddressForm step email=expected.clone() /> }.into_any(),
                Step::MailSent { email } => view! {
                    <p>{text::mail_sent_body(&isolate(&email))}</p>
                    <p class="quiet">{text::mail_sent_hint()}</p>
                    <Button label=text::begin_again().to_owned() on_press=move || step.set(Step::Address) />
                }.into_any(),
                Step::Password { email, token, name } => view! {
                    <RegisterForm email name ticket=RegistrationTicket::Email { token } on_done=home />
                }.into_any(),
            }}
            <p class="aside">{text::have_account()} " " <a class="link" href="/providers">{text::sign_in()}</a></p>
        </EntryFrame>
    }
}

#[component]
fn AddressForm(step: RwSignal<Step>, email: String) -> impl IntoView {
    let link = use_link();
    let email = RwSignal::new(email);
    let name = RwSignal::new(String::new());
    let servers = use_servers();
    let sending = Sending::new(&[Field::Email, Field::Name, Field::Server]);
    let submit = move || {
        let address = email.get_untracked().trim().to_owned();
        let given = name.get_untracked().trim().to_owned();
        let mut faults = Vec::new();
        check_email(&mut faults, Field::Email, &address);
        servers.check(&mut faults);
        if sending.check(faults) {
            let question = StartRegistration { email: address.clone(), name: some_text(given.clone()) };
            sending.send(link, question, move |started| {
                step.set(match started {
                    RegistrationStarted::MailSent => Step::MailSent { email: address },
                    RegistrationStarted::Token(token) => {
                        Step::Password { email: address, token, name: given }
                    }
                });
            });
        }
    };
    view! {
        <p class="lead">{text::register_intro()}</p>
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <TextField
                label=text::email().to_owned()
                value=email
                kind=InputKind::Email
                autocomplete="email"
                name="email"
                limit=256
                fault=sending.fault(Field::Email)
                first=true
            />
            <TextField
                label=text::name().to_owned()
                value=name
                autocomplete="name"
                name="name"
                limit=50
                optional=words::optional()
                hint=text::name_hint()
                fault=sending.fault(Field::Name)
            />
            {servers.field(sending)}
            <Button label=text::continue_().to_owned() kind=ButtonKind::Go submit=true wide=true busy=sending.busy() />
        </Form>
    }
}

/// The master password of a new account. Once the account is there, it is signed in to.
#[component]
pub fn RegisterForm(
    /// The verified or invited address.
    email: String,
    /// The name given before.
    #[prop(optional)]
    name: String,
    /// What entitles to create the account.
    ticket: RegistrationTicket,
    /// Called when the account is there and signed in to.
    #[prop(into)]
    on_done: Press,
) -> impl IntoView {
    const LEAST: usize = 12;
    let link = use_link();
    let shown = email.clone();
    let email = StoredValue::new(email);
    let ticket = StoredValue::new(ticket);
    let verified = StoredValue::new(some_text(name.clone()));
    let name = RwSignal::new(name);
    let hint = RwSignal::new(String::new());
    let (password, again) = (PasswordInput::new(), PasswordInput::new());
    let differs = RwSignal::new(None::<String>);
    let servers = use_servers();
    let sending = Sending::new(&[Field::Name, Field::Password, Field::Hint, Field::Server]);

    let submit = move || {
        let mut faults = Vec::new();
        if password.length() < LEAST {
            faults.push(fault(Field::Password, Fault::TooShort { limit: LEAST as u32 }));
        }
        let typed = hint.get_untracked();
        if !typed.is_empty() && typed.as_bytes() == Secret::new(password.copy()).bytes() {
            faults.push(fault(Field::Hint, Fault::Server(text::hint_is_password().to_owned())));
        }
        servers.check(&mut faults);
        let same = password.same_as(again);
        differs.set((!same).then(|| text::not_the_same().to_owned()));
        if !sending.check(faults) || !same {
            return;
        }
        let bytes = password.copy();
        let question = Register {
            email: email.get_value(),
            name: some_text(name.get_untracked()),
            password: Secret::new(bytes.clone()),
            hint: some_text(typed),
            ticket: ticket.get_value(),
        };
        let given = name
            .with_untracked(|name| some_text(name.clone()))
            .filter(|name| Some(name) != verified.get_value().as_ref());
        let enter = SignIn { email: email.get_value(), password: Secret::new(bytes) };
        sending.send(link, question, move |()| {
            password.clear();
            again.clear();
            sending.send(link, enter, move |_| {
                // Only a verified address brings a name along; any other is saved by the new account itself.
                if let Some(name) = given {
                    let saved = link.ask(SaveAccount { name });
                    spawn_local(async move {
                        let _ = saved.await;
                    });
                }
                on_done.try_run(());
            });
        });
    };
    let strength = MaybeProp::from(Signal::derive(move || {
        Some(match password.length() {
            0 => text::new_password_hint().to_owned(),
            short if short < LEAST => text::password_length(short as u32),
            long => text::password_long(long as u32),
        })
    }));
    let address = RwSignal::new(shown);
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <TextField label=text::email().to_owned() value=address kind=InputKind::Email autocomplete="username" name="email" read_only=true />
            <TextField
                label=text::name().to_owned()
                value=name
                autocomplete="name"
                name="name"
                limit=50
                optional=words::optional()
                hint=text::name_hint()
                fault=sending.fault(Field::Name)
            />
            <PasswordField
                label=text::new_password().to_owned()
                input=password
                autocomplete="new-password"
                reveal=words::reveal().to_owned()
                caps_lock=words::caps_lock().to_owned()
                hint=strength
                fault=sending.fault(Field::Password)
                first=true
            />
            <PasswordField
                label=text::repeat_password().to_owned()
                input=again
                name="password-again"
                autocomplete="new-password"
                reveal=words::reveal().to_owned()
                caps_lock=words::caps_lock().to_owned()
                fault=differs
            />
            <TextField
                label=text::hint().to_owned()
                value=hint
                limit=50
                optional=words::optional()
                hint=text::hint_hint()
                fault=sending.fault(Field::Hint)
            />
            {servers.field(sending)}
            <Button label=text::create_account().to_owned() kind=ButtonKind::Go submit=true wide=true busy=sending.busy() />
            {move || sending.busy().get().then(|| view! { <Notice tone=Tone::Plain>{text::creating()}</Notice> }.into_any())}
        </Form>
    }
}
