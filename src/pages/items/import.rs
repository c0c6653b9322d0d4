//! Importing an export: a file, what it would add, and the work.

use leptos::prelude::*;
use portal_bridge::{
    Access, Action, ApplyImport, Field, ForgetImport, ImportFault, ImportFaultKind, ImportSummary,
    LARGEST_IMPORT, Party, PreviewImport, Verdict,
};

use super::{IMPORT, Page, cells::kind_word};
use crate::form::{DialogForm, Form, Sending};
use crate::format;
use crate::live::live;
use crate::messages::{items as list, reasons, ui as ui_text, vault_import as text};
use crate::pages::access::{AccessEditor, Kinds, obstacle_to_all};
use crate::pages::file::{self, trouble};
use crate::ui::{Button, ButtonKind, Dialog, Glyph, Notice, Press, Tone, fresh_id};

/// The way to the dialog.
pub(super) fn button(page: Page) -> impl IntoView {
    live(move || {
        let verdict = page.space.verdict(Action::ImportVault);
        (verdict != Verdict::Hidden).then(|| {
            let open = move || page.router.set_query(&[(IMPORT, Some("1"))]);
            let key = page.space.read(|view| view.key_opens).unwrap_or_default();
            let reason =
                obstacle_to_all(verdict).or_else(|| (!key).then(|| reasons::key_missing().to_owned()));
            view! { <Button label=text::import_().to_owned() icon=Glyph::Folder reason on_press=open /> }
        })
    })
}

/// Chooses a file, shows what is in it, and begins.
#[component]
pub(super) fn ImportDialog(page: Page, #[prop(into)] on_close: Press) -> impl IntoView {
    let found = RwSignal::new(None::<ImportSummary>);
    let sending = Sending::new(&[Field::Access]);
    let within = page.space.within_untracked();
    let forget = move || {
        let forgotten = page.link.ask(ForgetImport(within));
        leptos::task::spawn_local(async move {
            // Nothing was sent anywhere, so nothing can be left behind.
            let _ = forgotten.await;
        });
    };
    let close = move || {
        forget();
        on_close.run(());
    };
    view! {
        <Dialog title=text::title().to_owned() wide=true held=sending.busy() on_close=close>
            {live(move || match found.get() {
                None => choose(page, found, sending, Press::from(close)).into_any(),
                Some(summary) => preview(page, summary, found, sending, on_close, Press::from(forget)).into_any(),
            })}
        </Dialog>
    }
}

fn choose(
    page: Page,
    found: RwSignal<Option<ImportSummary>>,
    sending: Sending,
    close: Press,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    let id = fresh_id();
    let submit = move || {
        let within = page.space.within_untracked();
        file::read(node, LARGEST_IMPORT, sending, move |file, bytes| {
            sending.send(page.link, PreviewImport { within, file, bytes }, move |summary| {
                found.try_set(Some(summary));
            });
        });
    };
    view! {
        <Form sending on_submit=submit class="inner">
            <div class="body">
                {trouble(sending)}
                <p>{text::how()}</p>
                <div class="field">
                    <label for=id.clone()>{text::file()}</label>
                    <input class="input" id=id type="file" accept=".json,.csv" node_ref=node />
                </div>
            </div>
            <footer>
                <Button label=ui_text::cancel().to_owned() on_press=close />
                <Button label=text::show_preview().to_owned() kind=ButtonKind::Go submit=true busy=sending.busy() />
            </footer>
        </Form>
    }
}

fn preview(
    page: Page,
    summary: ImportSummary,
    found: RwSignal<Option<ImportSummary>>,
    sending: Sending,
    on_close: Press,
    forget: Press,
) -> impl IntoView {
    let places = RwSignal::new(Vec::<Access>::new());
    let count: u32 = summary.kinds.iter().map(|(_, count)| count).sum();
    let submit = move || {
        let place = |access: &Access| match access.party {
            Party::Collection(id) => Some(id),
            Party::Person(_) | Party::Group(_) => None,
        };
        let loose_into = places.with_untracked(|places| places.iter().filter_map(place).collect());
        let question = ApplyImport { within: page.space.within_untracked(), loose_into };
        sending.send(page.link, question, move |job| {
            page.work.watch(job, text::done);
            on_close.try_run(());
        });
    };
    let other = move || {
        forget.run(());
        sending.clear();
        found.set(None);
    };
    let reason = (count == 0).then(|| text::nothing().to_owned());
    let loose = (summary.loose > 0).then(|| {
        view! {
            <p>{text::loose(summary.loose)}</p>
            <AccessEditor
                legend=text::loose_into()
                access=places
                kinds=Kinds::Places
                find=list::places_find()
                none=""
                fault=sending.fault(Field::Access)
            />
        }
        .into_any()
    });
    view! {
        <DialogForm sending verb=text::go(count) reason on_submit=submit on_close>
            <p class="across">
                <bdi class="cut strong">{summary.file.clone()}</bdi>
                <Button label=text::other_file().to_owned() icon=Glyph::Undo kind=ButtonKind::Bare on_press=other />
            </p>
            {counts(&summary, count)}
            {faults(&summary)}
            {loose}
            {first(&summary, count)}
        </DialogForm>
    }
}

fn counts(summary: &ImportSummary, count: u32) -> AnyView {
    let kind = |(kind, count): &(i32, u32)| text::counted_kind(&format::number(*count), &kind_word(*kind));
    let kinds: Vec<String> = summary.kinds.iter().map(kind).collect();
    let all = (count > 0).then(|| text::counted(&text::items(count), &kinds.join(", ")));
    let some = |number: u32, words: fn(u32) -> String| (number > 0).then(|| words(number));
    let lines = [
        all,
        some(summary.new_collections, text::new_collections),
        some(summary.known_collections, text::known_collections),
        some(summary.same_name, text::same_name),
    ];
    let lines = lines.into_iter().flatten().map(|words| view! { <li>{words}</li> }.into_any());
    view! { <ul class="plain">{lines.collect_view()}</ul> }.into_any()
}

fn faults(summary: &ImportSummary) -> Option<AnyView> {
    let line = |fault: &ImportFault| text::fault_at(&format::number(fault.line), fault_word(fault.kind));
    let lines: Vec<_> =
        summary.faults.iter().map(|fault| view! { <li>{line(fault)}</li> }.into_any()).collect();
    let faulty = summary.faulty;
    (faulty > 0).then(|| {
        view! {
            <Notice tone=Tone::Attend>
                {text::faulty(faulty)}
                <ul class="plain faults">{lines}</ul>
            </Notice>
        }
        .into_any()
    })
}

/// The first items as they would be added, in a table of their own that can be scrolled by the keyboard, too.
fn first(summary: &ImportSummary, count: u32) -> Option<AnyView> {
    let rows = summary.first.iter().map(|item| {
        view! {
            <tr>
                <td><bdi>{item.name.clone()}</bdi></td>
                <td>{kind_word(item.kind)}</td>
                <td><bdi>{item.collections.join(", ")}</bdi></td>
            </tr>
        }
        .into_any()
    });
    let more = count.saturating_sub(summary.first.len() as u32);
    (count > 0).then(|| {
        view! {
            <div class="judged" tabindex="0" role="region" aria-label=text::title()>
                <table>
                    <thead><tr><th>{text::name()}</th><th>{text::kind()}</th><th>{text::collections()}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {(more > 0).then(|| view! { <p class="quiet">{text::more(more)}</p> }.into_any())}
        }
        .into_any()
    })
}

fn fault_word(kind: ImportFaultKind) -> &'static str {
    match kind {
        ImportFaultKind::Malformed => text::fault_malformed(),
        ImportFaultKind::NoName => text::fault_no_name(),
        ImportFaultKind::UnknownType => text::fault_unknown_type(),
        ImportFaultKind::TooLong => text::fault_too_long(),
        ImportFaultKind::TooMany => text::fault_too_many(),
    }
}
