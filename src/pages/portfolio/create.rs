use leptos::prelude::*;
use portal_bridge::{CreateOrganization, Field, ProblemKind, SessionView};

use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, check_email, check_text};
use crate::format;
use crate::messages::portfolio as text;
use crate::router::use_router;
use crate::ui::{Dialog, InputKind, Notice, Press, TextField, Toasts, Tone};

/// The longest name the server takes, in characters.
const NAME_LIMIT: u32 = 50;

/// Makes an organization whose Owner one is.
#[component]
pub(super) fn CreateDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, router, toasts) = (use_link(), use_router(), Toasts::of_page());
    let own = match link.session() {
        Some(SessionView::Open(person)) => person.email,
        _ => String::new(),
    };
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(own));
    let sending = Sending::new(&[Field::Name, Field::BillingEmail]);
    // Kept while the form is open: sending it twice makes one organization.
    let attempt = (format::now().0 & i64::from(u32::MAX)) as u32;
    let uncertain =
        move || sending.problem().get().is_some_and(|problem| problem.kind == ProblemKind::Uncertain);
    let submit = move || {
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, &name.get_untracked(), NAME_LIMIT);
        check_email(&mut faults, Field::BillingEmail, &email.get_untracked());
        if !sending.check(faults) {
            return;
        }
        let question = CreateOrganization {
            name: name.get_untracked().trim().to_owned(),
            billing_email: email.get_untracked().trim().to_owned(),
            attempt,
        };
        sending.send(link, question, move |made| {
            toasts.say(text::created(&format::isolate(&made.name)));
            router.go(&format!("/organizations/{}/members", made.organization));
        });
    };
    let problem = Signal::derive(move || sending.problem().get().filter(|_| !uncertain()));
    view! {
        <Dialog title=text::create_title().to_owned() held=sending.busy() on_close>
            <DialogForm sending verb=text::create().to_owned() on_submit=submit on_close problem>
                {move || uncertain().then(|| view! { <Notice tone=Tone::Wait>{text::uncertain()}</Notice> }.into_any())}
                <p>{text::create_intro()}</p>
                <TextField label=text::client_name().to_owned() value=name hint=text::client_name_hint().to_owned() fault=sending.fault(Field::Name) first=true />
                <TextField label=text::billing_email().to_owned() value=email kind=InputKind::Email hint=text::billing_email_hint().to_owned() fault=sending.fault(Field::BillingEmail) />
            </DialogForm>
        </Dialog>
    }
}
