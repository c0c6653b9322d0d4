use leptos::prelude::*;
use portal_bridge::{Action, SessionView, Verdict};
use web_sys::MouseEvent;

use super::{jobs, lock, palette, shortcuts, sign_out, space::sections, suspension, title, use_shell};
use crate::core_link::use_link;
use crate::format::{self, isolate};
use crate::live::{handler, live, memo};
use crate::messages::{billing, entry, portfolio, reasons, shell as text, staff, timeline};
use crate::portfolio::use_portfolio;
use crate::preferences::{Density, Theme};
use crate::router::use_router;
use crate::session::{obstacle, use_provider};
use crate::space::use_space;
use crate::ui::{ButtonKind, Glyph, Icon, MenuButton, MenuEntry, MenuItem, capital_letters};

/// A page of the rail.
pub(super) struct Place {
    /// Last part of its address.
    pub(super) path: &'static str,
    pub(super) label: fn() -> &'static str,
    pub(super) glyph: Glyph,
    /// Who sees it.
    pub(super) action: Action,
}

/// The rail, in order.
pub(super) const PLACES: &[Place] = &[
    Place { path: "clients", label: text::clients, glyph: Glyph::Building, action: Action::ViewClients },
    Place { path: "staff", label: text::staff, glyph: Glyph::Users, action: Action::ViewStaff },
    Place {
        path: "timeline",
        label: timeline::label,
        glyph: Glyph::Activity,
        action: Action::ViewProviderEvents,
    },
    Place {
        path: "billing",
        label: billing::label,
        glyph: Glyph::Banknote,
        action: Action::ViewProviderSubscription,
    },
    Place { path: "settings", label: text::settings, glyph: Glyph::Settings, action: Action::OpenProvider },
];

/// A provider's frame with a page in it.
pub fn frame<V: IntoView + 'static>(inside: impl FnOnce() -> V) -> impl IntoView {
    let provider = use_provider();
    suspension::begin();
    title::use_place(move || provider.view().map(|view| view.name.clone()));
    view! {
        <a class="skip" href="#main">{text::skip()}</a>
        <div class="shell">
            <nav class="rail" aria-label=text::main_navigation()>
                {who()}
                {PLACES.iter().map(place).collect_view()}
                {foot()}
            </nav>
            <main class="page" id="main" tabindex="-1">{inside()}</main>
        </div>
        {jobs::announcer()}
        {jobs::tray()}
        {palette::palette()}
        {shortcuts::dialog()}
        {suspension::dialog()}
    }
}

/// The frame of an organization one is a member of, with a page in it.
pub fn own_frame<V: IntoView + 'static>(inside: impl FnOnce() -> V) -> impl IntoView {
    let space = use_space();
    let name = memo(move || space.read(|view| view.name.clone()).unwrap_or_default());
    title::use_place(move || Some(name.get()).filter(|name| !name.is_empty()));
    let managed = move || {
        let by = space.read(|view| view.managed_by.clone()).flatten();
        by.map(|by| entry::managed_by(&isolate(&by)))
    };
    view! {
        <a class="skip" href="#main">{text::skip()}</a>
        <div class="shell">
            <nav class="rail" aria-label=text::main_navigation()>
                {switch(name, managed)}
                {move || space.read(|view| view.in_portfolio).unwrap_or_default().then(|| view! {
                    <a href="/clients">
                        <Icon glyph=Glyph::Building />
                        <span class="word">{text::clients()}</span>
                    </a>
                }.into_any())}
                {foot()}
            </nav>
            <main class="page" id="main" tabindex="-1">
                {sections(space)}
                {inside()}
            </main>
        </div>
        {jobs::announcer()}
        {jobs::tray()}
        {shortcuts::dialog()}
    }
}

/// The frame of every client one looks after, with a page in it.
pub fn portfolio_frame<V: IntoView + 'static>(inside: impl FnOnce() -> V) -> impl IntoView {
    let (portfolio, router) = (use_portfolio(), use_router());
    let here = move |place: &'static str| move || router.path().starts_with(place).then_some("page");
    let link = move |address: &'static str, glyph: Glyph, label: fn() -> &'static str| {
        view! {
            <a href=address aria-current=here(address)>
                <Icon glyph />
                <span class="word">{label()}</span>
            </a>
        }
        .into_any()
    };
    // Whoever looks after clients for a provider alone sees its staff and its timeline there.
    let sits = memo(move || portfolio.view().map(|view| view.own > 0).unwrap_or_default());
    let tells = memo(move || portfolio.view().map(|view| view.keeps_events).unwrap_or_default());
    let bills = memo(move || portfolio.view().map(|view| view.bills).unwrap_or_default());
    title::use_place(|| Some(portfolio::name().to_owned()));
    let name = memo(|| portfolio::name().to_owned());
    let count = move || {
        portfolio.view().map(|view| view.clients).flatten().map(|count| {
            let words = format::number(count);
            view! { <span class="n">{words}</span> }.into_any()
        })
    };
    view! {
        <a class="skip" href="#main">{text::skip()}</a>
        <div class="shell">
            <nav class="rail" aria-label=text::main_navigation()>
                {switch(name, || Some(portfolio::note().to_owned()))}
                <a href="/clients" aria-current=here("/clients")>
                    <Icon glyph=Glyph::Building />
                    <span class="word">{text::clients()}</span>
                    {count}
                </a>
                {live(move || sits.get().then(|| link("/staff", Glyph::Users, text::staff)))}
                {live(move || tells.get().then(|| link("/timeline", Glyph::Activity, timeline::label)))}
                {live(move || bills.get().then(|| link("/billing", Glyph::Banknote, billing::label)))}
                {foot()}
            </nav>
            <main class="page" id="main" tabindex="-1">{inside()}</main>
        </div>
        {jobs::announcer()}
        {jobs::tray()}
        {shortcuts::dialog()}
    }
}

fn who() -> impl IntoView {
    let provider = use_provider();
    let name = memo(move || provider.view().map(|view| view.name.clone()).unwrap_or_default());
    switch(name, move || provider.role().map(staff::role_word))
}

/// Where one is, which leads to everywhere else one could be.
fn switch(name: Memo<String>, role: impl Fn() -> Option<String> + Send + 'static) -> impl IntoView {
    view! {
        <a class="who" href="/providers" data-tip=text::switch_provider()>
            <span class="mark" aria-hidden="true">{move || initials(&name.get())}</span>
            <span class="names">
                <bdi class="cut">{move || name.get()}</bdi>
                <small>{role}</small>
            </span>
        </a>
    }
}

fn place(place: &'static Place) -> impl IntoView {
    let provider = use_provider();
    let router = use_router();
    let address = move || provider.path(place.path);
    let here = move || {
        let (path, address) = (router.path(), address());
        let first = place.path == "clients" && path == address.trim_end_matches("/clients");
        // The provider's own log is a part of the timeline.
        let part = place.path == "timeline" && path == provider.path("events");
        (first || part || path == address || path.starts_with(&format!("{address}/"))).then_some("page")
    };
    let count = move || match place.action {
        Action::ViewClients => provider.view().map(|view| view.clients).flatten().map(|count| {
            let words = format::number(count);
            view! { <span class="n">{words}</span> }.into_any()
        }),
        Action::ViewStaff => {
            provider.view().map(|view| view.waiting).flatten().filter(|waiting| *waiting > 0).map(|waiting| {
                let words = format::number(waiting);
                view! {
                    <span class="n due" aria-hidden="true">{words}</span>
                    <span class="sr">{text::staff_waiting(waiting)}</span>
                }
                .into_any()
            })
        }
        _ => None,
    };
    let verdict = memo(move || provider.verdict(place.action));
    live(move || {
        let verdict = verdict.get();
        (verdict != Verdict::Hidden).then(|| {
            let reason = obstacle(verdict).map(reasons::reason);
            // Hidden, the reason is no part of the name, and describes all the same.
            let id = reason.map(|_| place.path);
            let press = handler(move |event: MouseEvent| {
                if reason.is_some() {
                    event.prevent_default();
                }
            });
            view! {
                <a href=address aria-current=here aria-disabled=reason.map(|_| "true") aria-describedby=id data-tip=reason on:click=press>
                    <Icon glyph=place.glyph />
                    <span class="word">{(place.label)()}</span>
                    {count}
                    {reason.map(|reason| view! { <span hidden id=id>{reason}</span> })}
                </a>
            }
            .into_any()
        })
    })
}

fn foot() -> impl IntoView {
    let link = use_link();
    let shell = use_shell();
    let person = memo(move || match link.session() {
        Some(SessionView::Open(person)) => {
            (person.name.clone().unwrap_or_else(|| person.email.clone()), person.email)
        }
        _ => Default::default(),
    });
    let menu = move |()| {
        let theme = shell.theme.get_untracked();
        let density = shell.density.get_untracked();
        let themes = [
            (Theme::System, text::theme_system()),
            (Theme::Light, text::theme_light()),
            (Theme::Dark, text::theme_dark()),
        ];
        let densities = [(Density::Comfortable, text::comfortable()), (Density::Compact, text::compact())];
        let mut entries =
            vec![MenuEntry::Group(person.get_untracked().1), MenuEntry::Group(text::theme().to_owned())];
        entries.extend(themes.map(|(value, words)| {
            MenuItem::new(words, move || shell.set_theme(value)).checked(theme == value).into()
        }));
        entries.push(MenuEntry::Group(text::density().to_owned()));
        entries.extend(densities.map(|(value, words)| {
            MenuItem::new(words, move || shell.set_density(value)).checked(density == value).into()
        }));
        entries.extend([
            MenuEntry::Line,
            MenuItem::new(text::shortcuts(), move || shell.shortcuts.set(true)).glyph(Glyph::Keyboard).into(),
            MenuItem::new(text::lock(), move || lock(link)).glyph(Glyph::Lock).into(),
            MenuItem::new(text::sign_out(), move || sign_out(link)).glyph(Glyph::SignOut).into(),
        ]);
        entries
    };
    view! {
        <div class="foot">
            <button type="button" class="locks" aria-keyshortcuts="L" on:click=handler(move |_| lock(link))>
                <Icon glyph=Glyph::Lock />
                <span class="word">{text::lock()}</span>
                <span class="n" aria-hidden="true"><kbd>"L"</kbd></span>
            </button>
            <MenuButton
                class="person"
                kind=ButtonKind::Bare
                icon=Glyph::User
                label=Signal::derive(move || person.get().0)
                entries=menu
            />
        </div>
    }
}

/// Two letters that stand for a name.
fn initials(name: &str) -> String {
    let letters =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    capital_letters(&letters.take(2).collect::<String>())
}
