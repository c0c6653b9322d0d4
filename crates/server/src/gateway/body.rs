//! The body of a request on its way to the upstream: counted, and never held.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Body as AnyBody, Bytes},
};
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::http::ApiError;

/// How sending goes, for whoever waits for the answer.
pub(super) struct Sending {
    started: Instant,
    /// Milliseconds from the start to the last piece that was sent.
    latest: AtomicU64,
    trouble: AtomicU8,
}

const TOO_LARGE: u8 = 1;
const BROKE_OFF: u8 = 2;

impl Sending {
    pub(super) fn start() -> Arc<Self> {
        Arc::new(Self { started: Instant::now(), latest: AtomicU64::new(0), trouble: AtomicU8::new(0) })
    }

    /// When something was sent last.
    pub(super) fn latest(&self) -> Instant {
        self.started + Duration::from_millis(self.latest.load(Ordering::Relaxed))
    }

    /// What the caller did wrong, if sending failed because of that.
    pub(super) fn trouble(&self) -> Option<ApiError> {
        match self.trouble.load(Ordering::Relaxed) {
            TOO_LARGE => Some(ApiError::TooLarge),
            BROKE_OFF => Some(ApiError::TimedOut),
            _ => None,
        }
    }
}

/// A body that fails once it is longer than allowed, so that the upstream never sees a whole request of it.
pub(super) struct Outgoing {
    body: AnyBody,
    left: u64,
    sending: Arc<Sending>,
}

impl Outgoing {
    pub(super) fn new(body: AnyBody, limit: u64, sending: Arc<Sending>) -> Self {
        Self { body, left: limit, sending }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the request is too large")]
struct TooLarge;

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(piece))) => piece,
            Poll::Ready(Some(Err(error))) => {
                self.sending.trouble.store(BROKE_OFF, Ordering::Relaxed);
                return Poll::Ready(Some(Err(error.into())));
            }
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Pending => return Poll::Pending,
        };
        // Fields after the body are meant for the next machine only.
        let Some(data) = piece.data_ref() else { return Poll::Ready(None) };
        let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
        let Some(left) = self.left.checked_sub(length) else {
            self.sending.trouble.store(TOO_LARGE, Ordering::Relaxed);
            return Poll::Ready(Some(Err(TooLarge.into())));
        };
        self.left = left;
        let since = u64::try_from(self.sending.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.sending.latest.store(since, Ordering::Relaxed);
        Poll::Ready(Some(Ok(piece)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
