//! The picture of bars over time, looked into by keys, by the pointer and as a table.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use leptos::{mount::mount_to, prelude::*};
use portal::ui::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// A picture of ten bars.
struct Stage {
    root: HtmlElement,
    zoomed: RwSignal<Vec<(usize, usize)>>,
    outs: RwSignal<u32>,
    all: RwSignal<usize>,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    fn new() -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let (zoomed, outs, all) = (RwSignal::new(Vec::new()), RwSignal::new(0), RwSignal::new(10_usize));
        let draw = move || {
            let bars = Signal::derive(move || {
                let bar = |at: usize| Bar {
                    label: format!("bar {at}"),
                    tick: None,
                    value: at as u32,
                    marked: u32::from(at == 9),
                };
                (0..all.get()).map(bar).collect::<Vec<_>>()
            });
            view! {
                <DensityBars
                    label="Events".to_owned()
                    heads=["When", "Events", "Highlights"]
                    bars
                    words=|(first, last): (usize, usize)| format!("{first} to {last}")
                    on_zoom=move |run: (usize, usize)| zoomed.update(|zoomed| zoomed.push(run))
                    on_out=move || outs.update(|outs| *outs += 1)
                    can_go_out=Signal::derive(move || outs.get() == 0)
                />
            }
        };
        let mounted = mount_to(root.clone(), draw);
        Self { root, zoomed, outs, all, _mounted: Box::new(mounted) }
    }

    fn find(&self, selector: &str) -> HtmlElement {
        self.root.query_selector(selector).unwrap().unwrap().unchecked_into()
    }

    fn said(&self) -> String {
        self.find(".now").text_content().unwrap()
    }

    async fn keys(&self, keys: &[(&str, bool)]) {
        for (key, shift) in keys {
            let init = KeyboardEventInit::new();
            init.set_key(key);
            init.set_shift_key(*shift);
            init.set_bubbles(true);
            init.set_cancelable(true);
            let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
            self.find(".plot").dispatch_event(&event).unwrap();
        }
        settle().await;
    }

    /// The pointer does something in the middle of a bar.
    async fn pointer(&self, kind: &str, bar: i32) {
        let plot = self.find(".plot").get_bounding_client_rect();
        let init = PointerEventInit::new();
        init.set_client_x((plot.left() + plot.width() * (f64::from(bar) + 0.5) / 10.0) as i32);
        init.set_bubbles(true);
        let event = PointerEvent::new_with_event_init_dict(kind, &init).unwrap();
        self.find(".plot").dispatch_event(&event).unwrap();
        settle().await;
    }

    fn zoomed(&self) -> Vec<(usize, usize)> {
        self.zoomed.get_untracked()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

async fn settle() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

#[wasm_bindgen_test]
async fn keys_move_over_the_bars_and_look_into_a_run_of_them() {
    let stage = Stage::new();
    settle().await;
    assert_eq!(stage.said(), "0 to 9");
    stage.keys(&[("ArrowRight", false), ("ArrowRight", false)]).await;
    let plot = stage.find(".plot");
    assert_eq!(plot.get_attribute("aria-valuenow").as_deref(), Some("3"));
    assert_eq!(plot.get_attribute("aria-valuetext").as_deref(), Some("2 to 2"));
    stage.keys(&[("ArrowRight", true), ("ArrowRight", true)]).await;
    assert_eq!(stage.said(), "2 to 4");
    stage.keys(&[("Enter", false)]).await;
    assert_eq!(stage.zoomed(), [(2, 4)]);
    stage.keys(&[("End", false), ("Home", true), ("Enter", false)]).await;
    assert_eq!(stage.zoomed().last(), Some(&(0, 9)));
}

#[wasm_bindgen_test]
async fn escape_gives_a_run_up_and_stays_at_its_bar() {
    let stage = Stage::new();
    stage.keys(&[("ArrowRight", true), ("ArrowRight", true), ("Escape", false)]).await;
    assert_eq!(stage.said(), "2 to 2");
}

#[wasm_bindgen_test]
async fn a_click_looks_into_a_bar_and_a_drag_into_a_run_whichever_way_it_goes() {
    let stage = Stage::new();
    stage.pointer("pointermove", 7).await;
    assert_eq!(stage.said(), "7 to 7");
    stage.pointer("pointerdown", 7).await;
    stage.pointer("pointerup", 7).await;
    assert_eq!(stage.zoomed(), [(7, 7)]);
    stage.pointer("pointerdown", 6).await;
    stage.pointer("pointermove", 40).await;
    assert_eq!(stage.said(), "6 to 9");
    stage.pointer("pointermove", 2).await;
    assert_eq!(stage.said(), "2 to 6");
    stage.pointer("pointerup", 2).await;
    assert_eq!(stage.zoomed().last(), Some(&(2, 6)));
}

#[wasm_bindgen_test]
async fn a_drag_that_is_given_up_looks_into_nothing() {
    let stage = Stage::new();
    stage.pointer("pointerdown", 2).await;
    stage.pointer("pointermove", 5).await;
    stage.keys(&[("Escape", false)]).await;
    stage.pointer("pointerup", 5).await;
    stage.pointer("pointerdown", 2).await;
    stage.pointer("pointerleave", 2).await;
    stage.pointer("pointerup", 2).await;
    assert_eq!(stage.zoomed(), []);
}

#[wasm_bindgen_test]
async fn zooming_out_by_button_or_key_keeps_the_focus_in_the_picture() {
    let stage = Stage::new();
    settle().await;
    let button = stage.find(".said .btn:not([hidden])");
    button.focus().unwrap();
    button.click();
    settle().await;
    assert_eq!(stage.outs.get_untracked(), 1);
    assert!(button.hidden());
    assert_eq!(document().active_element().unwrap().class_name(), "plot");
    // There is nothing more to see.
    stage.keys(&[("Backspace", false), ("-", false)]).await;
    assert_eq!(stage.outs.get_untracked(), 1);
    stage.outs.set(0);
    stage.keys(&[("-", false)]).await;
    assert_eq!(stage.outs.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn the_table_has_the_same_figures_and_looks_into_a_line() {
    let stage = Stage::new();
    settle().await;
    let cells = || stage.find("tbody").text_content().unwrap();
    assert!(cells().ends_with("bar 991"), "{}", cells());
    assert!(stage.root.query_selector("tbody button").unwrap().is_none());
    stage.find("[aria-pressed]").click();
    settle().await;
    assert!(stage.find(".plot").hidden());
    stage.find("[data-bar='3']").click();
    settle().await;
    assert_eq!(stage.zoomed(), [(3, 3)]);
    assert!(document().active_element().unwrap().has_attribute("aria-pressed"));
}

#[wasm_bindgen_test]
async fn fewer_or_no_bars_leave_the_keys_within_what_there_is() {
    let stage = Stage::new();
    stage.keys(&[("End", false)]).await;
    stage.all.set(4);
    settle().await;
    assert_eq!(stage.said(), "3 to 3");
    stage.all.set(0);
    settle().await;
    stage.keys(&[("ArrowRight", false), ("Enter", false)]).await;
    stage.pointer("pointerdown", 1).await;
    stage.pointer("pointerup", 1).await;
    assert_eq!((stage.said().as_str(), stage.zoomed()), ("", Vec::new()));
}
