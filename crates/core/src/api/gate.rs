use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use futures::channel::oneshot;

/// Lets so many pass at once, the others in the order they came.
pub(crate) struct Gate(Rc<RefCell<State>>);

struct State {
    free: usize,
    waiting: VecDeque<oneshot::Sender<Pass>>,
}

/// The right to be inside; given back when dropped.
pub(crate) struct Pass(Rc<RefCell<State>>);

impl Gate {
    pub(crate) fn new(passes: usize) -> Self {
        Self(Rc::new(RefCell::new(State { free: passes, waiting: VecDeque::new() })))
    }

    /// Waits for a pass.
    pub(crate) async fn enter(&self) -> Pass {
        loop {
            let turn = {
                let mut state = self.0.borrow_mut();
                if state.free > 0 {
                    state.free -= 1;
                    return Pass(self.0.clone());
                }
                let (sender, turn) = oneshot::channel();
                state.waiting.push_back(sender);
                turn
            };
            if let Ok(pass) = turn.await {
                return pass;
            }
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let next = self.0.borrow_mut().waiting.pop_front();
        match next {
            // One who gave up waiting hands the pass on by dropping it.
            Some(next) => drop(next.send(Self(self.0.clone()))),
            None => self.0.borrow_mut().free += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, executor::block_on};

    use super::*;

    #[test]
    fn the_next_in_line_gets_the_pass_even_if_one_before_gave_up() {
        let gate = Gate::new(1);
        let first = block_on(gate.enter());
        let mut second = Box::pin(gate.enter());
        let mut third = Box::pin(gate.enter());
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());
        drop(second);
        drop(first);
        assert!(third.now_or_never().is_some());
        assert!(gate.enter().now_or_never().is_some());
    }
}
