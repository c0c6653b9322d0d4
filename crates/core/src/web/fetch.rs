use std::ops::ControlFlow;

use gloo_net::http::{Method as HttpMethod, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials};

use super::global;
use crate::platform::{BodySink, Head, Method, Request, TransportError};

/// Sends a request and hands its answer on as it arrives.
pub(super) async fn send(request: &Request, body: &mut dyn BodySink) -> Result<(), TransportError> {
    let abort = AbortOnDrop(AbortController::new().map_err(|_| TransportError::Unreachable)?);
    let was_online = global::scope().navigator().on_line();
    let failed = if was_online { TransportError::Cut } else { TransportError::Unreachable };
    let method = match request.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.url)
        .method(method)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .abort_signal(Some(&abort.0.signal()));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let built = match request.content.parts() {
        Some((kind, bytes)) => builder.header("Content-Type", kind).body(Uint8Array::from(bytes)),
        None => builder.build(),
    };
    let response = built.map_err(|_| TransportError::Unreachable)?.send().await.map_err(|_| failed)?;
    body.head(Head { status: response.status(), retry_after: response.headers().get("retry-after") });
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        loop {
            let step = JsFuture::from(reader.read()).await.map_err(|_| TransportError::Cut)?;
            let Some(piece) = Reflect::get(&step, &"value".into())
                .ok()
                .and_then(|value| value.dyn_into::<Uint8Array>().ok())
            else {
                break;
            };
            if body.piece(&piece.to_vec()) == ControlFlow::Break(()) {
                return Ok(());
            }
        }
    }
    // Aborting what is complete does nothing.
    Ok(())
}

/// Gives a request up when nobody waits for it any more.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
