use leptos::prelude::*;

use super::{banners, jobs, title::use_title, use_shell};
use crate::live::handler;
use crate::messages::shell as text;
use crate::portfolio::Portfolio;
use crate::session::Provider;
use crate::space::Space;
use crate::ui::{Glyph, Icon};

/// The head of a page: its name, a count beside it, the way to anything, and the page's own buttons. Below it stand the
/// notices that concern every page.
#[component]
pub fn Head(
    /// Name of the page; the document is called by it.
    #[prop(into)]
    title: Signal<String>,
    /// What stands beside the name.
    #[prop(optional, into)]
    count: MaybeProp<String>,
    /// Where the page belongs: address and name of what is above it.
    #[prop(optional)]
    above: Option<(String, String)>,
    /// The page's buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let shell = use_shell();
    use_title(move || title.get());
    let at_provider = use_context::<Provider>().is_some();
    let framed = at_provider || use_context::<Space>().is_some() || use_context::<Portfolio>().is_some();
    let mac = window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    view! {
        <header class="head">
            {above.map(|(address, name)| view! {
                <a class="above" href=address><Icon glyph=Glyph::ChevronLeft /><span>{name}</span></a>
            }.into_any())}
            <h1 class="cut" tabindex="-1"><bdi>{move || title.get()}</bdi></h1>
            <span class="count">{move || count.get()}</span>
            <span class="spread"></span>
            {framed.then(jobs::button)}
            {at_provider.then(|| view! {
                <button type="button" class="jump" aria-keyshortcuts="Control+K Meta+K" on:click=handler(move |_| shell.palette.set(true))>
                    <Icon glyph=Glyph::Search />
                    <span>{text::jump()}</span>
                    <kbd aria-hidden="true">{if mac { text::jump_keys_mac() } else { text::jump_keys() }}</kbd>
                </button>
            }.into_any())}
            {children.map(|children| children())}
        </header>
        {framed.then(banners::banners)}
    }
}
