use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{GetAccount, Problem, ProblemKind, Question, RegistrationTicket, SessionView, SignOut};

use super::{EntryFrame, forget_arrival, gate};
use crate::core_link::use_link;
use crate::form::ProblemNotice;
use crate::format::isolate;
use crate::live::{effect, handler, memo};
use crate::messages::entry as text;
use crate::pages::register::RegisterForm;
use crate::ui::{Button, ButtonKind, CopyButton, Notice, Press, Skeleton, Tone};
use crate::view::use_view;

/// An invitation as its page shows it.
#[derive(Clone)]
pub struct Invited {
    /// The address it was sent to.
    pub email: String,
    /// The name of what it leads to.
    pub name: String,
    /// A sentence about joining.
    pub body: &'static str,
    /// What happens after accepting.
    pub accepted: String,
    /// What entitles to create an account.
    pub ticket: RegistrationTicket,
}

/// The page of an invitation that lacks something.
pub fn broken_link() -> AnyView {
    view! {
        <EntryFrame title=text::broken_link().to_owned()>
            <p>{text::broken_link_body()}</p>
            <a class="link" href="/providers">{text::to_places()}</a>
        </EntryFrame>
    }
    .into_any()
}

/// The page of an invitation: sign in or create an account with the invited address, then it is accepted at once.
pub fn accept_page<Q>(invited: Invited, accept: impl Fn() -> Q + Clone + Send + Sync + 'static) -> AnyView
where
    Q: Question<Answer = ()> + 'static,
{
    #[derive(Clone, PartialEq)]
    enum Step {
        Enter,
        Create,
        Other(String),
        Accepting,
        Refused(Problem),
        Accepted,
    }
    let link = use_link();
    let creating = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<(), Problem>>);
    let wanted = StoredValue::new(invited.email.clone());
    let open_as = memo(move || match link.session() {
        Some(SessionView::Open(person)) => Some(person.email),
        _ => None,
    });
    let step = memo(move || match (outcome.get(), open_as.get()) {
        (Some(Ok(())), _) => Step::Accepted,
        (Some(Err(problem)), _) => Step::Refused(problem),
        (None, Some(email)) if wanted.with_value(|wanted| wanted.eq_ignore_ascii_case(&email)) => {
            Step::Accepting
        }
        (None, Some(email)) => Step::Other(email),
        (None, None) if creating.get() => Step::Create,
        (None, None) => Step::Enter,
    });
    let ask = move || {
        let answer = link.ask(accept());
        spawn_local(async move {
            let answer = answer.await;
            if answer.is_ok() {
                forget_arrival();
            }
            outcome.try_set(Some(answer));
        });
    };
    let mut before = false;
    effect(move || {
        let now = step.get() == Step::Accepting;
        if now && !before {
            ask();
        }
        before = now;
    });
    let again = Press::from(move || outcome.set(None));
    let sign_out = Press::from(move || {
        outcome.set(None);
        let gone = link.ask(SignOut);
        spawn_local(async move {
            let _ = gone.await;
        });
    });
    let title = text::join(&isolate(&invited.name));
    let heading = title.clone();
    let Invited { email, body, accepted, ticket, .. } = invited;
    view! {
        <EntryFrame title=Signal::derive(move || if step.get() == Step::Accepted { text::accepted().to_owned() } else { heading.clone() })>
            {move || match step.get() {
                Step::Enter => view! {
                    <p class="lead">{body}</p>
                    {gate(Some(email.clone()))}
                    <p class="aside">
                        {text::no_account()} " "
                        <button type="button" class="link" on:click=handler(move |_| creating.set(true))>{text::create_account()}</button>
                    </p>
                }.into_any(),
                Step::Create => view! {
                    <RegisterForm email=email.clone() ticket=ticket.clone() on_done=|| () />
                    <p class="aside">
                        {text::have_account()} " "
                        <button type="button" class="link" on:click=handler(move |_| creating.set(false))>{text::sign_in()}</button>
                    </p>
                }.into_any(),
                Step::Other(other) => {
                    let words = text::signed_in_as_other(&isolate(&other), &isolate(&email));
                    view! {
                        <Notice tone=Tone::Attend>{words}</Notice>
                        <Button label=text::sign_out().to_owned() kind=ButtonKind::Go on_press=sign_out />
                    }.into_any()
                }
                Step::Accepting => view! { <p>{text::accepting()}</p><Skeleton /> }.into_any(),
                Step::Refused(problem) => {
                    let foreign = problem.kind == ProblemKind::TokenForSomeoneElse;
                    let retry = !matches!(
                        problem.kind,
                        ProblemKind::TokenForSomeoneElse | ProblemKind::TokenUsed | ProblemKind::TokenExpired | ProblemKind::TokenInvalid
                    );
                    view! {
                        <ProblemNotice problem=Some(problem) />
                        {retry.then(|| view! { <Button label=crate::messages::problems::again().to_owned() kind=ButtonKind::Go on_press=again /> }.into_any())}
                        {foreign.then(|| view! { <Button label=text::sign_out().to_owned() kind=ButtonKind::Go on_press=sign_out /> }.into_any())}
                        <a class="link" href="/providers">{text::to_places()}</a>
                    }.into_any()
                }
                Step::Accepted => view! { <Phrase said=accepted.clone() /> }.into_any(),
            }}
        </EntryFrame>
    }
    .into_any()
}

/// What happens after accepting, with one's own fingerprint phrase to read out.
#[component]
fn Phrase(said: String) -> impl IntoView {
    let account = use_view(|| Some(GetAccount), Vec::new);
    view! {
        <p class="lead">{said}</p>
        {move || match (account.map(|account| account.fingerprint.clone()), account.problem()) {
            (Some(phrase), _) => view! {
                <p>{text::accepted_phrase()}</p>
                <div class="shown-once">
                    <span class="value">{phrase.clone()}</span>
                    <div class="across"><CopyButton what=phrase /></div>
                </div>
            }.into_any(),
            (None, Some(problem)) => view! { <ProblemNotice problem=Some(problem) again=move || account.again() /> }.into_any(),
            (None, None) => view! { <Skeleton lines=1 /> }.into_any(),
        }}
        <a class="btn" href="/providers">{text::to_places()}</a>
    }
}
