//! The frame around every page: rail, head, banners, tray of work, palette, shortcuts.

mod banners;
mod billing;
mod frame;
mod head;
mod jobs;
mod palette;
mod picker;
mod shortcuts;
mod space;
mod states;
mod suspension;
mod switcher;
mod title;

pub use billing::{billing, billing_path, use_books};
pub use frame::{frame, own_frame, portfolio_frame};
pub use head::Head;
pub use jobs::outcome;
pub use space::space;
pub use states::{Failed, blocked, blocked_in_space, failed, not_found, page_skeleton, waiting};
pub use suspension::waits;
pub use title::{name_page, use_title};

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{GetJobs, Lock, SessionView, SetIdleLock, SignOut};

use crate::core_link::{Link, use_link};
use crate::live::{effect, memo};
use crate::messages::{problems, shell as text};
use crate::preferences::{self, Density, Theme};
use crate::router::use_router;
use crate::ui::{MenuLayer, Menus, TipLayer, ToastLayer, Toasts};

/// What every page shares of the frame. A handle that copies.
#[derive(Clone, Copy)]
pub struct Shell {
    palette: RwSignal<bool>,
    shortcuts: RwSignal<bool>,
    switcher: RwSignal<bool>,
    jobs: RwSignal<bool>,
    theme: RwSignal<Theme>,
    density: RwSignal<Density>,
    suspension_read: RwSignal<bool>,
}

/// The frame's shared state.
pub fn use_shell() -> Shell {
    expect_context()
}

/// Puts what every page may use into the context.
pub fn provide() {
    Toasts::provide();
    let menus = Menus::provide();
    title::provide();
    let shell = Shell {
        palette: RwSignal::new(false),
        shortcuts: RwSignal::new(false),
        switcher: RwSignal::new(false),
        jobs: RwSignal::new(false),
        theme: RwSignal::new(preferences::theme()),
        density: RwSignal::new(preferences::density()),
        suspension_read: RwSignal::new(false),
    };
    provide_context(shell);
    preferences::show();
    let router = use_router();
    // What is typed in a search comes into the address a moment later, and must not close what has been opened meanwhile.
    let path = memo(move || router.path());
    effect(move || {
        path.track();
        shell.palette.track();
        shell.switcher.track();
        untrack(|| menus.close(false));
    });
    shortcuts::listen(shell);
    catch_up(use_link(), shell);
    watch_activity(use_link());
}

/// What floats above every page.
pub fn layers() -> impl IntoView {
    view! {
        <section aria-label=text::layers()>
            <MenuLayer />
            <ToastLayer />
            <TipLayer />
            {title::announcer()}
        </section>
    }
}

impl Shell {
    /// Shows the tray of work.
    pub fn show_jobs(self) {
        self.jobs.set(true);
    }

    /// The theme chosen.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// The density chosen.
    pub fn density(self) -> Density {
        self.density.get()
    }

    /// Chooses a theme, for this browser.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        preferences::set_theme(theme);
    }

    /// Chooses a density, for this browser.
    pub fn set_density(self, density: Density) {
        self.density.set(density);
        preferences::set_density(density);
    }
}

/// Locks the portal, in every tab.
pub fn lock(link: Link) {
    say_if_it_fails(link.ask(Lock));
}

/// Ends the session, in every tab.
pub fn sign_out(link: Link) {
    say_if_it_fails(link.ask(SignOut));
}

fn say_if_it_fails(answer: impl Future<Output = Result<(), portal_bridge::Problem>> + 'static) {
    let toasts = use_context::<Toasts>();
    spawn_local(async move {
        if let (Err(problem), Some(toasts)) = (answer.await, toasts) {
            toasts.say(problems::problem(&problem));
        }
    });
}

/// Once somebody is signed in: fetches the work begun in another tab, and tells a fresh core of the choice never to lock,
/// which its greeting cannot say. Once nobody is any more: takes away what floats, which may name clients and people.
fn catch_up(link: Link, shell: Shell) {
    let toasts = Toasts::of_page();
    let open = memo(move || matches!(link.session(), Some(SessionView::Open(_))));
    effect(move || {
        if !open.get() {
            toasts.clear();
            link.jobs().set(Vec::new());
            for floating in [shell.palette, shell.shortcuts, shell.jobs] {
                floating.set(false);
            }
            return;
        }
        let jobs = link.ask(GetJobs);
        spawn_local(async move {
            if let Ok(jobs) = jobs.await {
                link.jobs().set(jobs);
            }
        });
        if preferences::never_idle() {
            drop(link.ask(SetIdleLock { minutes: None }));
        }
    });
}

/// Tells the core that somebody is at work, at most every quarter of a minute, so that it does not lock under their hands.
fn watch_activity(link: Link) {
    const PAUSE_MS: i64 = 15_000;
    let last = StoredValue::new(0_i64);
    let note = move || {
        let now = crate::format::now().0;
        if now - last.get_value() > PAUSE_MS {
            last.set_value(now);
            link.active();
        }
    };
    // The window and the core link live as long as the page, and so may these.
    let _ = window_event_listener(leptos::ev::pointerdown, move |_| note());
    let _ = window_event_listener(leptos::ev::keydown, move |_| note());
    let _ = window_event_listener(leptos::ev::wheel, move |_| note());
    let _ = window_event_listener(leptos::ev::pagehide, move |_| link.leave());
}
