//! A look at one item, beside the list.

use leptos::prelude::*;
use portal_bridge::{CipherId, FieldKind, GetItem, ItemPart, ItemValue, ItemView, Part, Shown};

use super::{Page, cells::kind_word, reveal};
use crate::form::ProblemNotice;
use crate::format;
use crate::live::live;
use crate::messages::{item as text, items as list};
use crate::pages::deeds;
use crate::ui::{Glyph, Icon, Notice, SidePanel, Skeleton, Tone};
use crate::view::use_view;

pub(super) fn panel(page: Page, id: CipherId) -> impl IntoView {
    let space = page.space;
    // The log is told once that it was opened, however often it is read while it is.
    let opening = StoredValue::new(true);
    let found = use_view(
        move || {
            let opening =
                opening.try_update_value(|opening| std::mem::replace(opening, false)).unwrap_or_default();
            Some(GetItem { within: space.within(), id, opening })
        },
        move || vec![space.topic(Part::Items), space.topic(Part::Collections)],
    );
    let title = Signal::derive(move || {
        let name = found.map(|view| view.name.clone().unwrap_or_else(|| list::unreadable().to_owned()));
        name.unwrap_or_else(|| list::item().to_owned())
    });
    let close = move || page.router.set_query(&[(super::ITEM, None)]);
    view! {
        <SidePanel title on_close=close>
            <ProblemNotice problem=Signal::derive(move || found.problem()) again=move || found.again() />
            {live(move || match found.get() {
                None if found.problem().is_some() => ().into_any(),
                None => view! { <Skeleton lines=6 /> }.into_any(),
                Some(view) => facts(page, id, &view).into_any(),
            })}
        </SidePanel>
    }
}

fn facts(page: Page, id: CipherId, view: &ItemView) -> impl IntoView + use<> {
    let has_code =
        view.may.see_passwords && view.values.iter().any(|value| value.part == ItemPart::AuthenticatorKey);
    let lines: Vec<AnyView> =
        view.values.iter().map(|value| line(page, id, value, view.may.see_passwords)).collect();
    let collections: Vec<String> = view.collections.iter().map(|(_, name)| name.clone()).collect();
    let dated = |name: &'static str, at| {
        view! { <dt>{name}</dt><dd data-tip=format::exact(at)>{format::when(at)}</dd> }.into_any()
    };
    let known = !portal_bridge::item_parts(view.kind).is_empty();
    view! {
        {view.name.is_none().then(|| view! { <Notice tone=Tone::Attend>{text::cannot_read()}</Notice> }.into_any())}
        {(!known).then(|| view! { <Notice tone=Tone::Wait>{text::cannot_change()}</Notice> }.into_any())}
        <dl class="facts item">
            <dt>{list::kind()}</dt>
            <dd>{kind_word(view.kind)}</dd>
            {has_code.then(|| reveal::code(page, id))}
            {lines}
            <dt>{list::collections()}</dt>
            <dd>
                <ul class="plain">
                    {collections.into_iter().map(|name| view! { <li><bdi>{name}</bdi></li> }.into_any()).collect_view()}
                </ul>
                {view.collections.is_empty().then(|| view! { <span class="quiet">{list::no_collection()}</span> }.into_any())}
            </dd>
            {dated(text::created(), view.created)}
            {dated(list::changed(), view.changed)}
            {view.trashed.map(|at| dated(text::trashed(), at))}
        </dl>
        {(view.earlier_passwords > 0).then(|| view! { <p class="quiet">{text::earlier(view.earlier_passwords)}</p> }.into_any())}
        {deeds::buttons(page.deeds(id, view))}
    }
}

fn line(page: Page, id: CipherId, value: &ItemValue, may_see: bool) -> AnyView {
    let ItemValue { part, label, field, shown } = value;
    let name =
        label.clone().filter(|label| !label.is_empty()).unwrap_or_else(|| text::part(*part).to_owned());
    let value = match shown {
        Shown::Unreadable => view! { <em class="quiet">{text::value_unreadable()}</em> }.into_any(),
        Shown::Concealed if may_see => reveal::concealed(page, id, *part, name.clone()),
        Shown::Concealed => view! { <span class="quiet">{text::concealed()}</span> }.into_any(),
        Shown::Text(value) => match field {
            FieldKind::Checkbox => (if value == "true" { text::yes() } else { text::no() }).into_any(),
            FieldKind::Linked => view! { <span class="quiet">{text::linked()}</span> }.into_any(),
            FieldKind::Text | FieldKind::Hidden => plain(page, id, *part, &name, value),
        },
    };
    view! { <dt><bdi>{name}</bdi></dt><dd class="held">{value}</dd> }.into_any()
}

fn plain(page: Page, id: CipherId, part: ItemPart, name: &str, value: &str) -> AnyView {
    let address = matches!(part, ItemPart::Uri(_)).then(|| web_address(value)).flatten();
    let open = address.map(|address| {
        view! {
            <a class="btn bare only" href=address target="_blank" rel="noopener noreferrer" aria-label=text::open_address() data-tip=text::open_address()>
                <Icon glyph=Glyph::External />
            </a>
        }
        .into_any()
    });
    view! {
        <bdi class="value" class:lines=part == ItemPart::Notes>{value.to_owned()}</bdi>
        {open}
        {(!value.is_empty()).then(|| reveal::copy_button(page, id, part, name))}
    }
    .into_any()
}

/// An address a browser may be sent to; whatever else somebody has entered stays text.
fn web_address(uri: &str) -> Option<String> {
    let scheme =
        |scheme: &str| uri.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (scheme("https://") || scheme("http://")).then(|| uri.to_owned())
}
