use leptos::prelude::*;
use portal_bridge::{
    Action, Fault, Field, GetProviderDetails, ProviderDetails, SaveProvider, Topic, Verdict,
};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending, check_email, check_text, fault, some_text};
use crate::format;
use crate::live::memo;
use crate::messages::{reasons, settings as text, ui as words};
use crate::session::{obstacle, use_provider};
use crate::ui::{Button, ButtonKind, InputKind, Skeleton, TextField, Toasts};
use crate::view::use_view;

/// Name and addresses of the provider.
pub(super) fn form() -> impl IntoView {
    let provider = use_provider();
    let details = use_view(
        move || Some(GetProviderDetails(provider.id())),
        move || vec![Topic::Provider(provider.id())],
    );
    // Drawn again only when what is saved has changed, so that nobody's typing is lost to other news.
    let saved = memo(move || {
        details.map(|details| {
            (details.name.clone(), details.business_name.clone(), details.billing_email.clone())
        })
    });
    view! {
        <ProblemNotice problem=Signal::derive(move || details.problem()) again=move || details.again() />
        {move || match saved.get().and_then(|_| details.map_untracked(ProviderDetails::clone)) {
            Some(details) => view! { <DetailsForm details /> }.into_any(),
            None if details.problem().is_some() => ().into_any(),
            None => view! { <Skeleton /> }.into_any(),
        }}
    }
}

#[component]
fn DetailsForm(details: ProviderDetails) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let name = RwSignal::new(details.name.clone());
    let business = RwSignal::new(details.business_name.clone().unwrap_or_default());
    let billing = RwSignal::new(details.billing_email.clone());
    let sending = Sending::new(&[Field::Name, Field::BusinessName, Field::BillingEmail]);
    let may = memo(move || provider.verdict(Action::EditProvider));
    let before = (details.name, details.business_name.unwrap_or_default(), details.billing_email);
    let unchanged = memo(move || (name.get(), business.get(), billing.get()) == before);
    let reason = MaybeProp::from(Signal::derive(move || match may.get() {
        Verdict::Hidden => Some(text::read_only().to_owned()),
        verdict => obstacle(verdict)
            .map(|reason| reasons::reason(reason).to_owned())
            .or_else(|| unchanged.get().then(|| text::nothing_changed().to_owned())),
    }));
    let submit = move || {
        if reason.get_untracked().is_some() {
            return;
        }
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, &name.get_untracked(), 50);
        if business.with_untracked(|text| text.trim().chars().count() > 50) {
            faults.push(fault(Field::BusinessName, Fault::TooLong { limit: 50 }));
        }
        check_email(&mut faults, Field::BillingEmail, &billing.get_untracked());
        if sending.check(faults) {
            let question = SaveProvider {
                provider: provider.id_untracked(),
                name: name.get_untracked().trim().to_owned(),
                business_name: some_text(business.get_untracked()),
                billing_email: billing.get_untracked().trim().to_owned(),
            };
            sending.send(link, question, move |()| toasts.say(text::saved()));
        }
    };
    let read_only = Signal::derive(move || may.get() != Verdict::Allowed);
    let created = details.created;
    view! {
        <ProblemNotice problem=sending.problem() />
        <Form sending on_submit=submit>
            <TextField label=text::name().to_owned() value=name name="provider" limit=50 read_only fault=sending.fault(Field::Name) />
            <TextField label=text::business_name().to_owned() value=business name="business" limit=50 read_only optional=words::optional() hint=text::business_name_hint() fault=sending.fault(Field::BusinessName) />
            <TextField label=text::billing_email().to_owned() value=billing kind=InputKind::Email name="billing" limit=256 read_only hint=text::billing_email_hint() fault=sending.fault(Field::BillingEmail) />
            <div class="across">
                <Button label=text::save().to_owned() kind=ButtonKind::Go submit=true busy=sending.busy() reason />
            </div>
        </Form>
        <dl class="facts">
            <dt>{text::created()}</dt>
            <dd data-tip=move || format::exact(created)>{move || format::day(created)}</dd>
            <dt>{text::id()}</dt>
            <dd class="mono">{move || provider.id().to_string()}</dd>
        </dl>
    }
}
