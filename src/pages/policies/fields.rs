//! The fields of a policy's data, drawn from their description.

use leptos::prelude::*;
use portal_bridge::PolicyValue;

use super::kinds::{Field, Input};
use crate::form::Sending;
use crate::messages::problems;
use crate::ui::{Check, Choice, InputKind, SelectField, TextField};

/// One field with what stands in it. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Entered {
    field: &'static Field,
    /// What it held at first; stays untouched as long as nothing else is entered.
    before: StoredValue<PolicyValue>,
    value: RwSignal<PolicyValue>,
    typed: RwSignal<String>,
    malformed: RwSignal<bool>,
}

impl Entered {
    /// The field, with what the data holds.
    pub(super) fn new(field: &'static Field, data: &[(String, PolicyValue)]) -> Self {
        let held = data.iter().find(|(key, _)| key.eq_ignore_ascii_case(field.key));
        let before = held.map_or(PolicyValue::None, |(_, value)| value.clone());
        Self {
            field,
            value: RwSignal::new(before.clone()),
            typed: RwSignal::new(text_of(&before)),
            before: StoredValue::new(before),
            malformed: RwSignal::new(false),
        }
    }

    /// What is to be kept under its key; `None` where what was typed is not what belongs there.
    pub(super) fn read(self) -> Option<(String, PolicyValue)> {
        let typed = self.typed.get_untracked();
        let typed = typed.trim();
        let value = match self.field.input {
            Input::Flag | Input::Several(_) => self.value.get_untracked(),
            _ if self.before.with_value(|before| text_of(before) == typed) => self.before.get_value(),
            _ if typed.is_empty() && !matches!(self.field.input, Input::Word(_)) => PolicyValue::None,
            Input::Number | Input::Choice(_) => match typed.parse() {
                Ok(number) => PolicyValue::Number(number),
                Err(_) => {
                    self.malformed.set(true);
                    return None;
                }
            },
            // Only the generator's kind says "any" by an empty text; elsewhere that travels as nothing.
            Input::Word(_) if typed.is_empty() && self.field.key != "overridePasswordType" => {
                PolicyValue::None
            }
            Input::Text | Input::Word(_) => PolicyValue::Text(typed.to_owned()),
        };
        self.malformed.set(false);
        Some((self.field.key.to_owned(), value))
    }

    /// Draws it.
    pub(super) fn draw(self, sending: Sending) -> AnyView {
        let Self { field, value, typed, malformed, .. } = self;
        let label = (field.label)().to_owned();
        let hint = MaybeProp::from(Signal::derive(move || field.hint.map(|hint| hint().to_owned())));
        let refused = sending.fault_of(field.key);
        let fault = MaybeProp::from(Signal::derive(move || {
            if malformed.get() { Some(problems::malformed().to_owned()) } else { refused.get() }
        }));
        match field.input {
            Input::Flag => {
                let on = Signal::derive(move || value.get() == PolicyValue::Flag(true));
                view! { <Check label value=on hint on_change=move |on| value.set(PolicyValue::Flag(on)) /> }
                    .into_any()
            }
            Input::Number => {
                view! { <TextField label value=typed kind=InputKind::Number hint fault /> }.into_any()
            }
            Input::Text => view! { <TextField label value=typed hint fault /> }.into_any(),
            Input::Word(words) | Input::Choice(words) => {
                let choices = Signal::derive(move || {
                    let mut choices: Vec<Choice> =
                        words.iter().map(|(word, label)| Choice::new(*word, label())).collect();
                    // What is there and unknown stays to be chosen.
                    let now = typed.get();
                    if words.iter().all(|(word, _)| *word != now) {
                        choices.insert(0, Choice::new(now.clone(), now));
                    }
                    choices
                });
                view! { <SelectField label choices value=typed hint fault on_choose=move |chosen| typed.set(chosen) /> }
                    .into_any()
            }
            Input::Several(all) => {
                let one = move |(number, label): &(i64, crate::ui::table::Words)| {
                    let number = *number;
                    let on = Signal::derive(move || {
                        value
                            .with(|value| matches!(value, PolicyValue::Numbers(all) if all.contains(&number)))
                    });
                    let change = move |on: bool| {
                        value.update(|value| {
                            let mut chosen = match value {
                                PolicyValue::Numbers(chosen) => std::mem::take(chosen),
                                _ => Vec::new(),
                            };
                            chosen.retain(|one| *one != number);
                            if on {
                                chosen.push(number);
                                chosen.sort_unstable();
                            }
                            *value = PolicyValue::Numbers(chosen);
                        });
                    };
                    view! { <Check label=label().to_owned() value=on on_change=change /> }.into_any()
                };
                view! {
                    <fieldset class="field access">
                        <legend class="label">{label}</legend>
                        <div class="flags">{all.iter().map(one).collect_view()}</div>
                    </fieldset>
                }
                .into_any()
            }
        }
    }
}

fn text_of(value: &PolicyValue) -> String {
    match value {
        PolicyValue::Number(number) => number.to_string(),
        PolicyValue::Text(text) => text.clone(),
        PolicyValue::None | PolicyValue::Flag(_) | PolicyValue::Numbers(_) | PolicyValue::Other => {
            String::new()
        }
    }
}
