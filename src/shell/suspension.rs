//! What a suspended provider tells the person who enters it.

use leptos::prelude::*;
use portal_bridge::{ProviderState, Suspension};

use super::{banners::suspension_words, sign_out};
use crate::core_link::use_link;
use crate::live::{live, memo};
use crate::messages::shell as text;
use crate::router::use_router;
use crate::session::use_provider;
use crate::ui::{Button, ButtonKind, Dialog};

/// Comes up once on entering. A Service User can do nothing here, so theirs leads away instead of closing.
pub(super) fn dialog() -> impl IntoView {
    let provider = use_provider();
    let (link, router) = (use_link(), use_router());
    let read = RwSignal::new(false);
    let suspension = memo(move || {
        provider
            .view()
            .map(|view| (view.state == ProviderState::Suspended).then_some(view.suspension))
            .flatten()
    });
    live(move || {
        let suspension = suspension.get()?;
        let for_admins = suspension == Some(Suspension::ContactAdministrator);
        // Closing it leads away where nothing can be done here.
        let close = move || if for_admins { router.go("/providers") } else { read.set(true) };
        (for_admins || !read.get()).then(|| {
            view! {
                <Dialog title=text::suspended().to_owned() on_close=close>
                    <div class="body"><p>{suspension_words(suspension)}</p></div>
                    <footer>
                        {if for_admins {
                            view! {
                                <Button label=text::sign_out().to_owned() on_press=move || sign_out(link) />
                                <a class="btn go" href="/providers">{text::to_places()}</a>
                            }
                            .into_any()
                        } else {
                            view! {
                                <Button label=text::understood().to_owned() kind=ButtonKind::Go on_press=move || read.set(true) />
                            }
                            .into_any()
                        }}
                    </footer>
                </Dialog>
            }.into_any()
        })
    })
}
