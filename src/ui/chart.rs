use leptos::prelude::*;

/// One day of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct DayBar {
    /// The day in words.
    pub label: String,
    /// A short form for the axis; most days have none.
    pub tick: Option<String>,
    /// What the day's value is in words.
    pub words: String,
    /// The value.
    pub value: u32,
}

/// Height of the bars and of the whole picture, in pixels.
const BARS: u32 = 56;
const HEIGHT: u32 = 74;

/// Where the line below the bars runs.
const AXIS: &str = "58.5";

/// Width of the picture, in thousandths of a percent.
const WIDTH: u32 = 100_000;

/// Bars by day. A table with the same figures stands behind it for those who do not see it; pointing at a bar tells its
/// figure, and a click chooses its day.
#[component]
pub fn DensityBars(
    /// What is counted, with the total, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Head of the column of days.
    #[prop(into)]
    day_head: String,
    /// Head of the column of values.
    #[prop(into)]
    value_head: String,
    /// The days, oldest first.
    #[prop(into)]
    days: Signal<Vec<DayBar>>,
    /// Called with the index of a day that was clicked.
    #[prop(into)]
    on_choose: UnsyncCallback<usize>,
) -> impl IntoView {
    let draw = move || {
        days.with(|days| {
            let most = days.iter().map(|day| day.value).max().unwrap_or(0).max(1);
            let step = WIDTH / (days.len() as u32).max(1);
            days.iter()
                .enumerate()
                .map(|(index, day)| {
                    // A day with a single event must be seen beside one with thousands.
                    let height = if day.value == 0 { 1 } else { share(day.value, most, BARS).max(3) };
                    let x = share(index as u32, days.len() as u32, WIDTH);
                    let bar = x + step * 16 / 100;
                    view! {
                        <g data-tip=day.words.clone() data-day=index.to_string()>
                            <rect class="hit" x=percent(x) y="0" width=percent(step) height=HEIGHT.to_string()></rect>
                            <rect
                                class=if day.value == 0 { "bar none" } else { "bar" }
                                x=percent(bar)
                                y=(BARS - height + 2).to_string()
                                width=percent(step * 68 / 100)
                                height=height.to_string()
                                rx="1.5"
                            ></rect>
                            {day.tick.clone().map(|tick| view! { <text x=percent(bar) y=(HEIGHT - 3).to_string()>{tick}</text> }.into_any())}
                        </g>
                    }.into_any()
                })
                .collect_view()
        })
    };
    let choose = move |event: web_sys::MouseEvent| {
        use wasm_bindgen::JsCast;
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let group = element.and_then(|element| element.closest("[data-day]").ok().flatten());
        if let Some(index) =
            group.and_then(|group| group.get_attribute("data-day")).and_then(|index| index.parse().ok())
        {
            on_choose.run(index);
        }
    };
    view! {
        <figure class="density">
            <svg class="bars" width="100%" height=HEIGHT.to_string() aria-hidden="true" on:click=choose>
                {draw}
                <line class="axis" x1="0" x2="100%" y1=AXIS y2=AXIS></line>
            </svg>
            <figcaption class="sr">
                <table>
                    <caption>{move || label.get()}</caption>
                    <thead><tr><th scope="col">{day_head}</th><th scope="col">{value_head}</th></tr></thead>
                    <tbody>
                        {move || days.with(|days| {
                            days.iter().map(|day| view! { <tr><th scope="row">{day.label.clone()}</th><td>{day.value.to_string()}</td></tr> }.into_any()).collect_view()
                        })}
                    </tbody>
                </table>
            </figcaption>
        </figure>
    }
}

/// The same part of `whole` as `part` is of `all`.
fn share(part: u32, all: u32, whole: u32) -> u32 {
    (u64::from(part) * u64::from(whole) / u64::from(all.max(1))) as u32
}

fn percent(value: u32) -> String {
    format!("{}.{:03}%", value / 1_000, value % 1_000)
}
