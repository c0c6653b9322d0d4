//! The items of a client's vault: the list.

mod cells;
mod filters;

use leptos::prelude::*;
use portal_bridge::{GetItems, ItemRow, ItemsView, ListState, Part, Rows};

use crate::format;
use crate::live::{live, memo};
use crate::messages::{items as text, ui as ui_text};
use crate::pages::listing;
use crate::shell::Head;
use crate::space::use_space;
use crate::ui::table::Table;
use crate::ui::{Chip, Choice, Empty, FilterButton, Notice, SearchField, Segments, Tone};
use crate::view::{List, Listed, use_list};

use filters::Filters;

impl Listed for ItemRow {
    type Question = GetItems;

    fn rows(answer: &ItemsView) -> &Rows<Self> {
        &answer.rows
    }
}

/// The page.
pub fn page() -> impl IntoView {
    let (space, filters) = (use_space(), Filters::follow());
    let list = use_list(
        filters.query(),
        |query, window| GetItems { query, window },
        move || vec![space.topic(Part::Items), space.topic(Part::Collections), space.topic(Part::Space)],
    );
    let away = memo(move || list.matched() == Some(0) || list.problem().is_some());
    view! {
        <Head title=text::label().to_owned() count=Signal::derive(move || list.total().map(format::number)) />
        {unreadable(list)}
        {bar(list, filters)}
        {listing::trouble(list, text::old_data())}
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &ItemRow| row.id
                label=text::label().to_owned()
                class="items"
                columns=cells::COLUMNS
                cells=cells::cells
                sorted=filters.sorted()
                on_sort=move |by: &'static str| filters.sort_by(by)
            />
        </div>
        {nothing(list, filters)}
    }
}

/// Items that cannot be decrypted are said once above the list, beside being marked in it.
fn unreadable(list: List<ItemRow>) -> impl IntoView {
    let count = memo(move || list.map(|view| view.unreadable).unwrap_or(0));
    live(move || {
        (count.get() > 0).then(|| {
            view! { <div class="banners"><Notice tone=Tone::Attend>{text::unreadable_note(count.get())}</Notice></div> }
        })
    })
}

fn bar(list: List<ItemRow>, filters: Filters) -> impl IntoView {
    let choices = Signal::derive(move || {
        let trashed = list.map(|view| view.trashed).unwrap_or_default();
        vec![
            Choice::new("", text::vault()),
            Choice::new(filters::TRASH, text::trash()).aside(format::number(trashed)),
        ]
    });
    let figures = memo(move || match list.state()? {
        ListState::Loading { received } => Some(text::loading(received)),
        _ => Some(text::matched(&format::number(list.matched()?), &format::number(list.total()?))),
    });
    view! {
        <div class="bar">
            <SearchField
                label=text::find().to_owned()
                clear=ui_text::clear_search().to_owned()
                value=filters.search()
                on_input=move |typed| filters.search_for(typed)
            />
            <Segments
                legend=text::which().to_owned()
                choices
                value=filters.which()
                on_choose=move |which: String| filters.set_which(&which)
            />
            {move || filters.kind_chip().map(|kind| view! {
                <Chip name=text::kind().to_owned() value=kind on_remove=move || filters.set_kind(None) />
            }.into_any())}
            <FilterButton entries=move || filters.menu() />
            <span class="tail quiet figures"><span>{move || figures.get()}</span></span>
            <span class="sr" role="status">{move || list.matched().map(text::announced)}</span>
        </div>
    }
}

fn nothing(list: List<ItemRow>, filters: Filters) -> impl IntoView {
    let none = move || {
        let (title, body) = if filters.in_trash() {
            (text::none_trash(), text::none_trash_body())
        } else {
            (text::none(), text::none_body())
        };
        view! { <Empty title=title.to_owned() body=body.to_owned() /> }.into_any()
    };
    let no_match = [text::no_match(), text::no_match_body(), text::clear_filters()];
    listing::nothing(list, none, no_match, move || filters.clear())
}
