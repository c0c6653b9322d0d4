//! Long answers, compressed for whoever takes that.
//!
//! Put around routes that answer lists, never around one that hands out a token or another secret: beside text that an
//! outsider may choose, the length of the compressed answer would tell about it.

use std::io::{self, Write};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use brotli::CompressorWriter;
use futures::{StreamExt, stream};

/// Shorter answers fit into one packet anyway.
const LEAST: u64 = 1_024;
/// How much is compressed at a time, before others have their turn.
const PIECE: usize = 64 * 1_024;
/// Fast before small: the answer is made for one reader.
const QUALITY: u32 = 1;
/// Base 2 logarithm of how far back repetitions are looked for.
const WINDOW: u32 = 18;

/// Compresses the answer, if it is long and the client takes it so.
pub async fn compress(request: Request, next: Next) -> Response {
    let wanted = request.method() == Method::GET && accepts_brotli(request.headers());
    let (mut parts, body) = next.run(request).await.into_parts();
    parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let short = body.size_hint().upper().is_some_and(|most| most < LEAST);
    if !wanted || short || parts.status != StatusCode::OK {
        return Response::from_parts(parts, body);
    }
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, compressed(body))
}

/// Whether a client takes brotli: every browser does over a connection that is safe, and no page works over another.
pub fn accepts_brotli(headers: &HeaderMap) -> bool {
    list(headers, header::ACCEPT_ENCODING).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let refused =
            |weight: &str| weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        parts.next() == Some("br") && !parts.any(refused)
    })
}

/// The items of a header that is a list.
pub fn list(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

fn compressed(body: Body) -> Body {
    let encoder = CompressorWriter::new(Vec::new(), PIECE, QUALITY, WINDOW);
    let state = Some((encoder, body.into_data_stream(), Bytes::new()));
    Body::from_stream(stream::try_unfold(state, |state| async move {
        let Some((mut encoder, mut body, mut waiting)) = state else { return Ok(None) };
        loop {
            if waiting.is_empty() {
                match body.next().await {
                    Some(chunk) => waiting = chunk.map_err(io::Error::other)?,
                    None => return Ok::<_, io::Error>(Some((Bytes::from(encoder.into_inner()), None))),
                }
            }
            let piece = waiting.split_to(waiting.len().min(PIECE));
            encoder.write_all(&piece)?;
            let done = std::mem::take(encoder.get_mut());
            if !done.is_empty() {
                return Ok(Some((Bytes::from(done), Some((encoder, body, waiting)))));
            }
        }
    }))
}
