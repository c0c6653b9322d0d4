//! Waiting for the other side, but not for ever: what pauses for too long is cut off.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{BoxError, body::Bytes};
use hyper::body::{Body, Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// The other side paused for too long.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("nothing came for {0:?}")]
pub struct TooSlow(Duration);

/// Runs while something is waited for.
struct Watch {
    patience: Duration,
    running: bool,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Watch {
    fn new(patience: Duration) -> Self {
        Self { patience, running: false, sleep: None }
    }

    fn stop(&mut self) {
        self.running = false;
    }

    /// Ready once it has run for longer than the patience.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<TooSlow> {
        let patience = self.patience;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep(patience)));
        if !self.running {
            self.running = true;
            sleep.as_mut().reset(Instant::now() + patience);
        }
        sleep.as_mut().poll(context).map(|()| TooSlow(patience))
    }
}

/// A body that fails where the pause between two pieces is too long. While nobody asks for a piece, no time passes.
pub struct PatientBody<B> {
    body: B,
    watch: Watch,
}

impl<B> PatientBody<B> {
    /// A body whose pieces may take so long each.
    pub fn new(body: B, patience: Duration) -> Self {
        Self { body, watch: Watch::new(patience) }
    }
}

impl<B> Body for PatientBody<B>
where
    B: Body<Data = Bytes, Error: Into<BoxError>> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(piece) = Pin::new(&mut self.body).poll_frame(context) {
            self.watch.stop();
            return Poll::Ready(piece.map(|piece| piece.map_err(Into::into)));
        }
        let too_slow = ready!(self.watch.poll(context));
        Poll::Ready(Some(Err(too_slow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A connection that fails where the other side takes nothing of what is written for too long.
pub struct PatientStream<S> {
    stream: S,
    watch: Watch,
}

impl<S> PatientStream<S> {
    /// A connection whose other side may take so long.
    pub fn new(stream: S, patience: Duration) -> Self {
        Self { stream, watch: Watch::new(patience) }
    }

    fn unless_too_slow<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.watch.stop();
            return written;
        }
        let too_slow = ready!(self.watch.poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, too_slow)))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for PatientStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for PatientStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, buffer);
        self.unless_too_slow(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, buffers);
        self.unless_too_slow(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.unless_too_slow(flushed, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let closed = Pin::new(&mut self.stream).poll_shutdown(context);
        self.unless_too_slow(closed, context)
    }
}
