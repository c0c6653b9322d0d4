//! Every vector, natively.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(not(target_arch = "wasm32"))]

mod walk;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

macro_rules! native {
    ($($name:ident,)*) => { $(
        #[test]
        fn $name() {
            at_once(walk::$name());
        }
    )* };
}

walk::for_every_walk!(native);

/// Natively nothing waits for anything, so one poll is enough.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the native engine has nothing to wait for"),
    }
}
