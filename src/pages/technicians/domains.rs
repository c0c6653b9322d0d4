//! The domains of ours: chosen here, kept by this browser for the account. Whether a text is a domain, the core decides.

use leptos::prelude::*;
use portal_bridge::{Field, GetTechnicians, UserId};

use crate::core_link::use_link;
use crate::form::{DialogForm, Sending};
use crate::live::handler;
use crate::messages::technicians as text;
use crate::preferences;
use crate::ui::{Dialog, Press, TextField, Toasts};
use crate::view::use_view;

/// The chosen domains; none where that of one's own address counts. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Domains {
    person: UserId,
    chosen: RwSignal<Vec<String>>,
}

impl Domains {
    /// Those that this person chose.
    pub(super) fn of(person: UserId) -> Self {
        Self { person, chosen: RwSignal::new(preferences::domains(person)) }
    }

    pub(super) fn get(self) -> Vec<String> {
        self.chosen.get()
    }

    /// Takes others. Whether the browser keeps them.
    fn set(self, domains: Vec<String>) -> bool {
        let kept = preferences::remember_domains(self.person, &domains);
        self.chosen.set(domains);
        kept
    }
}

/// Shows the domains, takes one more, or one away.
#[component]
pub(super) fn DomainsDialog(domains: Domains, #[prop(into)] on_close: Press) -> impl IntoView {
    let (link, toasts) = (use_link(), Toasts::of_page());
    let sending = Sending::new(&[Field::Domain]);
    let typed = RwSignal::new(String::new());
    let now = use_view(move || Some(GetTechnicians { domains: domains.get() }), Vec::new);
    let shown = move || now.map(|view| view.domains.clone()).unwrap_or_default();
    let take = move |those: Vec<String>| {
        if !domains.set(those) {
            toasts.say(text::domains_not_kept());
        }
    };
    let submit = move || {
        let mut those = untrack(shown);
        those.push(typed.get_untracked());
        sending.send(link, GetTechnicians { domains: those }, move |view| {
            take(view.domains);
            typed.set(String::new());
        });
    };
    let line = move |domain: String, alone: bool| {
        let (label, name) = (text::domain_remove_named(&domain), domain.clone());
        let remove = move || {
            take(untrack(shown).into_iter().filter(|other| *other != domain).collect());
        };
        view! {
            <li>
                <bdi>{name}</bdi>
                {(!alone).then(|| view! {
                    <button type="button" class="btn" aria-label=label on:click=handler(move |_| remove())>{text::domain_remove()}</button>
                }.into_any())}
            </li>
        }
        .into_any()
    };
    let lines = move || {
        let all = shown();
        let alone = all.len() < 2;
        all.into_iter().map(|domain| line(domain, alone)).collect_view()
    };
    let everybody = move || now.map(|view| view.domains.is_empty()).unwrap_or_default();
    view! {
        <Dialog title=text::domains_title().to_owned() on_close>
            <DialogForm sending verb=text::domain_add().to_owned() on_submit=submit on_close>
                <p>{text::domains_intro()}</p>
                {move || everybody().then(|| view! { <p class="quiet">{text::domains_none()}</p> }.into_any())}
                <ul class="views">{lines}</ul>
                <TextField label=text::domain().to_owned() value=typed hint=text::domain_hint().to_owned() fault=sending.fault(Field::Domain) first=true />
            </DialogForm>
        </Dialog>
    }
}
