//! Bars over time that can be looked into: by the pointer, by the keyboard, or as a table.

mod levels;
mod looking;
mod shape;
mod steps;

pub use levels::{LevelChart, LevelStrip};
pub use steps::Level;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{Press, dom, fresh_id};
use crate::live::{handler, memo};
use crate::messages::ui as text;
use looking::Looking;
use shape::{AXIS, BARS, HEIGHT, Part, UNIT};

/// One bar of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for, in words.
    pub label: String,
    /// A short form for the axis; most bars have none.
    pub tick: Option<String>,
    /// How high it is.
    pub value: u32,
    /// How much of it stands out; a bar with any has a mark above it.
    pub marked: u32,
}

/// Bars over time, zoomed by a click, by a drag over several or by keys. What is looked at stands above in words, and the
/// same figures stand behind it as a table, which can be shown instead.
#[component]
pub fn DensityBars(
    /// What is counted.
    #[prop(into)]
    label: Signal<String>,
    /// Heads of the table: what a bar stands for, its value, how much of it is marked.
    heads: [&'static str; 3],
    /// The bars, oldest first.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
    /// The words for a run of bars, from the first to the last, both included.
    #[prop(into)]
    words: UnsyncCallback<(usize, usize), String>,
    /// Called with the first and the last of the bars to look into, both included.
    #[prop(into)]
    on_zoom: UnsyncCallback<(usize, usize)>,
    /// Called to see more again.
    #[prop(into)]
    on_out: Press,
    /// Whether there is more to see.
    #[prop(into)]
    can_go_out: Signal<bool>,
) -> impl IntoView {
    let looking = Looking::at(memo(move || bars.with(Vec::len)));
    let figure = NodeRef::<html::Figure>::new();
    let plot = NodeRef::<html::Div>::new();
    let as_table = RwSignal::new(false);
    let help = fresh_id();
    let described = help.clone();

    let focus = move |selector: &str| {
        if let Some(control) = figure.get_untracked().and_then(|figure| dom::first(&figure, selector)) {
            dom::focus(&control);
        }
    };
    // What had the focus may be gone afterwards: the button, or the line of the table.
    let keep_focus = move || focus(if as_table.get_untracked() { "[aria-pressed]" } else { ".plot" });
    let out = move || {
        on_out.run(());
        looking.forget();
        keep_focus();
    };
    let key = move |event: ev::KeyboardEvent| {
        let handled = match event.key().as_str() {
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => false,
            "Enter" => looking.take().map(|run| on_zoom.run(run)).is_some(),
            "Backspace" | "-" if can_go_out.get_untracked() => {
                out();
                true
            }
            key => looking.key(key, event.shift_key()),
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let place = move |event: &ev::PointerEvent| looking.under(plot, event);
    let press = move |event: ev::PointerEvent| {
        if event.button() == 0
            && let Some(plot) = plot.get_untracked()
        {
            let _ = plot.set_pointer_capture(event.pointer_id());
            looking.press(place(&event));
        }
    };
    let release = move |_: ev::PointerEvent| {
        if let Some(run) = looking.release() {
            on_zoom.run(run);
        }
    };
    let choose_line = move |event: ev::MouseEvent| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = element.and_then(|element| element.get_attribute("data-bar"));
        if let Some(index) = line.and_then(|index| index.parse().ok()) {
            on_zoom.run((index, index));
            keep_focus();
        }
    };

    let shown = memo(move || {
        let whole = bars.with(Vec::len).checked_sub(1).map(|last| (0, last));
        // The counts may be others, and so may the words.
        bars.track();
        looking.shown().or(whole).map(|(first, last)| words.run((first, last))).unwrap_or_default()
    });
    let path = move |part: Part| {
        let run = looking.shown();
        bars.with(|bars| shape::path(bars, part, run))
    };
    let view_box = move || format!("0 0 {} {BARS}", bars.with(Vec::len).max(1) * UNIT);
    let run_at = move || looking.shown().map_or(0, |(first, _)| first * UNIT).to_string();
    let run_wide = move || looking.shown().map_or(0, |(first, last)| (last + 1 - first) * UNIT).to_string();
    view! {
        <figure class="density" node_ref=figure>
            <div class="said">
                <span class="now">{move || shown.get()}</span>
                <button type="button" class="btn" hidden=move || !can_go_out.get() on:click=handler(move |_| out())>
                    {text::zoom_out()}
                </button>
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
                aria-valuemax=move || bars.with(Vec::len).max(1).to_string()
                aria-valuenow=move || (looking.here() + 1).to_string()
                aria-valuetext=move || {
                    bars.track();
                    looking.run().map(|run| words.run(run))
                }
                on:keydown=handler(key)
                on:focusin=handler(move |event: ev::FocusEvent| looking.focused(&event))
                on:blur=handler(move |_: ev::FocusEvent| looking.left())
                on:pointerdown=handler(press)
                on:pointermove=handler(move |event: ev::PointerEvent| looking.point(place(&event)))
                on:pointerup=handler(release)
                on:pointerleave=handler(move |_: ev::PointerEvent| looking.let_go())
            >
                <svg class="bars" class:some=move || looking.is_run() width="100%" height=HEIGHT.to_string() aria-hidden="true">
                    <svg width="100%" height=BARS.to_string() viewBox=view_box preserveAspectRatio="none">
                        <rect class="wash" x=run_at width=run_wide y="0" height=BARS.to_string()></rect>
                        <path class="bar" d=move || path(Part::Counted)></path>
                        <path class="bar in" d=move || path(Part::Chosen)></path>
                        <path class="bar none" d=move || path(Part::Empty)></path>
                        <path class="hot" d=move || path(Part::Marked)></path>
                        <rect class="look" x=run_at width=run_wide y="0.5" height=(BARS - 1).to_string()></rect>
                    </svg>
                    <line class="axis" x1="0" x2="100%" y1=AXIS y2=AXIS></line>
                    {move || bars.with(|bars| {
                        let all = bars.len();
                        let ticks = bars.iter().enumerate().filter_map(|(index, bar)| Some((index, bar.tick.clone()?)));
                        ticks.map(|(index, tick)| view! { <text x=shape::percent(index, all) y=(HEIGHT - 2).to_string()>{tick}</text> }.into_any()).collect_view()
                    })}
                </svg>
            </div>
            <p class="sr" id=help>{text::chart_keys()}</p>
            <div class="lines" class:sr=move || !as_table.get()>
                <table on:click=handler(choose_line)>
                    <caption class="sr">{move || label.get()}</caption>
                    <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }.into_any()).collect_view()}</tr></thead>
                    <tbody>
                        {move || {
                            let open = as_table.get();
                            bars.with(|bars| bars.iter().enumerate().map(|(index, bar)| line(index, bar, open)).collect_view())
                        }}
                    </tbody>
                </table>
            </div>
        </figure>
    }
}

/// A bar as a line of the table. Where the table is shown, its name looks into it.
fn line(index: usize, bar: &Bar, open: bool) -> AnyView {
    let label = bar.label.clone();
    let name = if open {
        view! { <button type="button" class="link" data-bar=index.to_string()>{label}</button> }.into_any()
    } else {
        label.into_any()
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num">{bar.value.to_string()}</td>
            <td class="num">{bar.marked.to_string()}</td>
        </tr>
    }
    .into_any()
}
