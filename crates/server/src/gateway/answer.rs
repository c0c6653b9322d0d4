//! The body of an answer on its way to the caller: whole, or visibly broken off.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    BoxError,
    body::Bytes,
    http::{HeaderMap, Method, Uri, header},
};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use crate::http::{compression::list, patience::PatientBody};

/// Whether it can be told where the answer ends. One that ends where the connection does may be cut off anywhere, and
/// would look complete.
pub(super) fn says_where_it_ends(headers: &HeaderMap, body: &Incoming) -> bool {
    let codings = list(headers, header::TRANSFER_ENCODING).map(str::to_ascii_lowercase);
    let is_chunked = codings.eq(["chunked"]);
    body.is_end_stream() || body.size_hint().exact().is_some() || is_chunked
}

/// A body that hands on each piece as it comes. If it breaks off, that is logged, and so does the answer to the caller.
pub(super) struct Incomplete {
    body: PatientBody<Incoming>,
    method: Method,
    uri: Uri,
}

impl Incomplete {
    pub(super) fn new(body: Incoming, patience: Duration, method: Method, uri: Uri) -> Self {
        Self { body: PatientBody::new(body, patience), method, uri }
    }
}

impl Body for Incomplete {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = Pin::new(&mut self.body).poll_frame(context);
        match &piece {
            Poll::Ready(Some(Err(error))) => {
                let (method, path) = (&self.method, self.uri.path());
                tracing::warn!(%method, path, cause = %error, "the upstream broke off in the middle of an answer");
                piece
            }
            // Fields after the body are meant for the next machine only.
            Poll::Ready(Some(Ok(frame))) if !frame.is_data() => Poll::Ready(None),
            _ => piece,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
