//! Setting a new provider up, by the link its first admin was sent.

use leptos::prelude::*;
use portal_bridge::{Fault, Field, ProviderId, SessionView, SetUpProvider};

use super::entry::{EntryFrame, arrival, broken_link, forget_arrival, gate};
use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_email, check_text, fault, some_text};
use crate::live::memo;
use crate::messages::{entry as text, ui as words};
use crate::router::use_router;
use crate::ui::{Button, ButtonKind, InputKind, TextField};

/// The page.
pub fn page() -> AnyView {
    let came = arrival();
    let (Some(provider), Some(token)) = (came.id::<ProviderId>("providerId"), came.part("token")) else {
        return broken_link();
    };
    let email = came.part("email");
    let link = use_link();
    let open = memo(move || matches!(link.session(), Some(SessionView::Open(_))));
    view! {
        <EntryFrame title=text::set_up().to_owned() lead=text::set_up_body()>
            {move || if open.get() {
                view! { <SetUpForm provider token=token.clone() email=email.clone().unwrap_or_default() /> }.into_any()
            } else {
                view! {
                    {gate(email.clone())}
                    <p class="aside">{text::no_account()} " " <a class="link" href="/register">{text::create_account()}</a></p>
                }.into_any()
            }}
        </EntryFrame>
    }
    .into_any()
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
