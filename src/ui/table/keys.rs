//! The keyboard in a grid.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::body::{Grid, element, focus};
use super::model::Choose;

impl Grid {
    pub(super) fn key(&self, event: &KeyboardEvent) {
        let Some(target) = element(event) else { return };
        if matches!(target.closest(".heads"), Ok(Some(_))) {
            return;
        }
        let on_row = !matches!(target.closest("a, button, input"), Ok(Some(_)));
        let (active, last) = match self.model.count() {
            Some(count) if count > 0 => (self.active.get().min(count - 1), count - 1),
            _ => return,
        };
        let command = event.ctrl_key() || event.meta_key();
        let goal = match event.key().as_str() {
            "ArrowDown" => (active + 1).min(last),
            "ArrowUp" => active.saturating_sub(1),
            "PageDown" => active.saturating_add(self.page()).min(last),
            "PageUp" => active.saturating_sub(self.page()),
            "Home" => 0,
            "End" => last,
            "ArrowRight" => return self.step_inside(event, active, 1),
            "ArrowLeft" => return self.step_inside(event, active, -1),
            "Enter" if on_row && !command => {
                event.prevent_default();
                return self.model.open(active);
            }
            " " if on_row => {
                event.prevent_default();
                if event.shift_key() {
                    self.model.select(Choose::Range(self.anchor.get(), active));
                } else {
                    self.model.select(Choose::One(active, !self.model.is_chosen(active)));
                    self.anchor.set(active);
                }
                return;
            }
            "a" if command => {
                event.prevent_default();
                return self.model.select(Choose::All);
            }
            "Escape" => {
                if !on_row && let Some(node) = self.node(active) {
                    focus(&node);
                } else {
                    self.model.select(Choose::Nothing);
                }
                return;
            }
            "ContextMenu" => return self.open_menu(event, active),
            "F10" if event.shift_key() => return self.open_menu(event, active),
            _ => return,
        };
        event.prevent_default();
        if event.shift_key() {
            self.model.select(Choose::Range(active, goal));
        } else {
            self.anchor.set(goal);
        }
        self.go(goal);
    }

    /// Moves among the controls of a row; before the first stands the row itself.
    fn step_inside(&self, event: &KeyboardEvent, row: u32, by: i32) {
        let Some(node) = self.node(row) else { return };
        event.prevent_default();
        let stops = stops(&node);
        let here =
            document().active_element().and_then(|focused| stops.iter().position(|stop| **stop == focused));
        let here = here.map_or(-1, |here| here as i32);
        let next = (here + by).clamp(-1, stops.len() as i32 - 1);
        match usize::try_from(next).ok().and_then(|next| stops.get(next)) {
            Some(stop) => focus(stop),
            None => focus(&node),
        }
    }

    fn open_menu(&self, event: &KeyboardEvent, row: u32) {
        let button = self.node(row).and_then(|node| node.query_selector("[data-act='menu']").ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            button.click();
        }
    }
}

fn stops(node: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = node.query_selector_all("[data-stop]") else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|stop| stop.offset_parent().is_some())
        .collect()
}
