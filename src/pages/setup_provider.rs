//! Setting a new provider up, by the link its first admin was sent.

use leptos::prelude::*;
use portal_bridge::{
    Action, Fault, Field, GetPlaces, GetProvider, Problem, ProblemKind, ProviderId, SessionView,
    SetUpProvider, Topic, Verdict,
};

use super::entry::{EntryFrame, arrival, broken_link, forget_arrival, gate};
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_email, check_text, fault, some_text};
use crate::live::{live, memo};
use crate::messages::{entry as text, ui as words};
use crate::router::use_router;
use crate::session::verdict;
use crate::shell;
use crate::ui::{Button, ButtonKind, InputKind, Skeleton, TextField};
use crate::view::use_view;

/// The page.
pub fn page() -> AnyView {
    let came = arrival();
    let (Some(provider), Some(token)) = (came.id::<ProviderId>("providerId"), came.part("token")) else {
        return broken_link();
    };
    let email = came.part("email");
    let link = use_link();
    let me = memo(move || match link.session() {
        Some(SessionView::Open(person)) => Some(person.email),
        _ => None,
    });
    live(move || {
        if let Some(me) = me.get() {
            return signed_in(provider, token.clone(), email.clone().unwrap_or_default(), &me);
        }
        let email = email.clone();
        view! {
            <EntryFrame title=text::set_up().to_owned() lead=text::set_up_body()>
                {gate(email)}
                <p class="aside">{text::no_account()} " " <a class="link" href="/register">{text::create_account()}</a></p>
            </EntryFrame>
        }
        .into_any()
    })
}

/// How far somebody with the link is who is signed in.
#[derive(Clone, PartialEq)]
enum Stage {
    Waiting,
    Form,
    /// The link is not for this person, or the provider has been set up.
    Nothing,
    Failed(Problem),
}

/// The link alone opens nothing: the provider has to wait for this very person.
fn signed_in(provider: ProviderId, token: String, email: String, me: &str) -> AnyView {
    // An account younger than the link belongs to no provider yet: setting it up with the link's token makes it the admin.
    let invited = email.eq_ignore_ascii_case(me);
    let view = use_view(move || Some(GetProvider(provider)), move || vec![Topic::Provider(provider)]);
    // Whoever was signed in before the provider was made hears of it by this.
    let _places = use_view(|| Some(GetPlaces), Vec::new);
    let stage = Memo::new(move |before: Option<&Stage>| {
        // News that the provider is set up comes before the answer to the form that did it.
        if before == Some(&Stage::Form) {
            return Stage::Form;
        }
        match (view.map(|view| verdict(&view.rights, Action::SetUpProvider)), view.problem()) {
            (Some(Verdict::Allowed), _) => Stage::Form,
            (Some(Verdict::Hidden | Verdict::Disabled(_)), _) => Stage::Nothing,
            (None, Some(problem)) if problem.kind == ProblemKind::NotFound && invited => Stage::Form,
            (None, Some(problem)) if problem.kind == ProblemKind::NotFound => Stage::Nothing,
            (None, Some(problem)) => Stage::Failed(problem),
            (None, None) => Stage::Waiting,
        }
    });
    let framed = |content: AnyView| {
        view! { <EntryFrame title=text::set_up().to_owned() lead=text::set_up_body()>{content}</EntryFrame> }
            .into_any()
    };
    live(move || match stage.get() {
        Stage::Waiting => framed(view! { <Skeleton /> }.into_any()),
        Stage::Form => {
            framed(view! { <SetUpForm provider token=token.clone() email=email.clone() /> }.into_any())
        }
        Stage::Nothing => shell::not_found().into_any(),
        Stage::Failed(problem) => {
            framed(view! { <ProblemNotice problem=Some(problem) again=move || view.again() /> }.into_any())
        }
    })
}

#[component]
fn SetUpForm(provider: ProviderId, token: String, email: String) -> impl IntoView {
    let link = use_link();
    let router = use_router();
    let token = StoredValue::new(token);
    let name = RwSignal::new(String::new());
    let business = RwSignal::new(String::new());
    let billing = RwSignal::new(email);
    let country = RwSignal::new(String::new());
    let postal = RwSignal::new(String::new());
    let country_fault = RwSignal::new(None::<String>);
    let postal_fault = RwSignal::new(None::<String>);
    let sending = Sending::new(&[Field::Name, Field::BusinessName, Field::BillingEmail]);

    let submit = move || {
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, &name.get_untracked(), 50);
        check_email(&mut faults, Field::BillingEmail, &billing.get_untracked());
        if business.with_untracked(|text| text.trim().chars().count() > 50) {
            faults.push(fault(Field::BusinessName, Fault::TooLong { limit: 50 }));
        }
        let land = country.get_untracked().trim().to_ascii_uppercase();
        let sound = land.len() == 2 && land.bytes().all(|byte| byte.is_ascii_uppercase());
        country_fault.set((!sound).then(|| text::country_hint().to_owned()));
        let code = postal.get_untracked().trim().to_owned();
        postal_fault.set(code.is_empty().then(|| crate::messages::problems::missing().to_owned()));
        if sending.check(faults) && sound && !code.is_empty() {
            let question = SetUpProvider {
                provider,
                token: token.get_value(),
                name: name.get_untracked().trim().to_owned(),
                business_name: some_text(business.get_untracked()),
                billing_email: billing.get_untracked().trim().to_owned(),
                country: land,
                postal_code: code,
            };
            sending.send(link, question, move |()| {
                forget_arrival();
                router.go(&format!("/providers/{provider}/clients"));
            });
        }
    };
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <TextField label=text::provider_name().to_owned() value=name autocomplete="organization" name="name" limit=50 hint=text::provider_name_hint() fault=sending.fault(Field::Name) first=true />
            <TextField label=text::business_name().to_owned() value=business name="business" limit=50 optional=words::optional() hint=text::business_name_hint() fault=sending.fault(Field::BusinessName) />
            <TextField label=text::billing_email().to_owned() value=billing kind=InputKind::Email autocomplete="email" name="billing" limit=256 hint=text::billing_email_hint() fault=sending.fault(Field::BillingEmail) />
            <div class="pair">
                <TextField label=text::country().to_owned() value=country autocomplete="country" name="country" limit=2 hint=text::country_hint() fault=country_fault />
                <TextField label=text::postal_code().to_owned() value=postal autocomplete="postal-code" name="postal-code" limit=12 fault=postal_fault />
            </div>
            <Button label=text::set_up_go().to_owned() kind=ButtonKind::Go submit=true wide=true busy=sending.busy() />
        </Form>
    }
}
