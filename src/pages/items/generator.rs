//! A password or passphrase nobody chose, made in the core and put into a field.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::Generate;

use super::Page;
use crate::live::{effect, live};
use crate::messages::{item as text, problems};
use crate::ui::{
    Button, ButtonKind, Check, Choice, Dialog, Glyph, InputKind, PasswordInput, Press, Segments, TextField,
};

const PASSWORD: &str = "password";
const PASSPHRASE: &str = "passphrase";

/// Makes one for the field. It stands outside of the form the field is in, which Enter would send.
#[component]
pub(super) fn GeneratorDialog(
    page: Page,
    field: PasswordInput,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let form = RwSignal::new(PASSWORD.to_owned());
    let (length, words) = (RwSignal::new("20".to_owned()), RwSignal::new("5".to_owned()));
    let separator = RwSignal::new("-".to_owned());
    let [capitals, digits, special, clear, capitalize, numbered] =
        [true, true, true, false, true, true].map(RwSignal::new);
    let made = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let again = RwSignal::new(0_u32);
    let of_words = move || form.with(|form| form == PASSPHRASE);
    let rules = move || {
        let size = |text: RwSignal<String>| text.with(|text| text.trim().parse().unwrap_or(0));
        if of_words() {
            Generate::Passphrase {
                words: size(words),
                separator: separator.get(),
                capitals: capitalize.get(),
                number: numbered.get(),
            }
        } else {
            Generate::Password {
                length: size(length),
                capitals: capitals.get(),
                digits: digits.get(),
                special: special.get(),
                clear_to_read: clear.get(),
            }
        }
    };
    // Every change of the rules makes another one.
    effect(move || {
        again.track();
        let answer = page.link.ask(rules());
        spawn_local(async move {
            match answer.await {
                Ok(secret) => {
                    made.try_set(String::from_utf8_lossy(secret.bytes()).into_owned());
                    fault.try_set(None);
                }
                Err(problem) => {
                    made.try_set(String::new());
                    fault.try_set(Some(problems::problem(&problem)));
                }
            }
        });
    });
    let choices = vec![
        Choice::new(PASSWORD, text::generate_password()),
        Choice::new(PASSPHRASE, text::generate_passphrase()),
    ];
    let check = |label: &'static str, value: RwSignal<bool>| {
        view! { <Check label=label.to_owned() value on_change=move |on| value.set(on) /> }.into_any()
    };
    let use_it = move || {
        made.with_untracked(|made| field.fill(made));
        on_close.run(());
    };
    let reason = MaybeProp::from(Signal::derive(move || fault.get()));
    let settings = move || {
        if of_words() {
            view! {
                <TextField label=text::generate_words().to_owned() value=words kind=InputKind::Number least=3 hint=text::generate_words_hint().to_owned() fault=MaybeProp::from(Signal::derive(move || fault.get())) />
                <TextField label=text::generate_separator().to_owned() value=separator limit=5 />
                {check(text::generate_capitalize(), capitalize)}
                {check(text::generate_number(), numbered)}
            }
            .into_any()
        } else {
            view! {
                <TextField label=text::generate_length().to_owned() value=length kind=InputKind::Number least=5 hint=text::generate_length_hint().to_owned() fault=MaybeProp::from(Signal::derive(move || fault.get())) />
                {check(text::generate_capitals(), capitals)}
                {check(text::generate_digits(), digits)}
                {check(text::generate_special(), special)}
                {check(text::generate_clear(), clear)}
            }
            .into_any()
        }
    };
    view! {
        <Dialog title=text::generate_title().to_owned() on_close>
            <div class="inner">
                <div class="body">
                    <output class="generated mono" aria-label=text::generated()>{move || made.get()}</output>
                    <Segments
                        legend=text::generate_form().to_owned()
                        choices=Signal::derive(move || choices.clone())
                        value=form
                        on_choose=move |chosen| form.set(chosen)
                    />
                    {live(settings)}
                </div>
                <footer>
                    <Button label=text::generate_again().to_owned() icon=Glyph::Refresh on_press=move || again.update(|count| *count = count.wrapping_add(1)) />
                    <Button label=text::generate_use().to_owned() kind=ButtonKind::Go reason on_press=use_it />
                </footer>
            </div>
        </Dialog>
    }
}
