//! Outside the browser: for tests, tools and the demo's data.

use std::{cell::RefCell, collections::HashMap, ops::ControlFlow, time::Duration};

use futures::{FutureExt, future::LocalBoxFuture};
use portal_keys::{Kdf, KeyError, MasterKey};
use zeroize::Zeroizing;

use crate::platform::{BodySink, Head, Method, Platform, Request, TransportError};

/// The world outside the browser. Lives on one thread, inside a `tokio::task::LocalSet`.
#[derive(Default)]
pub struct Native {
    client: reqwest::Client,
    store: RefCell<HashMap<String, String>>,
}

impl Platform for Native {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        async move {
            let method = match request.method {
                Method::Get => reqwest::Method::GET,
                Method::Post => reqwest::Method::POST,
                Method::Put => reqwest::Method::PUT,
                Method::Delete => reqwest::Method::DELETE,
            };
            let mut builder = self.client.request(method, &request.url);
            for (name, value) in &request.headers {
                builder = builder.header(*name, value);
            }
            if let Some((kind, bytes)) = request.content.parts() {
                builder = builder.header("Content-Type", kind).body(bytes.to_vec());
            }
            let failed = |error: reqwest::Error| match error.is_connect() || error.is_builder() {
                true => TransportError::Unreachable,
                false => TransportError::Cut,
            };
            let mut response = builder.send().await.map_err(failed)?;
            let retry_after = response
                .headers()
                .get("retry-after")
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned);
            body.head(Head { status: response.status().as_u16(), retry_after });
            while let Some(piece) = response.chunk().await.map_err(|_| TransportError::Cut)? {
                if body.piece(&piece) == ControlFlow::Break(()) {
                    break;
                }
            }
            Ok(())
        }
        .boxed_local()
    }

    fn now_ms(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        tokio::time::sleep(Duration::from_millis(milliseconds.into())).boxed_local()
    }

    fn random(&self) -> u32 {
        getrandom::u32().unwrap_or_default()
    }

    fn get<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, Option<String>> {
        let value = self.store.borrow().get(name).cloned();
        std::future::ready(value).boxed_local()
    }

    fn put<'a>(&'a self, name: &'a str, value: &'a str) -> LocalBoxFuture<'a, ()> {
        self.store.borrow_mut().insert(name.to_owned(), value.to_owned());
        std::future::ready(()).boxed_local()
    }

    fn remove<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, ()> {
        self.store.borrow_mut().remove(name);
        std::future::ready(()).boxed_local()
    }

    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        tokio::task::spawn_local(future);
    }

    fn derive(
        &self,
        password: Zeroizing<Vec<u8>>,
        salt: String,
        kdf: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>> {
        async move {
            let work = move || futures::executor::block_on(MasterKey::derive(&password, &salt, &kdf));
            tokio::task::spawn_blocking(work)
                .await
                .unwrap_or(Err(KeyError::Engine("the derivation was interrupted")))
        }
        .boxed_local()
    }
}
