use leptos::prelude::*;
use portal_bridge::{SessionView, SetIdleLock};

use crate::core_link::use_link;
use crate::form::{ProblemNotice, Sending};
use crate::format;
use crate::live::memo;
use crate::messages::{settings as text, shell as words, timeline};
use crate::preferences::{self, Density, Theme, Zone};
use crate::shell::use_shell;
use crate::ui::{Choice, Segments, SelectField};

/// Minutes that can be chosen.
const MINUTES: [u32; 6] = [1, 5, 15, 30, 60, 240];
const NEVER: &str = "never";

/// Idle lock, theme, density and time zone.
pub(super) fn choices() -> impl IntoView {
    view! {
        {idle()}
        {theme()}
        {density()}
        {times()}
    }
}

fn idle() -> impl IntoView {
    let link = use_link();
    let now = memo(move || match link.session() {
        Some(SessionView::Open(person)) => Some(person.idle_minutes),
        _ => None,
    });
    let choices = Signal::derive(move || {
        let mut minutes = MINUTES.to_vec();
        // A number that was set some other way is shown too.
        if let Some(Some(other)) = now.get()
            && !minutes.contains(&other)
        {
            minutes.push(other);
            minutes.sort_unstable();
        }
        let mut choices: Vec<Choice> =
            minutes.into_iter().map(|minutes| Choice::new(minutes.to_string(), words_for(minutes))).collect();
        choices.push(Choice::new(NEVER, text::idle_never()));
        choices
    });
    let sending = Sending::new(&[]);
    // What was chosen stands at once; the session says the same a moment later.
    let chosen = RwSignal::new(None::<String>);
    let value = Signal::derive(move || {
        chosen
            .get()
            .or_else(|| {
                now.get().map(|minutes| minutes.map_or(NEVER.to_owned(), |minutes| minutes.to_string()))
            })
            .unwrap_or_default()
    });
    let choose = move |word: String| {
        let minutes = word.parse().ok();
        chosen.set(Some(word));
        sending.send(link, SetIdleLock { minutes }, move |()| preferences::remember_idle(minutes));
    };
    let hint = Signal::derive(move || {
        Some(if value.get() == NEVER { text::idle_never_hint() } else { text::idle_hint() }.to_owned())
    });
    view! {
        <ProblemNotice problem=sending.problem() />
        <SelectField label=text::idle().to_owned() choices value on_choose=choose hint />
    }
}

fn words_for(minutes: u32) -> String {
    if minutes >= 60 && minutes.is_multiple_of(60) {
        text::idle_hours(minutes / 60)
    } else {
        text::idle_minutes(minutes)
    }
}

fn theme() -> impl IntoView {
    let shell = use_shell();
    let choices = vec![
        Choice::new("system", words::theme_system()),
        Choice::new("light", words::theme_light()),
        Choice::new("dark", words::theme_dark()),
    ];
    let value = Signal::derive(move || match shell.theme() {
        Theme::System => "system".to_owned(),
        Theme::Light => "light".to_owned(),
        Theme::Dark => "dark".to_owned(),
    });
    let choose = move |word: String| {
        shell.set_theme(match word.as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        });
    };
    view! {
        <div class="field">
            <span class="label" aria-hidden="true">{text::theme()}</span>
            <div><Segments legend=text::theme().to_owned() choices value on_choose=choose /></div>
        </div>
    }
}

fn density() -> impl IntoView {
    let shell = use_shell();
    let choices =
        vec![Choice::new("comfortable", words::comfortable()), Choice::new("compact", words::compact())];
    let value = Signal::derive(move || match shell.density() {
        Density::Comfortable => "comfortable".to_owned(),
        Density::Compact => "compact".to_owned(),
    });
    let choose = move |word: String| {
        shell.set_density(if word == "compact" { Density::Compact } else { Density::Comfortable });
    };
    view! {
        <div class="field">
            <span class="label" aria-hidden="true">{text::density()}</span>
            <div><Segments legend=text::density().to_owned() choices value on_choose=choose /></div>
        </div>
    }
}

fn times() -> impl IntoView {
    let choices = vec![
        Choice::new("local", timeline::zone_local(&format::zone_words(Zone::Local))),
        Choice::new("utc", timeline::zone_utc()),
    ];
    let value = Signal::derive(|| {
        match format::zone() {
            Zone::Local => "local",
            Zone::Utc => "utc",
        }
        .to_owned()
    });
    let choose = |word: String| format::set_zone(if word == "utc" { Zone::Utc } else { Zone::Local });
    view! {
        <div class="field">
            <span class="label" aria-hidden="true">{timeline::zone()}</span>
            <div><Segments legend=timeline::zone().to_owned() choices value on_choose=choose /></div>
        </div>
    }
}
