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

/// Height of the bars and of the whole picture, in its own units. A unit is a pixel of height.
const BARS: f64 = 56.0;
const HEIGHT: f64 = 74.0;

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
            let step = 100.0 / days.len().max(1) as f64;
            days.iter()
                .enumerate()
                .map(|(index, day)| {
                    // A day with a single event must be seen beside one with thousands.
                    let height = if day.value == 0 { 1.0 } else { (f64::from(day.value) / f64::from(most) * BARS).max(3.0) };
                    let x = index as f64 * step;
                    view! {
                        <g data-tip=day.words.clone() data-day=index.to_string()>
                            <rect class="hit" x=percent(x) y="0" width=percent(step) height=HEIGHT.to_string()></rect>
                            <rect
                                class=if day.value == 0 { "bar none" } else { "bar" }
                                x=percent(x + step * 0.16)
                                y=(BARS - height + 2.0).to_string()
                                width=percent(step * 0.68)
                                height=height.to_string()
                                rx="1.5"
                            ></rect>
                            {day.tick.clone().map(|tick| view! { <text x=percent(x + step * 0.16) y=(HEIGHT - 3.0).to_string()>{tick}</text> })}
                        </g>
                    }
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
                <line class="axis" x1="0" x2="100%" y1=(BARS + 2.5).to_string() y2=(BARS + 2.5).to_string()></line>
            </svg>
            <figcaption class="sr">
                <table>
                    <caption>{move || label.get()}</caption>
                    <thead><tr><th scope="col">{day_head}</th><th scope="col">{value_head}</th></tr></thead>
                    <tbody>
                        {move || days.with(|days| {
                            days.iter().map(|day| view! { <tr><th scope="row">{day.label.clone()}</th><td>{day.value}</td></tr> }).collect_view()
                        })}
                    </tbody>
                </table>
            </figcaption>
        </figure>
    }
}

fn percent(value: f64) -> String {
    format!("{value:.3}%")
}
