use leptos::prelude::*;
use portal_bridge::{Action, ApiKey, Fault, Field, GetApiKey, Secret};

use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, fault};
use crate::format;
use crate::messages::{client_settings as text, reasons, settings as words, ui as ui_text};
use crate::space::use_space;
use crate::ui::{
    Button, ButtonKind, CopyButton, Dialog, Glyph, Notice, PasswordField, PasswordInput, Press, Tone,
};

/// The ways to the organization's API key.
pub(super) fn part() -> impl IntoView {
    let space = use_space();
    // Whether the dialog is open, and whether for a new key.
    let open = RwSignal::new(None::<bool>);
    let reason = MaybeProp::from(Signal::derive(move || {
        let lacks = space.read(|view| !view.has.api).unwrap_or_default();
        let obstacle = space.obstacle(Action::ManageApiKey).map(|reason| reasons::reason(reason).to_owned());
        obstacle.or_else(|| lacks.then(|| reasons::plan_lacks_it().to_owned()))
    }));
    view! {
        <p>{text::api_key_use()}</p>
        <div class="across">
            <Button label=text::view_key_().to_owned() icon=Glyph::Key reason on_press=move || open.set(Some(false)) />
            <Button label=text::rotate_key_().to_owned() icon=Glyph::Refresh kind=ButtonKind::Danger reason on_press=move || open.set(Some(true)) />
        </div>
        {move || open.get().map(|rotate| view! { <KeyDialog rotate on_close=move || open.set(None) /> }.into_any())}
    }
}

/// Asks for the master password, then shows the key.
#[component]
fn KeyDialog(rotate: bool, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, space) = (use_link(), use_space());
    let password = PasswordInput::new();
    let sending = Sending::new(&[Field::Password]);
    let key = RwSignal::new(None::<ApiKey>);
    let title = if rotate { text::rotate_key() } else { text::view_key() };
    let submit = move || {
        let missing = password.length() == 0;
        if sending.check(missing.then(|| fault(Field::Password, Fault::Missing)).into_iter().collect()) {
            let password = Secret::new(password.take());
            let question = GetApiKey { within: space.within_untracked(), password, rotate };
            sending.send(link, question, move |found| key.set(Some(found)));
        }
    };
    view! {
        <Dialog title=title.to_owned() held=sending.busy() on_close>
            {move || match key.get() {
                Some(key) => shown(key, rotate, on_close).into_any(),
                None => view! {
                    <DialogForm sending verb=title.to_owned() on_submit=submit on_close>
                        {rotate.then(|| view! { <Notice tone=Tone::Attend>{text::rotate_body()}</Notice> }.into_any())}
                        <PasswordField
                            label=words::password().to_owned()
                            input=password
                            autocomplete="current-password"
                            reveal=ui_text::reveal().to_owned()
                            caps_lock=ui_text::caps_lock().to_owned()
                            hint=text::password_hint()
                            fault=sending.fault(Field::Password)
                            first=true
                        />
                    </DialogForm>
                }.into_any(),
            }}
        </Dialog>
    }
}

fn shown(key: ApiKey, rotated: bool, on_close: Press) -> impl IntoView {
    let line = |name: &'static str, value: String, secret: bool| {
        view! {
            <div class="stack tight">
                <h3 class="label">{name}</h3>
                <div class="shown-once">
                    <span class="value">{value.clone()}</span>
                    <div class="across"><CopyButton what=value secret /></div>
                </div>
            </div>
        }
        .into_any()
    };
    let revised = key.revised.map(|date| text::key_since(&format::exact(date)));
    view! {
        <div class="inner">
            <div class="body">
                {rotated.then(|| view! { <Notice tone=Tone::Good>{text::rotated()}</Notice> }.into_any())}
                {line(text::client_id(), key.client_id, false)}
                {line(text::client_secret(), key.client_secret, true)}
                {line(text::scope(), key.scope, false)}
                {revised.map(|words| view! { <p class="quiet">{words}</p> }.into_any())}
            </div>
            <footer>
                <Button label=ui_text::close().to_owned() kind=ButtonKind::Go on_press=move || on_close.run(()) />
            </footer>
        </div>
    }
}
