use leptos::prelude::*;
use portal_bridge::{ClientMade, CreateClient, Fault, Field, Plan, ProblemKind};

use super::pool;
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, check_email, check_text, fault};
use crate::format;
use crate::messages::client_forms as text;
use crate::session::use_provider;
use crate::ui::{
    Button, ButtonKind, Choice, CopyButton, Dialog, Glyph, InputKind, Notice, Press, RadioCards, TextField,
    Toasts, Tone,
};

/// The longest name the server takes, in characters.
pub(super) const NAME_LIMIT: u32 = 50;

const PLANS: [(&str, Plan); 2] = [("teams", Plan::TeamsMonthly), ("enterprise", Plan::EnterpriseMonthly)];

/// Creates a client. What the seats do to the pool stands there before anything is sent.
#[component]
pub(super) fn CreateDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, provider, toasts) = (use_link(), use_provider(), Toasts::of_page());
    let (name, owner, seats) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new("1".to_owned()));
    let plan = RwSignal::new(PLANS[0].0.to_owned());
    let sending = Sending::new(&[Field::Name, Field::OwnerEmail, Field::Seats, Field::Plan]);
    let made = RwSignal::new(None::<ClientMade>);
    // Kept while the form is open: sending it twice makes one client.
    let attempt = (format::now().0 & i64::from(u32::MAX)) as u32;

    let plan_of =
        move || PLANS.iter().find(|(word, _)| plan.with(|plan| plan == word)).map(|(_, plan)| *plan);
    let seats_of = move || whole_number(&seats.get());
    let preview = pool::preview(None, plan_of, move || seats_of().filter(|seats| *seats > 0));
    let uncertain =
        move || sending.problem().get().is_some_and(|problem| problem.kind == ProblemKind::Uncertain);

    let submit = move || {
        let mut faults = Vec::new();
        check_text(&mut faults, Field::Name, &name.get_untracked(), NAME_LIMIT);
        check_email(&mut faults, Field::OwnerEmail, &owner.get_untracked());
        let seats = whole_number(&seats.get_untracked());
        check_seats(&mut faults, seats, 1);
        let (Some(plan), Some(seats)) = (untrack(plan_of), seats) else {
            sending.check(faults);
            return;
        };
        if !sending.check(faults) {
            return;
        }
        let question = CreateClient {
            provider: provider.id_untracked(),
            name: name.get_untracked().trim().to_owned(),
            owner_email: owner.get_untracked().trim().to_owned(),
            plan,
            seats,
            attempt,
        };
        sending.send(link, question, move |answer| {
            if answer.owner_link.is_some() {
                made.set(Some(answer));
            } else {
                toasts.say(text::created(&format::isolate(&answer.client.name)));
                on_close.run(());
            }
        });
    };
    let choices = Signal::derive(|| {
        vec![
            Choice::new(PLANS[0].0, text::teams()).note(text::teams_note()),
            Choice::new(PLANS[1].0, text::enterprise()).note(text::enterprise_note()),
        ]
    });

    let problem = Signal::derive(move || sending.problem().get().filter(|_| !uncertain()));
    view! {
        <Dialog title=text::create_title().to_owned() held=sending.busy() on_close>
            {move || match made.get() {
                Some(made) => passed_on(made, on_close).into_any(),
                None => view! {
                    <DialogForm sending verb=text::create().to_owned() on_submit=submit on_close problem reason=pool::obstacle(preview)>
                        {move || uncertain().then(|| view! { <Notice tone=Tone::Wait>{text::uncertain()}</Notice> }.into_any())}
                        <TextField label=text::name().to_owned() value=name hint=text::name_hint().to_owned() fault=sending.fault(Field::Name) first=true />
                        <TextField label=text::owner_email().to_owned() value=owner kind=InputKind::Email hint=text::owner_hint().to_owned() fault=sending.fault(Field::OwnerEmail) />
                        <RadioCards legend=text::plan().to_owned() choices value=plan on_choose=move |chosen| plan.set(chosen) />
                        <TextField label=text::seats().to_owned() value=seats kind=InputKind::Number least=1 hint=text::seats_hint().to_owned() fault=sending.fault(Field::Seats) />
                        {pool::picture(preview)}
                    </DialogForm>
                }
                .into_any(),
            }}
        </Dialog>
    }
}

/// Without mail the invitation is passed on by hand.
fn passed_on(made: ClientMade, on_close: Press) -> impl IntoView {
    let link = made.owner_link.unwrap_or_default();
    view! {
        <div class="inner">
            <div class="body">
                <Notice tone=Tone::Good><b>{text::created(&format::isolate(&made.client.name))}</b></Notice>
                <p>{text::created_link()}</p>
                <div class="shown-once">
                    <span class="value">{link.clone()}</span>
                    <div><CopyButton what=link /></div>
                </div>
            </div>
            <footer>
                <Button label=text::done().to_owned() kind=ButtonKind::Go icon=Glyph::Check on_press=on_close />
            </footer>
        </div>
    }
}

/// The whole number a field holds.
pub(crate) fn whole_number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// Says what is wrong with a number of seats.
pub(super) fn check_seats(faults: &mut Vec<portal_bridge::FieldProblem>, seats: Option<u32>, least: u32) {
    match seats {
        None => faults.push(fault(Field::Seats, Fault::Malformed)),
        Some(seats) if seats < least => faults.push(fault(Field::Seats, Fault::TooSmall { limit: least })),
        Some(_) => {}
    }
}
