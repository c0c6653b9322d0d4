use std::cell::Cell;
use std::hash::Hash;
use std::rc::Rc;
use std::time::Duration;

use leptos::{ev, html, prelude::*};

use super::body::Grid;
use super::model::{AskKeys, Choose, Heads, OnAct, OnOpen, Typed};
use super::{Column, Selection, Slot, Sorted, pool};
use crate::live::{effect, handler, live};
use crate::messages::table as text;
use crate::view::{List, Listed};

/// How long rows may take to arrive before waiting ones stand in for them, and after which a jump is over.
const PATIENCE: Duration = Duration::from_millis(100);

/// A grid of rows of any number, of which at most sixty are in the document.
///
/// The page draws a row's cells once for every place of the pool, reading the row through its [`Slot`]; a control in a
/// cell carries `data-act` with a word that `on_act` is given, and `data-stop` where the arrow keys should reach it.
#[component]
pub fn Table<R, K>(
    /// Where the rows come from.
    list: List<R>,
    /// What tells a row from every other.
    key: fn(&R) -> K,
    /// What the grid shows, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    /// Class that sets the widths of the columns.
    class: &'static str,
    /// The columns, without that of the checkboxes.
    columns: &'static [Column],
    /// Draws what stands in the head of the column of this number instead of its words.
    #[prop(optional)]
    heads: Option<Heads>,
    /// Draws the cells of a place.
    cells: fn(Slot<R>) -> AnyView,
    /// What the rows are sorted by.
    #[prop(into)]
    sorted: Signal<Option<Sorted>>,
    /// Called with what to sort by.
    #[prop(optional, into)]
    on_sort: Option<UnsyncCallback<&'static str>>,
    /// The chosen rows; without it there are no checkboxes.
    #[prop(optional)]
    selection: Option<Selection<K>>,
    /// Words on a row's checkbox.
    #[prop(optional)]
    pick_label: Option<fn(&R) -> String>,
    /// Asks for the keys of all rows, in order.
    #[prop(optional)]
    keys: Option<AskKeys<K>>,
    /// Called when a row is opened.
    #[prop(optional)]
    on_open: Option<OnOpen<R>>,
    /// Called when a control of a row is used.
    #[prop(optional)]
    on_act: Option<OnAct<R>>,
) -> impl IntoView
where
    R: Listed + Clone + PartialEq + Send + Sync + 'static,
    K: Copy + Eq + Hash + Send + Sync + 'static,
{
    let screen = window().screen().ok().and_then(|screen| screen.avail_height().ok()).unwrap_or(1_080);
    let places = pool::places(f64::from(screen), pool::SMALLEST_ROW);
    let slots: Vec<Slot<R>> =
        (0..places).map(|_| Slot { row: RwSignal::new(None), waiting: RwSignal::new(true) }).collect();
    let chosen = move |slot: Slot<R>| match selection {
        Some(selection) => slot.row.with(|row| row.as_ref().map(key)).is_some_and(|key| selection.has(key)),
        None => false,
    };
    let draw = move |slot: Slot<R>| {
        let pick = selection.map(|_| {
                view! {
                    <div class="cell pick" role="gridcell">
                        <input
                            type="checkbox"
                            tabindex="-1"
                            data-stop
                            aria-label=move || slot.read(|row| pick_label.map(|name| name(row)).unwrap_or_default())
                            prop:checked=move || chosen(slot)
                        />
                    </div>
                }.into_any()
            });
        view! {
            <div
                class="row"
                role="row"
                hidden
                tabindex="-1"
                aria-selected=move || selection.map(|_| if chosen(slot) { "true" } else { "false" })
                class:waiting=move || slot.waiting.get()
                aria-busy=move || slot.waiting.get().then_some("true")
            >
                {pick}
                {cells(slot)}
            </div>
        }
        .into_any()
    };
    // The first screen needs only the rows that are seen; making all of them at once held up the page.
    let at_first = pool::seen(f64::from(screen), pool::SMALLEST_ROW) as usize;
    let whole = RwSignal::new(false);
    let rows: Vec<_> = slots.iter().take(at_first).copied().map(draw).collect();
    let others: Vec<_> = slots.iter().skip(at_first).copied().collect();
    let others = live(move || whole.get().then(|| others.iter().copied().map(draw).collect_view()));

    let model = Typed { list, slots, key, selection, keys, on_open, on_act };
    let grid = StoredValue::new_local(Rc::new(Grid::new(Box::new(model))));
    let with = move |act: &dyn Fn(&Rc<Grid>)| {
        if let Some(grid) = grid.try_get_value() {
            act(&grid);
        }
    };
    let patience = StoredValue::new_local(Rc::new(Patience::default()));
    let wait = move || {
        if let Some(patience) = patience.try_get_value() {
            patience.wait(move || match whole.try_get_untracked() {
                Some(false) => whole.set(true),
                _ => with(&|grid| grid.settle()),
            });
        }
    };
    effect(move || {
        if whole.get() {
            wait();
        }
    });
    let scroller = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(scroller) = scroller.get() {
            with(&|grid| grid.mount(&scroller));
        }
    });
    let mut before = None;
    effect(move || {
        let turned = list.turned();
        if before.replace(turned).is_some_and(|before| before != turned) {
            with(&|grid| grid.to_first());
        }
    });
    effect(move || {
        list.track();
        with(&|grid| {
            if !grid.refresh() {
                wait();
            }
        });
    });
    on_cleanup(move || with(&|grid| grid.unmount()));
    let follow = move || {
        with(&|grid| {
            if !grid.follow() {
                wait();
            }
        });
    };

    let all_chosen = move || match (selection, list.matched()) {
        (Some(selection), Some(matched)) if matched > 0 => {
            (selection.count() >= matched, selection.count() > 0)
        }
        _ => (false, false),
    };
    let heads = columns
        .iter()
        .enumerate()
        .map(|(number, column)| {
            let drawn = heads.as_ref().and_then(|heads| heads(number));
            head(*column, drawn, sorted, on_sort)
        })
        .collect_view();
    let pick_all = selection.map(|selection| {
        view! {
            <div class="cell pick" role="columnheader">
                <input
                    type="checkbox"
                    aria-label=text::select_all()
                    prop:checked=move || all_chosen().0
                    prop:indeterminate=move || all_chosen().1 && !all_chosen().0
                    on:change:target=move |event| {
                        let choice = if event.target().checked() { Choose::All } else { Choose::Nothing };
                        with(&|grid| grid.model.select(choice));
                        event.target().set_checked(selection.count() > 0);
                    }
                />
            </div>
        }
        .into_any()
    });
    view! {
        <div
            class=format!("grid {class}")
            role="grid"
            aria-label=move || label.get()
            aria-multiselectable=selection.map(|_| "true")
            aria-rowcount=move || list.matched().map_or(-1, |count| count as i32 + 1).to_string()
            aria-colcount=(columns.len() + usize::from(selection.is_some())).to_string()
            aria-busy=move || list.matched().is_none().then_some("true")
            node_ref=scroller
            on:scroll=handler(move |_| follow())
            on:keydown=handler(move |event: ev::KeyboardEvent| with(&|grid| grid.key(&event)))
            on:click=handler(move |event: ev::MouseEvent| with(&|grid| grid.click(&event)))
            on:pointerdown=handler(move |event: ev::PointerEvent| with(&|grid| grid.press(&event)))
            on:pointermove=handler(move |event: ev::PointerEvent| with(&|grid| grid.drag(&event)))
            on:pointerup=handler(move |_| with(&|grid| grid.release()))
            on:focusin=handler(move |event: ev::FocusEvent| with(&|grid| grid.focused(&event)))
        >
            <div class="heads" role="rowgroup">
                <div class="row head-row" role="row" aria-rowindex="1">{pick_all}{heads}</div>
            </div>
            <div class="rows" role="rowgroup" tabindex="-1">{rows}{others}</div>
            <div class="ruler" aria-hidden="true"></div>
        </div>
    }
}

/// What happens once nothing else has for a while.
#[derive(Default)]
struct Patience(Cell<Option<TimeoutHandle>>);

impl Patience {
    fn wait(&self, then: impl FnOnce() + 'static) {
        let then = set_timeout_with_handle(then, PATIENCE).ok();
        if let Some(before) = self.0.replace(then) {
            before.clear();
        }
    }
}

fn head(
    column: Column,
    drawn: Option<AnyView>,
    sorted: Signal<Option<Sorted>>,
    on_sort: Option<UnsyncCallback<&'static str>>,
) -> impl IntoView {
    let is = move |by: Option<&'static str>| sorted.get().filter(|sorted| Some(sorted.by) == by);
    let direction = move || is(column.sort).or_else(|| column.also.and_then(|(_, by)| is(Some(by))));
    let button = move |label: &'static str, by: &'static str| {
        view! {
            <button
                type="button"
                class="sort"
                class:on=move || is(Some(by)).is_some()
                class:down=move || is(Some(by)).is_some_and(|sorted| sorted.descending)
                on:click=handler(move |_| if let Some(sort) = on_sort { sort.run(by) })
            >
                {label}
            </button>
        }
    };
    view! {
        <div
            class=format!("cell {}", column.class)
            role="columnheader"
            aria-sort=move || direction().map(|sorted| if sorted.descending { "descending" } else { "ascending" })
        >
            {match (drawn, column.sort) {
                (Some(drawn), _) => drawn,
                (None, Some(by)) => button((column.label)(), by).into_any(),
                (None, None) => view! { <span>{(column.label)()}</span> }.into_any(),
            }}
            {column.also.map(|(label, by)| view! { " " {button(label(), by)} }.into_any())}
        </div>
    }
}
