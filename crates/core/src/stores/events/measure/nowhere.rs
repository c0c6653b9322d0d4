use futures::future::{LocalBoxFuture, pending, ready};
use portal_keys::{Kdf, KeyError, MasterKey};
use zeroize::Zeroizing;

use crate::platform::{BodySink, Platform, Request, TransportError};

/// A world without anything: nothing is answered, and what is to run beside does not.
pub(super) struct Nowhere;

impl Platform for Nowhere {
    fn send<'a>(
        &'a self,
        _: &'a Request,
        _: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        Box::pin(ready(Err(TransportError::Unreachable)))
    }

    fn now_ms(&self) -> i64 {
        super::NOW
    }

    fn sleep(&self, _: u32) -> LocalBoxFuture<'static, ()> {
        Box::pin(ready(()))
    }

    fn random(&self) -> u32 {
        0
    }

    fn get<'a>(&'a self, _: &'a str) -> LocalBoxFuture<'a, Option<String>> {
        Box::pin(ready(None))
    }

    fn put<'a>(&'a self, _: &'a str, _: &'a str) -> LocalBoxFuture<'a, ()> {
        Box::pin(ready(()))
    }

    fn remove<'a>(&'a self, _: &'a str) -> LocalBoxFuture<'a, ()> {
        Box::pin(ready(()))
    }

    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        drop(future);
    }

    fn derive(
        &self,
        _: Zeroizing<Vec<u8>>,
        _: String,
        _: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>> {
        Box::pin(pending())
    }
}
