//! A form's way to the core: whether it is under way, and what went wrong, said at the field it belongs to.

use leptos::{ev, html, prelude::*, task::spawn_local};
use portal_bridge::{Answer, Ask, Fault, Field, FieldProblem, Network, Problem, ProblemKind, Question};

use crate::core_link::{Link, use_link};
use crate::live::{effect, handler, live};
use crate::messages::{problems, ui as ui_text};
use crate::session::Provider;
use crate::ui::{Button, ButtonKind, CopyButton, Notice, Press, Skeleton, Tone, focus_first_fault};
use crate::view::View;

/// The state of one form. A handle that copies.
#[derive(Clone, Copy)]
pub struct Sending {
    busy: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
    /// Fields that show their own faults; the faults of others are shown above the form.
    fields: &'static [Field],
}

impl Sending {
    /// The state of a form with these fields.
    pub fn new(fields: &'static [Field]) -> Self {
        Self { busy: RwSignal::new(false), problem: RwSignal::new(None), fields }
    }

    /// Whether something is under way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What went wrong, when it belongs to no field of the form.
    pub fn problem(self) -> Signal<Option<Problem>> {
        Signal::derive(move || {
            let problem = self.problem.get()?;
            let at_fields = match &problem.kind {
                ProblemKind::Invalid(faults) => faults.iter().all(|fault| self.fields.contains(&fault.field)),
                kind => self.field_of(kind).is_some(),
            };
            (!at_fields).then_some(problem)
        })
    }

    /// What is wrong with a field, in words.
    pub fn fault(self, field: Field) -> MaybeProp<String> {
        MaybeProp::from(Signal::derive(move || {
            self.problem.with(|problem| {
                let problem = problem.as_ref()?;
                match &problem.kind {
                    ProblemKind::Invalid(faults) => {
                        faults.iter().find(|fault| fault.field == field).map(problems::field)
                    }
                    kind if self.field_of(kind) == Some(field) => Some(problems::problem(problem)),
                    _ => None,
                }
            })
        }))
    }

    /// What is wrong with a part of a form whose fields the core names by their keys.
    pub fn fault_of(self, part: &'static str) -> MaybeProp<String> {
        MaybeProp::from(Signal::derive(move || {
            self.problem.with(|problem| match &problem.as_ref()?.kind {
                ProblemKind::Invalid(faults) => {
                    let own = faults.iter().find(|fault| fault.part.as_deref() == Some(part))?;
                    Some(problems::fault(&own.fault))
                }
                _ => None,
            })
        }))
    }

    /// The same where the key depends on where the part stands now.
    pub fn fault_at(self, part: impl Fn() -> String + Send + Sync + 'static) -> MaybeProp<String> {
        MaybeProp::from(Signal::derive(move || {
            let part = part();
            self.problem.with(|problem| match &problem.as_ref()?.kind {
                ProblemKind::Invalid(faults) => {
                    let own = faults.iter().find(|fault| fault.part.as_deref() == Some(part.as_str()))?;
                    Some(problems::fault(&own.fault))
                }
                _ => None,
            })
        }))
    }

    /// Says what is wrong before anything is sent; with no faults, forgets what was wrong before. True when all is well.
    pub fn check(self, faults: Vec<FieldProblem>) -> bool {
        let fine = faults.is_empty();
        self.problem.set((!fine).then(|| ProblemKind::Invalid(faults).into()));
        fine
    }

    /// Forgets what was wrong.
    pub fn clear(self) {
        self.problem.try_set(None);
    }

    /// Says what went wrong.
    pub fn fail(self, problem: Problem) {
        self.problem.try_set(Some(problem));
    }

    /// Asks the core, unless something is under way already; `then` gets the answer.
    pub fn send<Q: Question>(self, link: Link, question: Q, then: impl FnOnce(Q::Answer) + 'static) {
        let fits = |answer: &Answer| Q::read_answer(answer).is_some();
        let then = |answer| {
            if let Some(answer) = Q::from_answer(answer) {
                then(answer);
            }
        };
        self.put(link, question.into_ask(), fits, Box::new(then));
    }

    /// Everything of sending but the type of the question, so that it exists once in the program.
    fn put(self, link: Link, ask: Ask, fits: fn(&Answer) -> bool, then: Box<dyn FnOnce(Answer)>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let answer = link.put(ask);
        spawn_local(async move {
            let answer = answer.await;
            self.busy.try_set(false);
            match answer {
                Ok(answer) if fits(&answer) => {
                    self.clear();
                    then(answer);
                }
                Ok(_) => self.fail(ProblemKind::BadAnswer.into()),
                Err(problem) => self.fail(problem),
            }
        });
    }

    /// The field at which a problem of the whole answer is best said.
    fn field_of(self, kind: &ProblemKind) -> Option<Field> {
        let field = match kind {
            ProblemKind::WrongPassword | ProblemKind::WrongCredentials => Field::Password,
            ProblemKind::WrongCode => Field::Code,
            _ => return None,
        };
        self.fields.contains(&field).then_some(field)
    }
}

/// A form. Enter sends it, nothing is sent twice, and after a refusal the focus is at the first faulty field.
#[component]
pub fn Form(
    /// Its state.
    sending: Sending,
    /// Called when it is to be sent.
    #[prop(into)]
    on_submit: Press,
    /// Its class.
    #[prop(default = "stack")]
    class: &'static str,
    /// Its fields and buttons.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Form>::new();
    effect(move || {
        if sending.problem.with(Option::is_some) {
            // The faults are drawn in the same turn; the focus moves in the next.
            request_animation_frame(move || {
                if let Some(form) = node.try_get_untracked().flatten() {
                    focus_first_fault(&form);
                }
            });
        }
    });
    view! {
        <form
            class=class
            novalidate
            node_ref=node
            on:submit=handler(move |event: ev::SubmitEvent| {
                event.prevent_default();
                if !sending.busy.get_untracked() {
                    on_submit.run(());
                }
            })
        >
            {children()}
        </form>
    }
}

/// The form of a dialog: what went wrong, the fields, and below them a way out and the button that sends.
#[component]
pub fn DialogForm(
    /// Its state.
    sending: Sending,
    /// What went wrong, where that is not simply what the state says.
    #[prop(optional, into)]
    problem: Option<Signal<Option<Problem>>>,
    /// The words of the button that sends.
    #[prop(into)]
    verb: Signal<String>,
    /// Why it cannot be sent now.
    #[prop(optional, into)]
    reason: MaybeProp<String>,
    /// Called when it is to be sent.
    #[prop(into)]
    on_submit: Press,
    /// Called when the person wants out; not while something is under way.
    #[prop(into)]
    on_close: Press,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    let busy = sending.busy();
    let cancel = move || {
        if !busy.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <Form sending on_submit class="inner">
            <div class="body">
                <ProblemNotice problem=problem.unwrap_or_else(|| sending.problem()) />
                {children()}
            </div>
            <footer>
                <Button label=ui_text::cancel().to_owned() on_press=cancel />
                <Button label=verb kind=ButtonKind::Go submit=true busy reason />
            </footer>
        </Form>
    }
}

/// What went wrong: the words, the details to open and copy, and a way to try again.
#[component]
pub fn ProblemNotice(
    /// What went wrong, if anything.
    #[prop(into)]
    problem: Signal<Option<Problem>>,
    /// How to try again, where trying again may help.
    #[prop(optional, into)]
    again: Option<Press>,
) -> impl IntoView {
    // Within a provider's frame the server's absence is told, and announced, above the page.
    let link = use_context::<Provider>().map(|_| use_link());
    let told = move || again.is_some() && link.is_some_and(|link| link.network() == Network::Offline);
    live(move || {
        problem.get().map(|problem| {
            let detail = problem.detail.clone();
            let told = problem.kind == ProblemKind::Offline && told();
            let words =
                if told { problems::offline_unchanged().to_owned() } else { problems::problem(&problem) };
            view! {
                <Notice tone=Tone::Broken urgent=!told>
                    <p>{words}</p>
                    {detail.map(|detail| view! {
                        <details>
                            <summary>{problems::details()}</summary>
                            <pre>{detail.clone()}</pre>
                            <CopyButton what=detail />
                        </details>
                    }.into_any())}
                    {again.map(|again| view! {
                        <Button label=problems::again().to_owned() kind=ButtonKind::Plain on_press=again />
                    }.into_any())}
                </Notice>
            }
            .into_any()
        })
    })
}

/// Faults of a text that may not be empty or longer than `limit` characters.
pub fn check_text(faults: &mut Vec<FieldProblem>, field: Field, text: &str, limit: u32) {
    let length = text.trim().chars().count();
    if length == 0 {
        faults.push(fault(field, Fault::Missing));
    } else if length > limit as usize {
        faults.push(fault(field, Fault::TooLong { limit }));
    }
}

/// Faults of one e-mail address.
pub fn check_email(faults: &mut Vec<FieldProblem>, field: Field, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        faults.push(fault(field, Fault::Missing));
    } else if let Some(found) = email_fault(text) {
        faults.push(fault(field, found));
    }
}

/// What is wrong with an e-mail address, as far as the tab can tell; the core and the server look closer.
pub fn email_fault(text: &str) -> Option<Fault> {
    const LIMIT: u32 = 256;
    if text.chars().count() > LIMIT as usize {
        return Some(Fault::TooLong { limit: LIMIT });
    }
    let (local, domain) = text.rsplit_once('@').unwrap_or_default();
    let sound = !local.is_empty()
        && !local.contains('@')
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'))
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| !label.is_empty());
    (!sound).then_some(Fault::NotAnEmail)
}

/// A fault of a field.
pub fn fault(field: Field, fault: Fault) -> FieldProblem {
    FieldProblem { field, fault, part: None }
}

/// A field that may stay empty, as the core wants it.
pub fn some_text(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What stands in a dialog while its form is not here yet: what kept it, or that it is on its way.
pub fn awaited<Q: Question + 'static>(view: View<Q>) -> AnyView {
    fn draw(problem: Signal<Option<Problem>>, again: Press) -> AnyView {
        view! {
            <div class="body">
                <ProblemNotice problem again />
                {move || problem.get().is_none().then(|| view! { <Skeleton lines=6 /> }.into_any())}
            </div>
        }
        .into_any()
    }
    draw(Signal::derive(move || view.problem()), Press::from(move || view.again()))
}

#[cfg(test)]
mod tests {
    use super::email_fault;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for good in ["ana@client.example", "a.b+c@x.co.example", "ünï@exämple.example"] {
            assert_eq!(email_fault(good), None, "{good}");
        }
        for bad in
            ["ana", "@x.example", "ana@x", "ana@.example", "a b@x.example", "a@b@x.example", "<a@x.example>"]
        {
            assert!(email_fault(bad).is_some(), "{bad}");
        }
    }
}
