//! The grid in the document: where each place of the pool stands, and what pointer and focus do.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, HtmlInputElement, MouseEvent, PointerEvent, ResizeObserver,
};

use super::model::{Choose, Model};
use super::pool::{self, SMALLEST_ROW, Sight};
use crate::ui::dom;

/// A grid, whatever its rows.
pub(super) struct Grid {
    pub(super) model: Box<dyn Model>,
    /// The row that has, or would have, the focus.
    pub(super) active: Cell<u32>,
    /// Where a range of chosen rows begins.
    pub(super) anchor: Cell<u32>,
    shown: RefCell<Vec<Shown>>,
    /// After a jump only the rows that are seen stand in their places; the others follow when it is over.
    hurried: Cell<bool>,
    parts: RefCell<Option<Parts>>,
    measured: Cell<Measured>,
    dragged: Cell<Option<u32>>,
}

/// What stands at a place.
#[derive(Clone, Copy, Default)]
struct Shown {
    row: Option<u32>,
    /// Pixels from the first row.
    top: i32,
    /// The tab key reaches it.
    stop: bool,
}

#[derive(Clone)]
struct Parts {
    scroller: HtmlElement,
    body: HtmlElement,
    ruler: HtmlElement,
    rows: Rc<[HtmlElement]>,
    observer: Option<Rc<Watch>>,
}

/// Follows changes of height; the closure lives as long as the observer that calls it.
struct Watch {
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

#[derive(Clone, Copy)]
struct Measured {
    height: f64,
    row: f64,
    head: f64,
}

impl Grid {
    pub(super) fn new(model: Box<dyn Model>) -> Self {
        Self {
            model,
            active: Cell::new(0),
            anchor: Cell::new(0),
            shown: RefCell::default(),
            hurried: Cell::new(true),
            parts: RefCell::default(),
            measured: Cell::new(Measured { height: 0.0, row: SMALLEST_ROW, head: 0.0 }),
            dragged: Cell::new(None),
        }
    }

    /// Takes over the elements, once they are in the document.
    pub(super) fn mount(self: &Rc<Self>, scroller: &HtmlElement) {
        let part =
            |selector| -> Option<HtmlElement> { scroller.query_selector(selector).ok()??.dyn_into().ok() };
        let (Some(body), Some(ruler)) = (part(".rows"), part(".ruler")) else { return };
        let grid = Rc::downgrade(self);
        let resized = Closure::<dyn FnMut()>::new(move || {
            if let Some(grid) = grid.upgrade() {
                grid.measure();
                grid.place();
            }
        });
        // Of the scroller for the window, of the ruler for another density: it is as high as a row.
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok().map(|observer| {
            observer.observe(scroller);
            observer.observe(&ruler);
            Rc::new(Watch { observer, _resized: resized })
        });
        let rows = Rc::default();
        self.parts.replace(Some(Parts { scroller: scroller.clone(), body, ruler, rows, observer }));
        self.measure();
        self.place();
    }

    pub(super) fn unmount(&self) {
        if let Some(observer) = self.parts.take().and_then(|parts| parts.observer) {
            observer.observer.disconnect();
        }
    }

    fn parts(&self) -> Option<Parts> {
        let mut parts = self.parts.borrow_mut();
        let parts = parts.as_mut()?;
        // The pool is made in two steps.
        if parts.body.child_element_count() as usize != parts.rows.len() {
            let children = parts.body.children();
            parts.rows = (0..children.length()).filter_map(|at| children.item(at)?.dyn_into().ok()).collect();
            self.shown.borrow_mut().resize(parts.rows.len(), Shown::default());
        }
        Some(parts.clone())
    }

    fn measure(&self) {
        let Some(parts) = self.parts() else { return };
        let row = f64::from(parts.ruler.offset_height());
        self.measured.set(Measured {
            height: f64::from(parts.scroller.client_height()),
            row: if row > 0.0 { row } else { SMALLEST_ROW },
            head: f64::from(parts.body.offset_top()),
        });
    }

    /// How many rows are seen at once.
    pub(super) fn page(&self) -> u32 {
        let Measured { height, row, head } = self.measured.get();
        (((height - head) / row) as u32).saturating_sub(1).max(1)
    }

    /// After scrolling: puts the rows into their places. True when that is all; otherwise [`Self::settle`] is owed.
    ///
    /// A jump to where no row stands shows what is seen and no more: whoever drags the bar of a long list is past the rows
    /// around it before they are drawn. Nor are waiting rows drawn for it, since their answer usually is here before the
    /// next frame, and everything would be laid out twice.
    pub(super) fn follow(&self) -> bool {
        let Some(parts) = self.parts() else { return true };
        self.hurried.set(true);
        let sight = self.sight(&parts);
        let stands = |shown: &Shown| shown.row.is_some_and(|row| (sight.first..sight.end).contains(&row));
        let jumped = !self.shown.borrow().iter().any(stands);
        self.hurried.set(jumped);
        let here = self.model.count().is_none() || self.model.has_any(sight.first, sight.end);
        if here {
            self.place();
        } else {
            self.model.look_at(sight.first, sight.end);
        }
        here && !jumped
    }

    /// After rows have arrived or changed: puts them into their places. True when that is all.
    pub(super) fn refresh(&self) -> bool {
        self.place();
        !self.hurried.get()
    }

    /// Puts every row into its place, those that are kept ready too.
    pub(super) fn settle(&self) {
        self.hurried.set(false);
        self.place();
    }

    /// How many rows there are. While nothing has arrived, waiting rows fill the sight.
    fn rows(&self, parts: &Parts) -> u32 {
        let Measured { height, row, .. } = self.measured.get();
        self.model.count().unwrap_or_else(|| ((height / row) as u32).min(parts.rows.len() as u32))
    }

    fn sight(&self, parts: &Parts) -> Sight {
        let Measured { height, row, .. } = self.measured.get();
        let scrolled = f64::from(parts.scroller.scroll_top());
        let places = parts.rows.len() as u32;
        pool::sight(scrolled, height, row, self.rows(parts), places, !self.hurried.get())
    }

    /// Puts every row that is in sight into its place. Makes and removes no element.
    fn place(&self) {
        let Some(parts) = self.parts() else { return };
        let row_height = self.measured.get().row;
        let places = parts.rows.len() as u32;
        let count = self.model.count();
        let sight = self.sight(&parts);
        let in_all = self.rows(&parts);
        dom::set_pixels(&parts.body, "height", f64::from(in_all) * row_height);

        let active = self.active.get();
        let stop = if (sight.first..sight.end).contains(&active) { active } else { sight.first };
        let focused = document().active_element();
        let mut lost_focus = false;
        for (place, node) in parts.rows.iter().enumerate() {
            let was = self.shown.borrow().get(place).copied().unwrap_or_default();
            let row = pool::row_at(place as u32, places, sight);
            // In a hurry, what is out of sight stays as it is, as long as the list has such a row.
            let kept = was.row.is_some_and(|row| row < in_all);
            let left = row.is_none() && kept && self.hurried.get();
            let row = if left { was.row } else { row };
            let top = row.map_or(was.top, |row| (f64::from(row) * row_height) as i32);
            let stop = !left && row == Some(stop) && count.is_some();
            if was.row != row {
                lost_focus |=
                    was.row.is_some() && focused.as_ref().is_some_and(|focused| node.contains(Some(focused)));
                stand(node, was.row, row);
            }
            if was.top != top || was.row.is_none() {
                let _ = node.style().set_property("transform", &format!("translateY({top}px)"));
            }
            if was.stop != stop {
                node.set_tab_index(if stop { 0 } else { -1 });
            }
            if let Some(shown) = self.shown.borrow_mut().get_mut(place) {
                *shown = Shown { row, top, stop };
            }
            if !left {
                self.model.fill(place, count.and(row));
            }
        }
        // A row that leaves the document must not take the focus along, nor hand it to another row.
        if lost_focus {
            focus(&parts.body);
        }
        if count.is_some() {
            self.model.look_at(sight.first, sight.end);
        }
    }

    /// Back to the first row, for another query. Whoever is at a row asked from there, such as for what is folded away in
    /// it, and stays.
    pub(super) fn to_first(&self) {
        if let Some(parts) = self.parts()
            && !document().active_element().is_some_and(|focused| parts.body.contains(Some(&focused)))
        {
            self.active.set(0);
            self.anchor.set(0);
            parts.scroller.set_scroll_top(0);
        }
        self.settle();
    }

    /// Moves the focus to a row, bringing it into sight.
    pub(super) fn go(&self, row: u32) {
        let Some(parts) = self.parts() else { return };
        let Measured { height, row: row_height, head } = self.measured.get();
        self.active.set(row);
        if let Some(top) = pool::reveal(row, f64::from(parts.scroller.scroll_top()), height, row_height, head)
        {
            parts.scroller.set_scroll_top(top as i32);
        }
        self.settle();
        if let Some(node) = self.node(row) {
            focus(&node);
        }
    }

    /// The element in which a row stands, while it is in sight.
    pub(super) fn node(&self, row: u32) -> Option<HtmlElement> {
        let place = self.shown.borrow().iter().position(|shown| shown.row == Some(row))?;
        self.parts()?.rows.get(place).cloned()
    }

    /// The row an element belongs to.
    pub(super) fn row_of(&self, element: &Element) -> Option<u32> {
        let node = element.closest("[aria-rowindex]").ok()??;
        node.get_attribute("aria-rowindex")?.parse::<u32>().ok()?.checked_sub(2)
    }

    pub(super) fn click(&self, event: &MouseEvent) {
        let Some(target) = element(event) else { return };
        let Some(row) = self.row_of(&target) else { return };
        let inside = |selector| target.closest(selector).ok().flatten();
        if inside(".pick").is_some() {
            let chosen = self.model.is_chosen(row);
            if event.shift_key() {
                self.model.select(Choose::Range(self.anchor.get(), row));
            } else {
                self.model.select(Choose::One(row, !chosen));
                self.anchor.set(row);
            }
            // The browser has turned the box by itself; a range may have left the row as it was.
            if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
                input.set_checked(self.model.is_chosen(row));
            }
        } else if let Some(control) = inside("[data-act]") {
            let what = control.get_attribute("data-act").unwrap_or_default();
            self.model.act(row, &what, control.unchecked_ref());
        } else if inside("a, button, input").is_some() {
        } else if event.shift_key() {
            self.model.select(Choose::Range(self.anchor.get(), row));
        } else if event.ctrl_key() || event.meta_key() {
            self.model.select(Choose::One(row, !self.model.is_chosen(row)));
            self.anchor.set(row);
        } else {
            self.anchor.set(row);
            self.model.open(row);
        }
    }

    /// A press on a checkbox may become a drag over several.
    pub(super) fn press(&self, event: &PointerEvent) {
        let Some(target) = element(event) else { return };
        let in_pick = matches!(target.closest(".pick"), Ok(Some(_)));
        if event.button() == 0 && event.pointer_type() == "mouse" && in_pick {
            self.dragged.set(self.row_of(&target));
        }
        // Shift and click would mark the text between.
        if event.shift_key() && self.row_of(&target).is_some() {
            event.prevent_default();
        }
    }

    pub(super) fn drag(&self, event: &PointerEvent) {
        let (Some(from), Some(target)) = (self.dragged.get(), element(event)) else { return };
        if event.buttons() & 1 == 0 {
            return self.release();
        }
        if let Some(row) = self.row_of(&target).filter(|row| *row != from) {
            self.anchor.set(from);
            self.model.select(Choose::Range(from, row));
        }
    }

    pub(super) fn release(&self) {
        self.dragged.set(None);
    }

    /// The focus came from somewhere else, such as a click.
    pub(super) fn focused(&self, event: &Event) {
        if let Some(row) = element(event).and_then(|target| self.row_of(&target)) {
            self.active.set(row);
        }
    }
}

/// Gives a place its row, or hides it.
fn stand(node: &HtmlElement, was: Option<u32>, row: Option<u32>) {
    match row {
        Some(row) => {
            let _ = node.set_attribute("aria-rowindex", &(row + 2).to_string());
            if was.is_none() {
                node.set_hidden(false);
            }
        }
        None => {
            let _ = node.remove_attribute("aria-rowindex");
            node.set_hidden(true);
        }
    }
}

pub(super) fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Moves the focus without the browser's own scrolling.
pub(super) fn focus(node: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = node.focus_with_options(&options);
}
