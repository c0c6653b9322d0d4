use leptos::prelude::*;
use portal_bridge::{
    BeginTwoStep, Fault, Field, GetServer, Secret, TurnOffTwoStep, TurnOnTwoStep, TwoStepSetup,
};

use crate::core_link::use_link;
use crate::form::{DialogForm, Form, ProblemNotice, Sending, fault};
use crate::live::memo;
use crate::messages::{settings as text, ui as words};
use crate::ui::{
    Button, ButtonKind, ConfirmDialog, CopyButton, Dialog, InputKind, Notice, PasswordField, PasswordInput,
    Press, Status, TextField, Toasts, Tone,
};
use crate::view::use_view;

/// Whether two-step login is on, with the way to change it where the server has one.
pub(super) fn section(on: bool) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Open {
        On,
        Off,
    }
    let server = use_view(|| Some(GetServer), Vec::new);
    let here = memo(move || server.map(|server| server.two_step_settings));
    let open = RwSignal::new(None::<Open>);
    let close = move || open.set(None);
    let (tone, word) =
        if on { (Tone::Good, text::two_step_on()) } else { (Tone::Attend, text::two_step_off()) };
    view! {
        <div class="stack tight">
            <h3 class="label across">{text::two_step()} <Status tone label=word /></h3>
            <p class="quiet">{text::two_step_body()}</p>
            <div class="across">
                {move || match (here.get()?, on) {
                    (false, _) => Some(view! { <p class="quiet">{text::two_step_elsewhere()}</p> }.into_any()),
                    (true, false) => Some(view! {
                        <Button label=text::turn_on_().to_owned() on_press=move || open.set(Some(Open::On)) />
                    }.into_any()),
                    (true, true) => Some(view! {
                        <Button label=text::turn_off_().to_owned() kind=ButtonKind::Danger on_press=move || open.set(Some(Open::Off)) />
                    }.into_any()),
                }}
            </div>
        </div>
        {move || open.get().map(|what| match what {
            Open::On => view! { <TurnOnDialog on_close=close /> }.into_any(),
            Open::Off => view! { <TurnOffDialog on_close=close /> }.into_any(),
        })}
    }
}

#[component]
fn TurnOnDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let password = PasswordInput::new();
    // The master password is asked for once and needed twice; it is wiped with the dialog.
    let given = StoredValue::new_local(Secret::default());
    let setup = RwSignal::new(None::<TwoStepSetup>);
    let code = RwSignal::new(String::new());
    let sending = Sending::new(&[Field::Password, Field::Code]);

    let begin = move || {
        let bytes = Secret::new(password.take());
        let faults = if bytes.is_empty() { vec![fault(Field::Password, Fault::Missing)] } else { Vec::new() };
        if sending.check(faults) {
            given.set_value(bytes.clone());
            sending.send(link, BeginTwoStep { password: bytes }, move |answer| setup.set(Some(answer)));
        }
    };
    let turn_on = move || {
        let Some(setup) = setup.get_untracked() else { return };
        let digits: String = code.get_untracked().chars().filter(|c| !c.is_whitespace()).collect();
        let faults = if digits.is_empty() { vec![fault(Field::Code, Fault::Missing)] } else { Vec::new() };
        if sending.check(faults) {
            let question = TurnOnTwoStep { secret: setup.secret, code: digits, password: given.get_value() };
            sending.send(link, question, move |()| {
                toasts.say(text::turned_on());
                on_close.try_run(());
            });
        }
    };
    view! {
        <Dialog title=text::turn_on_title().to_owned() held=sending.busy() on_close>
            {move || match setup.get() {
                None => view! {
                    <DialogForm sending verb=text::continue_().to_owned() on_submit=begin on_close>
                        <p>{text::turn_on_password()}</p>
                        <PasswordField
                            label=text::password().to_owned()
                            input=password
                            autocomplete="current-password"
                            reveal=words::reveal().to_owned()
                            caps_lock=words::caps_lock().to_owned()
                            fault=sending.fault(Field::Password)
                            first=true
                        />
                    </DialogForm>
                }.into_any(),
                Some(TwoStepSetup { secret, address }) => view! {
                    <Form sending on_submit=turn_on class="inner">
                        <div class="body">
                            <ProblemNotice problem=sending.problem() />
                            <p>{text::turn_on_scan()}</p>
                            {shown_once(text::key(), secret.clone())}
                            {shown_once(text::address(), address.clone())}
                            <Notice tone=Tone::Wait>{text::turn_on_keep()}</Notice>
                            <TextField
                                label=text::code().to_owned()
                                value=code
                                kind=InputKind::Code
                                autocomplete="one-time-code"
                                limit=12
                                hint=text::code_hint()
                                fault=sending.fault(Field::Code)
                                first=true
                            />
                        </div>
                        <footer>
                            <a class="btn left" href=address.clone()>{text::open_app()}</a>
                            <Button label=words::cancel().to_owned() on_press=on_close />
                            <Button label=text::turn_on().to_owned() kind=ButtonKind::Go submit=true busy=sending.busy() />
                        </footer>
                    </Form>
                }.into_any(),
            }}
        </Dialog>
    }
}

fn shown_once(name: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="shown-once">
            <span class="quiet small">{name}</span>
            <span class="value">{value.clone()}</span>
            <div class="across"><CopyButton what=value secret=true /></div>
        </div>
    }
}

#[component]
fn TurnOffDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let password = PasswordInput::new();
    let sending = Sending::new(&[Field::Password]);
    let confirm = move || {
        let bytes = Secret::new(password.take());
        let faults = if bytes.is_empty() { vec![fault(Field::Password, Fault::Missing)] } else { Vec::new() };
        if sending.check(faults) {
            sending.send(link, TurnOffTwoStep { password: bytes }, move |()| {
                toasts.say(text::turned_off());
                on_close.try_run(());
            });
        }
    };
    view! {
        <ConfirmDialog title=text::turn_off_title().to_owned() verb=text::turn_off().to_owned() busy=sending.busy() on_confirm=confirm on_close>
            <ProblemNotice problem=sending.problem() />
            <p>{text::turn_off_body()}</p>
            <PasswordField
                label=text::password().to_owned()
                input=password
                autocomplete="current-password"
                reveal=words::reveal().to_owned()
                caps_lock=words::caps_lock().to_owned()
                fault=sending.fault(Field::Password)
                first=true
            />
        </ConfirmDialog>
    }
}
