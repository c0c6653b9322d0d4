//! Following signals. What stands here once, the framework would otherwise make anew for each closure or type that uses
//! it, and the program would carry every copy.

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

/// A value kept as long as what it was made of; whoever reads it is told only when it is another one.
pub fn memo<T>(make: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    fn keep<T: PartialEq + Send + Sync + 'static>(make: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| make())
    }
    keep(Box::new(make))
}

/// Something drawn for each number, once for as long as the number is there. Every list of a view is drawn by this one,
/// since each other type that `For` is given takes as much of the program again.
pub fn each(
    numbers: impl Fn() -> Vec<u32> + Send + 'static,
    draw: impl Fn(u32) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    type Numbers = Box<dyn Fn() -> Vec<u32> + Send>;
    type Draw = Arc<dyn Fn(u32) -> AnyView + Send + Sync>;
    fn list(numbers: Numbers, draw: Draw) -> AnyView {
        view! { <For each=numbers key=|number| *number children=move |number| draw(number) /> }.into_any()
    }
    list(Box::new(numbers), Arc::new(draw))
}

/// Runs something now, and again whenever a signal it reads changes.
pub fn effect(run: impl FnMut() + 'static) {
    fn start(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| run());
    }
    start(Box::new(run));
}

/// What an event does, for `on:…`. A listener of one type for all costs the program a good part of what one for each
/// closure does.
pub fn handler<E>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}
