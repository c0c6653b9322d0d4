use leptos::prelude::*;

use super::{
    Glyph, Icon,
    field::{Wiring, below, label_of},
};
use crate::live::memo;

/// The addresses in a text, as written, parted by commas, semicolons, blanks or lines, each once.
pub fn split_addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split(|c: char| c == ',' || c == ';' || c.is_whitespace()) {
        // `Ana Ruiz <ana@client.example>` is how mail programs copy an address.
        let part = part.trim_matches(|c| c == '<' || c == '>');
        if !part.is_empty() && !found.iter().any(|known| known.eq_ignore_ascii_case(part)) {
            found.push(part.to_owned());
        }
    }
    found
}

/// A field for several addresses. below it stands each address as it was understood, the faulty ones with their fault.
#[component]
pub fn AddressesField(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// What was typed.
    value: RwSignal<String>,
    /// Name of the list of understood addresses.
    #[prop(into)]
    understood: Signal<String>,
    /// What is wrong with one address.
    #[prop(into)]
    check: UnsyncCallback<String, Option<String>>,
    /// What helps to fill it.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the field.
    #[prop(optional, into)]
    fault: MaybeProp<String>,
) -> impl IntoView {
    let wiring = Wiring::new();
    let described = wiring.clone();
    let parsed = memo(move || value.with(|text| split_addresses(text)));
    view! {
        <div class="field">
            {label_of(&wiring, label, MaybeProp::default())}
            <textarea
                class="input"
                id=wiring.control.clone()
                rows="3"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                autofocus=true
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=move || described.described(hint, fault)
                bind:value=value
            ></textarea>
            {below(wiring, hint, fault)}
            {move || {
                let parsed = parsed.get();
                (!parsed.is_empty()).then(|| view! {
                    <ul class="parsed" aria-label=move || understood.get()>
                        {parsed
                            .into_iter()
                            .map(|address| {
                                let fault = check.run(address.clone());
                                let bad = fault.is_some();
                                view! {
                                    <li class:bad=bad>
                                        <Icon glyph=if bad { Glyph::Alert } else { Glyph::Check } />
                                        <bdi>{address}</bdi>
                                        {fault.map(|fault| view! { <span>{fault}</span> }.into_any())}
                                    </li>
                                }.into_any()
                            })
                            .collect_view()}
                    </ul>
                }.into_any())
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::split_addresses;

    #[test]
    fn addresses_are_parted_by_what_people_paste() {
        assert_eq!(
            split_addresses(" a@x.example,b@x.example;\nc@x.example\td@x.example "),
            ["a@x.example", "b@x.example", "c@x.example", "d@x.example"]
        );
        assert_eq!(split_addresses("<a@x.example>, A@X.example"), ["a@x.example"], "the same address once");
        assert!(split_addresses(" ,; ").is_empty());
    }
}
