//! A lane for each person or client: how much, and when.

use leptos::prelude::*;
use portal_bridge::{ChoiceBy, EventsQuery, GetEventLanes, LaneBy, LaneRow, LanesView, Rows};

use super::filters::{ARRANGED, Filters};
use crate::format;
use crate::messages::timeline as text;
use crate::ui::table::{Column, Slot, Table};
use crate::ui::{Strip, strip_path};
use crate::view::{Listed, use_list};

impl Listed for LaneRow {
    type Question = GetEventLanes;

    fn rows(answer: &LanesView) -> &Rows<Self> {
        &answer.rows
    }
}

const PEOPLE: &[Column] = &[
    Column::plain(text::lane_name_person, "name"),
    Column::plain(text::lane_strip, "lane"),
    Column::plain(text::lane_count, "num"),
    Column::plain(text::picture_highlights, "num marks hide-s"),
    Column::plain(text::lane_newest, "newest hide-s"),
];

const CLIENTS: &[Column] = &[
    Column::plain(text::lane_name_client, "name"),
    Column::plain(text::lane_strip, "lane"),
    Column::plain(text::lane_count, "num"),
    Column::plain(text::picture_highlights, "num marks hide-s"),
    Column::plain(text::lane_newest, "newest hide-s"),
];

pub(super) fn lanes(filters: Filters, query: Memo<EventsQuery>, by: LaneBy) -> impl IntoView {
    let question = match by {
        LaneBy::Person => |query, window| GetEventLanes { query, by: LaneBy::Person, window },
        LaneBy::Client => |query, window| GetEventLanes { query, by: LaneBy::Client, window },
    };
    let list = use_list(query, question, move || vec![query.with(|query| query.filter.source.topic())]);
    let (kind, columns, label) = match by {
        LaneBy::Person => (ChoiceBy::Person, PEOPLE, text::by_people()),
        LaneBy::Client => (ChoiceBy::Client, CLIENTS, text::by_clients()),
    };
    // The lane as a list.
    let open = move |row: LaneRow| {
        let Some(value) = row.value else { return };
        if let Some((_, days)) = ARRANGED.first() {
            filters.arrange(*days);
        }
        if !untrack(|| filters.has(kind, true, &value)) {
            filters.toggle(kind, true, &value);
        }
    };
    let away = move || list.matched() == Some(0) || list.problem().is_some();
    view! {
        <div class="list" class:away=away>
            <Table
                list
                key=|row: &LaneRow| (row.newest.0, row.count)
                label=label.to_owned()
                class="lanes"
                columns
                cells
                sorted=None
                on_open=Box::new(open)
            />
        </div>
    }
}

fn cells(slot: Slot<LaneRow>) -> AnyView {
    let strip = Signal::derive(move || slot.read(|row| strip_path(&row.bars, row.most)));
    view! {
        <div class="cell name" role="gridcell"><bdi>{slot.text(|row| row.name.clone())}</bdi></div>
        <div class="cell lane" role="gridcell"><Strip d=strip /></div>
        <div class="cell num figures" role="gridcell">{slot.text(|row| format::number(row.count))}</div>
        <div class="cell num marks figures hide-s" role="gridcell">
            {slot.text(|row| if row.marked == 0 { String::new() } else { format::number(row.marked) })}
        </div>
        <div class="cell newest hide-s" role="gridcell">
            <time data-tip=slot.text(|row| format::exact(row.newest))>{slot.text(|row| format::when(row.newest))}</time>
        </div>
    }
    .into_any()
}
