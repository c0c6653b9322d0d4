//! Following signals. What stands here once, the framework would otherwise make anew for each closure that uses it: a
//! third of a program this size.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A part of a view that is drawn again whenever a signal it reads changes, for functions that return one.
///
/// Within `view!` a closure in braces is enough: there the macro gives all of them one type, as this does.
pub fn live<V: IntoView>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    let draw: SharedReactiveFunction<AnyView> = Arc::new(Mutex::new(move || draw().into_any()));
    draw.into_any()
}

/// Runs something now, and again whenever a signal it reads changes.
pub fn effect(run: impl FnMut() + 'static) {
    fn start(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| run());
    }
    start(Box::new(run));
}
