//! Two levels over time, and the area between them.

use leptos::{ev, html, prelude::*};

use super::looking::Looking;
use super::steps::{self, Level, Part, UNIT};
use crate::live::{handler, memo};
use crate::messages::ui as text;
use crate::ui::fresh_id;

/// Height of the lines, of the whole picture, and what is left free above the greatest value, in pixels.
const LINES: u32 = 92;
const HEIGHT: u32 = 110;
const ROOM: u32 = 84;
/// Lines of the table at most: of longer pictures it has every second place, every third, and so on.
const TABLE: usize = 60;

/// Two levels over time, such as what there is and what of it is used. What is looked at, by the pointer or by keys, stands above in
/// words; the same figures stand behind it as a table, which can be shown instead. Places of which nothing is known are hatched.
#[component]
pub fn LevelChart(
    /// What is shown.
    #[prop(into)]
    label: Signal<String>,
    /// Heads of the table: what a place stands for, the upper level where there is one, the lower.
    #[prop(into)]
    heads: Signal<Vec<String>>,
    /// The places, oldest first.
    #[prop(into)]
    levels: Signal<Vec<Level>>,
    /// The words for a place; those for the whole picture where there is none.
    #[prop(into)]
    words: UnsyncCallback<Option<usize>, String>,
    /// What stands for a gap in the table.
    gap: &'static str,
) -> impl IntoView {
    let looking = Looking::at(memo(move || levels.with(Vec::len)));
    let plot = NodeRef::<html::Div>::new();
    let as_table = RwSignal::new(false);
    let help = fresh_id();
    let described = help.clone();
    let pattern = fresh_id();
    let hatched = format!("url(#{pattern})");

    let key = move |event: ev::KeyboardEvent| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if plain && looking.key(&event.key(), false) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let place = move |event: &ev::PointerEvent| looking.under(plot, event);
    let shown = memo(move || {
        // The figures may be others, and so may the words.
        levels.track();
        words.run(looking.shown().map(|run| run.1))
    });
    let most = memo(move || levels.with(|levels| steps::most(levels)));
    let path = move |part: Part| levels.with(|levels| steps::path(levels, part, most.get(), LINES, ROOM));
    let view_box = move || format!("0 0 {} {LINES}", levels.with(Vec::len).max(1) * UNIT);
    let at = move || looking.shown().map_or(0, |run| run.1 * UNIT).to_string();
    let wide = move || looking.shown().map_or(0, |_| UNIT).to_string();
    let percent = |index: usize, all: usize| {
        let thousandths = index * 100_000 / all.max(1);
        format!("{}.{:03}%", thousandths / 1_000, thousandths % 1_000)
    };
    view! {
        <figure class="density levels">
            <div class="said">
                <span class="now">{move || shown.get()}</span>
                <span class="keys quiet">
                    {move || heads.get().into_iter().skip(1).enumerate().map(|(at, head)| {
                        let both = heads.with_untracked(Vec::len) > 2;
                        view! { <span class=if both && at == 0 { "upper" } else { "lower" }>{head}</span> }.into_any()
                    }).collect_view()}
                    <span>{move || text::up_to(&crate::format::number(most.get()))}</span>
                </span>
                <button
                    type="button"
                    class="btn"
                    aria-pressed=move || if as_table.get() { "true" } else { "false" }
                    on:click=handler(move |_| as_table.update(|shown| *shown = !*shown))
                >
                    {text::as_table()}
                </button>
            </div>
            <div
                class="plot"
                node_ref=plot
                role="slider"
                tabindex="0"
                hidden=move || as_table.get()
                aria-label=move || label.get()
                aria-describedby=described
                aria-valuemin="1"
                aria-valuemax=move || levels.with(Vec::len).max(1).to_string()
                aria-valuenow=move || (looking.here() + 1).to_string()
                aria-valuetext=move || {
                    levels.track();
                    looking.run().map(|run| words.run(Some(run.1)))
                }
                on:keydown=handler(key)
                on:focusin=handler(move |event: ev::FocusEvent| looking.focused(&event))
                on:blur=handler(move |_: ev::FocusEvent| looking.left())
                on:pointermove=handler(move |event: ev::PointerEvent| looking.point(place(&event)))
                on:pointerleave=handler(move |_: ev::PointerEvent| looking.let_go())
            >
                <svg class="bars" width="100%" height=HEIGHT.to_string() aria-hidden="true">
                    <defs>
                        <pattern id=pattern width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                            <line x1="0" y1="0" x2="0" y2="6"></line>
                        </pattern>
                    </defs>
                    <svg width="100%" height=LINES.to_string() viewBox=view_box preserveAspectRatio="none">
                        <path class="gaps" fill=hatched d=move || path(Part::Gaps)></path>
                        <path class="between" d=move || path(Part::Between)></path>
                        <rect class="wash" x=at width=wide y="0" height=LINES.to_string()></rect>
                        <path class="lower" d=move || path(Part::Lower)></path>
                        <path class="upper" d=move || path(Part::Upper)></path>
                    </svg>
                    <line class="axis" x1="0" x2="100%" y1=format!("{LINES}.5") y2=format!("{LINES}.5")></line>
                    {move || levels.with(|levels| {
                        let all = levels.len();
                        let ticks = levels.iter().enumerate().filter_map(|(index, level)| Some((index, level.tick.clone()?)));
                        ticks.map(|(index, tick)| view! { <text x=percent(index, all) y=(HEIGHT - 3).to_string()>{tick}</text> }.into_any()).collect_view()
                    })}
                </svg>
            </div>
            <p class="sr" id=help>{text::levels_keys()}</p>
            <div class="lines" class:sr=move || !as_table.get() tabindex=move || as_table.get().then_some("0") role=move || as_table.get().then_some("region") aria-label=move || as_table.get().then(|| label.get())>
                <table>
                    <caption class="sr">{move || label.get()}</caption>
                    <thead><tr>{move || heads.get().into_iter().map(|head| view! { <th scope="col">{head}</th> }.into_any()).collect_view()}</tr></thead>
                    <tbody>
                        {move || {
                            let both = heads.with(Vec::len) > 2;
                            levels.with(|levels| lines(levels, both, gap))
                        }}
                    </tbody>
                </table>
            </div>
        </figure>
    }
}

/// The places as lines of a table; of many, the last of each few.
fn lines(levels: &[Level], both: bool, gap: &'static str) -> Vec<AnyView> {
    let few = levels.len().div_ceil(TABLE).max(1);
    let last = levels.chunks(few).filter_map(<[Level]>::last);
    last.map(|level| {
        let number = |value: Option<u32>| value.map_or_else(|| gap.to_owned(), crate::format::number);
        view! {
            <tr>
                <th scope="row">{level.label.clone()}</th>
                {both.then(|| view! { <td class="num">{number(level.upper)}</td> }.into_any())}
                <td class="num">{number(level.lower)}</td>
            </tr>
        }
        .into_any()
    })
    .collect()
}

/// Two levels over time within a row. The figures stand beside it in words, so it is silent.
#[component]
pub fn LevelStrip(
    /// The places, oldest first.
    #[prop(into)]
    levels: Signal<Vec<Level>>,
) -> impl IntoView {
    const HIGH: u32 = 22;
    let path =
        move |part| levels.with(|levels| steps::path(levels, part, steps::most(levels), HIGH, HIGH - 2));
    let view_box = move || format!("0 0 {} {HIGH}", levels.with(Vec::len).max(1) * UNIT);
    view! {
        <svg class="strip levels" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
            <path class="between" d=move || path(Part::Between)></path>
            <path class="lower" d=move || path(Part::Lower)></path>
            <path class="upper" d=move || path(Part::Upper)></path>
        </svg>
    }
}
