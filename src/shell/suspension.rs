//! What a suspended provider tells the person who enters it.

use leptos::prelude::*;
use portal_bridge::{Action, ProviderState, Suspension, Verdict};

use super::{Shell, banners::suspension_words, sign_out, use_shell};
use crate::core_link::use_link;
use crate::live::{live, memo};
use crate::messages::shell as text;
use crate::router::use_router;
use crate::session::{Provider, use_provider};
use crate::ui::{Button, ButtonKind, Dialog};

/// Whether the dialog stands now: then no other is opened by the address beside it.
fn greets(shell: Shell, provider: Provider) -> bool {
    suspension(provider).is_some() && (nothing_to_do(provider) || !shell.suspension_read.get())
}

/// Whether what the address opens has to wait on the page that is drawn, a client's or its provider's: this is read first. A
/// client's own people have nothing to read.
pub fn waits() -> Memo<bool> {
    let (shell, provider) = (use_shell(), use_context::<Provider>());
    memo(move || provider.is_some_and(|provider| greets(shell, provider)))
}

/// Somebody enters a provider, who has not read it there yet.
pub(super) fn begin() {
    use_shell().suspension_read.set(false);
}

/// Comes up once on entering. A Service User can do nothing here, so theirs leads away instead of closing.
pub(super) fn dialog() -> impl IntoView {
    let provider = use_provider();
    let (link, router, shell) = (use_link(), use_router(), use_shell());
    let shown = memo(move || suspension(provider).filter(|_| greets(shell, provider)));
    live(move || {
        let suspension = shown.get()?;
        let leads_away = nothing_to_do(provider);
        let read = move || shell.suspension_read.set(true);
        // Closing it leads away where nothing can be done here.
        let close = move || if leads_away { router.go("/providers") } else { read() };
        Some(
            view! {
                <Dialog title=text::suspended().to_owned() on_close=close>
                    <div class="body"><p>{suspension_words(suspension)}</p></div>
                    <footer>
                        {if leads_away {
                            view! {
                                <Button label=text::sign_out().to_owned() on_press=move || sign_out(link) />
                                <a class="btn go" href="/providers">{text::to_places()}</a>
                            }
                            .into_any()
                        } else {
                            view! {
                                <Button label=text::understood().to_owned() kind=ButtonKind::Go on_press=read />
                            }
                            .into_any()
                        }}
                    </footer>
                </Dialog>
            }
            .into_any(),
        )
    })
}

/// Why the provider is suspended, as far as is told, if it is.
fn suspension(provider: Provider) -> Option<Option<Suspension>> {
    let view = provider.view();
    view.map(|view| (view.state == ProviderState::Suspended).then_some(view.suspension)).flatten()
}

/// Whether one's role can do nothing in the provider while it is suspended, whatever is to be done about it.
fn nothing_to_do(provider: Provider) -> bool {
    provider.verdict(Action::OpenProvider) != Verdict::Allowed
}
