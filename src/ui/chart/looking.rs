//! Which bars are looked at, by keys or by the pointer.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A run of bars, from where it was begun to where it has come.
type Run = (usize, usize);

/// A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    /// How many bars there are.
    all: Memo<usize>,
    keys: RwSignal<Run>,
    focused: RwSignal<bool>,
    pointer: RwSignal<Option<Run>>,
    pressed: RwSignal<bool>,
}

impl Looking {
    pub(super) fn at(all: Memo<usize>) -> Self {
        Self {
            all,
            keys: RwSignal::new((0, 0)),
            focused: RwSignal::new(false),
            pointer: RwSignal::new(None),
            pressed: RwSignal::new(false),
        }
    }

    /// What is shown as looked at, the first bar before the last: the pointer's, or else the keys' while they have the
    /// focus.
    pub(super) fn shown(self) -> Option<Run> {
        let keys = || self.focused.get().then(|| self.keys.get());
        self.ordered(self.pointer.get().or_else(keys)?)
    }

    /// What the keys look at.
    pub(super) fn run(self) -> Option<Run> {
        self.ordered(self.keys.get())
    }

    /// The bar the keys have come to.
    pub(super) fn here(self) -> usize {
        self.keys.get().1.min(self.all.get().saturating_sub(1))
    }

    /// Whether more than one is shown.
    pub(super) fn is_run(self) -> bool {
        self.shown().is_some_and(|(first, last)| first < last)
    }

    /// Focus came: what keys point at is shown where the browser shows the focus.
    pub(super) fn focused(self, event: &ev::FocusEvent) {
        let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        self.focused
            .set(element.is_some_and(|element| element.matches(":focus-visible").unwrap_or_default()));
    }

    /// Focus went.
    pub(super) fn left(self) {
        self.focused.set(false);
    }

    /// A key that moves; false for any other.
    pub(super) fn key(self, key: &str, extends: bool) -> bool {
        let Some(last) = self.all.get_untracked().checked_sub(1) else { return false };
        let (begun, here) = self.keys.get_untracked();
        let here = here.min(last);
        let next = match key {
            "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => last.min(here + 1),
            "Home" => 0,
            "End" => last,
            "Escape" if self.pressed.get_untracked() => {
                self.let_go();
                return true;
            }
            "Escape" if begun != here => here,
            _ => return false,
        };
        self.pointer.set(None);
        self.focused.set(true);
        self.keys.set((if extends { begun.min(last) } else { next }, next));
        true
    }

    /// The bar under the pointer.
    pub(super) fn under(self, plot: NodeRef<html::Div>, event: &ev::PointerEvent) -> Option<usize> {
        let rect = plot.get_untracked()?.get_bounding_client_rect();
        self.place((f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0))
    }

    /// The bar at a share of the width, from 0 to 1. A pointer held beyond an end is at that end.
    pub(super) fn place(self, share: f64) -> Option<usize> {
        let all = self.all.get_untracked();
        Some(((share * all as f64) as usize).min(all.checked_sub(1)?))
    }

    /// The pointer is there.
    pub(super) fn point(self, at: Option<usize>) {
        let begun = self.pointer.get_untracked().filter(|_| self.pressed.get_untracked());
        let run = at.map(|at| (begun.map_or(at, |(begun, _)| begun), at));
        if run != self.pointer.get_untracked() {
            self.pointer.set(run);
        }
    }

    /// The pointer is pressed there.
    pub(super) fn press(self, at: Option<usize>) {
        self.pressed.set(at.is_some());
        self.pointer.set(at.map(|at| (at, at)));
    }

    /// The pointer is let go: what it went over.
    pub(super) fn release(self) -> Option<Run> {
        let run = self.pointer.get_untracked().filter(|_| self.pressed.get_untracked())?;
        self.forget();
        untrack(|| self.ordered(run))
    }

    /// The pointer goes away, and what it was about is dropped. A pressed one is captured and goes away only when the
    /// browser takes it for something else, such as scrolling.
    pub(super) fn let_go(self) {
        self.pressed.set(false);
        self.pointer.set(None);
    }

    /// What the keys look at, to look into it; afterwards they are at the beginning.
    pub(super) fn take(self) -> Option<Run> {
        let run = untrack(|| self.run());
        self.forget();
        run
    }

    /// Other bars are coming: back to the first.
    pub(super) fn forget(self) {
        self.let_go();
        self.keys.set((0, 0));
    }

    fn ordered(self, (begun, here): Run) -> Option<Run> {
        let last = self.all.get().checked_sub(1)?;
        let (begun, here) = (begun.min(last), here.min(last));
        Some((begun.min(here), begun.max(here)))
    }
}
