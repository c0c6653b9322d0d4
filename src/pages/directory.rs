//! Taking people and groups over from a directory: where connectors find the client, and a file with its preview.

mod apply;
mod cells;
mod file;

use leptos::prelude::*;
use portal_bridge::{
    DirectoryKind, DirectoryQuery, DirectoryRow, DirectorySummary, DirectoryView, ForgetDirectory,
    GetDirectoryRows, Part, Rows,
};

use crate::core_link::use_link;
use crate::format;
use crate::live::memo;
use crate::messages::{directory as text, events as list_text, reasons, ui as ui_text};
use crate::pages::listing;
use crate::router::use_router;
use crate::shell::Head;
use crate::space::{Space, use_space};
use crate::typed::Typed;
use crate::ui::table::Table;
use crate::ui::{Button, ButtonKind, Choice, CopyButton, Empty, Glyph, Notice, SearchField, Segments, Tone};
use crate::view::{List, Listed, use_list};

impl Listed for DirectoryRow {
    type Question = GetDirectoryRows;

    fn rows(answer: &DirectoryView) -> &Rows<Self> {
        &answer.rows
    }
}

/// The key of the address for the kind of change.
const KIND: &str = "kind";

/// The page.
pub fn page() -> impl IntoView {
    let (space, router) = (use_space(), use_router());
    let search = Typed::follow("search");
    let kind = memo(move || {
        let word = router.query(KIND)?;
        cells::KINDS.iter().find(|(known, ..)| *known == word).map(|(_, kind, _)| *kind)
    });
    let query = memo(move || DirectoryQuery {
        within: space.within(),
        search: search.text().get(),
        kind: kind.get(),
    });
    let list: List<DirectoryRow> = use_list(
        query,
        |query, window| GetDirectoryRows { query, window },
        move || vec![space.topic(Part::Directory)],
    );
    let summary = memo(move || list.map(|view| view.summary.clone()).flatten());
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    let applying = RwSignal::new(false);
    view! {
        <Head title=crate::messages::space::directory().to_owned()>
            {move || summary.get().map(|summary| apply::button(&summary, applying))}
        </Head>
        {listing::trouble(list, list_text::old_data())}
        {move || match summary.get() {
            Some(summary) => preview(space, list, &summary, search, kind).into_any(),
            None => view! { <div class="scroll">{introduction(space)}</div> }.into_any(),
        }}
        <div class="list" class:away=move || away.get() || summary.with(Option::is_none)>
            <Table
                list
                key=|row: &DirectoryRow| row.number
                label=text::changes().to_owned()
                class="directory"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=None
            />
        </div>
        {move || (away.get() && summary.with(Option::is_some)).then(|| view! {
            <Empty title=list_text::no_match().to_owned() body=text::no_match().to_owned() />
        }.into_any())}
        {move || applying.get().then(|| view! { <apply::ApplyDialog on_close=move || applying.set(false) /> }.into_any())}
    }
}

/// Where connectors find the client, and the way to a preview.
fn introduction(space: Space) -> impl IntoView {
    let client_id = untrack(|| format!("organization.{}", space.within().organization));
    let settings = untrack(|| space.path("settings"));
    let lacks = untrack(|| space.read(|view| !view.has.directory)).unwrap_or_default();
    view! {
        <div class="settings">
            {lacks.then(|| view! { <Notice tone=Tone::Attend>{reasons::plan_lacks_it()}</Notice> }.into_any())}
            {crate::pages::settings::section(text::connectors(), text::connectors_body(), view! {
                <p>{text::connectors_how()}</p>
                <div class="shown-once">
                    <span class="value">{client_id.clone()}</span>
                    <div class="across"><CopyButton what=client_id /></div>
                </div>
                <p><a class="link" href=settings>{text::to_key()}</a></p>
            }.into_any())}
            {crate::pages::settings::section(text::from_file(), text::from_file_body(), file::form().into_any())}
        </div>
    }
}

/// What stands above the rows: the kinds with their counts, what could not be read, and the way back.
fn preview(
    space: Space,
    list: List<DirectoryRow>,
    summary: &DirectorySummary,
    search: Typed,
    kind: Memo<Option<DirectoryKind>>,
) -> impl IntoView + use<> {
    let (link, router) = (use_link(), use_router());
    let choices = cells::KINDS
        .iter()
        .map(|(word, kind, words)| {
            let count = summary.counts.iter().find(|(known, _)| known == kind).map_or(0, |(_, count)| *count);
            Choice::new(*word, words()).aside(format::number(count))
        })
        .collect::<Vec<_>>();
    let all = Choice::new("", text::all())
        .aside(format::number(summary.counts.iter().map(|(_, n)| n).sum::<u32>()));
    let choices: Vec<Choice> = std::iter::once(all).chain(choices).collect();
    let value = Signal::derive(move || {
        let kind = kind.get();
        let word = cells::KINDS.iter().find(|(_, known, _)| Some(*known) == kind).map(|(word, ..)| *word);
        word.unwrap_or_default().to_owned()
    });
    let faulty = summary.faulty;
    let faults = (faulty > 0).then(|| {
        let lines: Vec<_> = summary
            .faults
            .iter()
            .map(|fault| view! { <li>{text::fault_at(&format::number(fault.line), cells::fault(fault.kind))}</li> }.into_any())
            .collect();
        view! {
            <Notice tone=Tone::Attend>
                {text::faulty(faulty)}
                <details><summary>{crate::messages::problems::details()}</summary><ul class="plain">{lines}</ul></details>
            </Notice>
        }
        .into_any()
    });
    let seats = summary.seats_after.filter(|left| *left < 0).map(|left| {
        view! { <Notice tone=Tone::Broken>{text::seats_missing(left.unsigned_abs())}</Notice> }.into_any()
    });
    let forget = move || {
        let forgotten = link.ask(ForgetDirectory(space.within_untracked()));
        leptos::task::spawn_local(async move {
            // Nothing was sent anywhere, so nothing can be left behind.
            let _ = forgotten.await;
        });
    };
    let file = summary.file.clone();
    view! {
        <div class="banners">{seats}{faults}</div>
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=search.text()
                on_input=move |typed| search.set(typed)
            />
            <Segments
                legend=text::kinds().to_owned()
                choices
                value
                on_choose=move |word: String| router.set_query(&[(KIND, (!word.is_empty()).then_some(word.as_str()))])
            />
            <span class="tail quiet">
                <bdi class="cut">{file}</bdi>
                <Button label=text::other_file().to_owned() icon=Glyph::Undo kind=ButtonKind::Bare on_press=forget />
            </span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}
