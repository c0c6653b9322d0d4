//! Forms whose content others may change meanwhile. What somebody is typing is never drawn over: they are told, and choose.

use leptos::prelude::*;
use portal_bridge::{BooksOf, Mark, ProblemKind, Question};

use crate::core_link::use_link;
use crate::form::{Form, ProblemNotice, Sending};
use crate::live::{effect, live, memo};
use crate::messages::{prices as text, settings as words};
use crate::shell::use_books;
use crate::ui::{Button, ButtonKind, Notice, Press, Toasts, Tone};

/// What a form began with, as the core tells it from what others make of it. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Before {
    now: RwSignal<Mark>,
    /// The one before one's own last save: news of the save may arrive after its answer.
    earlier: RwSignal<Mark>,
}

impl Before {
    fn new(mark: Mark) -> Self {
        Self { now: RwSignal::new(mark.clone()), earlier: RwSignal::new(mark) }
    }

    /// The form was saved, and goes on from here.
    fn saved(self, mark: Mark) {
        self.earlier.set(self.now.get_untracked());
        self.now.set(mark);
    }

    fn knows(self, mark: &Mark) -> bool {
        self.now.with(|now| now == mark) || self.earlier.with(|earlier| earlier == mark)
    }
}

/// Draws a form for what is saved, once, and above it what went wrong with `sending` it. When somebody else has changed what is
/// saved, the form stays and says so, with a button that draws it anew; `again` reads what they made of it.
pub(super) fn revised<T: Clone + PartialEq + Send + Sync + 'static>(
    saved: impl Fn() -> Option<(Mark, T)> + Send + Sync + 'static,
    sending: Sending,
    again: impl Fn() + 'static,
    draw: impl Fn(T, Before) -> AnyView + Send + 'static,
) -> AnyView {
    let saved = memo(saved);
    let began = RwSignal::new(None::<(Mark, T)>);
    let before = RwSignal::new(None::<Before>);
    effect(move || {
        let now = saved.get();
        if began.with_untracked(Option::is_none) && now.is_some() {
            began.set(now);
        }
    });
    // Who is told by the server that others were faster hears of them by no other way.
    effect(move || {
        if sending.problem().get().is_some_and(|problem| problem.kind == ProblemKind::ChangedMeanwhile) {
            again();
        }
    });
    let newer = memo(move || {
        let mark = saved.with(|saved| saved.as_ref().map(|(mark, _)| mark.clone()));
        let foreign = before.get().zip(mark).is_some_and(|(before, mark)| !before.knows(&mark));
        foreign && !sending.busy().get()
    });
    let show = move || {
        sending.clear();
        began.set(saved.get_untracked());
    };
    let problem = Signal::derive(move || sending.problem().get().filter(|_| !newer.get()));
    view! {
        <ProblemNotice problem />
        {live(move || newer.get().then(|| view! {
            <Notice
                tone=Tone::Attend
                urgent=true
                action=move || view! { <Button label=text::show_theirs().to_owned() on_press=show /> }
            >
                {text::changed_by_others()}
            </Notice>
        }))}
        {live(move || began.get().map(|(mark, value)| {
            let from = Before::new(mark);
            before.set(Some(from));
            draw(value, from)
        }))}
    }
    .into_any()
}

/// A form with these fields and a button that saves what stands in them, unless that is what is saved already. `question` is asked with
/// whose books it is, what the form began with, and what was typed; `settled` says what of that counts as saved.
pub(super) fn saving<T, Q>(
    typed: Memo<T>,
    before: Before,
    sending: Sending,
    question: impl Fn(BooksOf, Mark, T) -> Q + 'static,
    settled: impl Fn(T) -> T + Copy + 'static,
    fields: AnyView,
    beside: Option<AnyView>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    Q: Question<Answer = Mark>,
{
    let (link, of, toasts) = (use_link(), use_books(), Toasts::of_page());
    let kept = RwSignal::new(typed.get_untracked());
    let same = memo(move || typed.get() == kept.get());
    let submit = move || {
        if !same.get_untracked() {
            let now = typed.get_untracked();
            let asked = question(of.get_untracked(), before.now.get_untracked(), now.clone());
            sending.send(link, asked, move |mark| {
                before.saved(mark);
                kept.set(settled(now));
                toasts.say(words::saved());
            });
        }
    };
    drawn(sending, same, Press::from(submit), fields, beside)
}

/// Once in the program, whatever is typed.
fn drawn(
    sending: Sending,
    same: Memo<bool>,
    submit: Press,
    fields: AnyView,
    beside: Option<AnyView>,
) -> AnyView {
    let reason = MaybeProp::derive(move || same.get().then(|| words::nothing_changed().to_owned()));
    view! {
        <Form sending on_submit=submit>
            {fields}
            <div class="across">
                <Button label=words::save().to_owned() submit=true busy=sending.busy() reason kind=ButtonKind::Plain />
                {beside}
            </div>
        </Form>
    }
    .into_any()
}
