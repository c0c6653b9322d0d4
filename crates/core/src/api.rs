//! Every request to the server: queued, authorized, retried where that is safe, and its answer read.

mod call;
mod exchange;
mod gate;
mod link;
mod pace;
mod refusal;
mod servers;
#[cfg(test)]
mod tests;
mod tokens;

use std::{
    cell::RefCell,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{Hello, Problem, ProblemKind};
use portal_wire::{RowSplitter, RowsError, json};
use serde::de::DeserializeOwned;

pub(crate) use call::{Call, encode};
pub(crate) use exchange::{Reply, Sink};
pub(crate) use refusal::refusal;
pub(crate) use tokens::Grant;

use crate::{platform::Platform, tabs::Tabs};
use gate::Gate;
use link::Link;
use pace::Pace;
use servers::Servers;
use tokens::Tokens;

/// The way to the server.
pub(crate) struct Api {
    platform: Rc<dyn Platform>,
    device: RefCell<Device>,
    tokens: Tokens,
    gate: Gate,
    pace: Pace,
    link: Rc<Link>,
    servers: Servers,
}

/// What the server is told about this device.
#[derive(Clone, Debug, Default)]
pub(crate) struct Device {
    pub(crate) origin: String,
    pub(crate) identifier: String,
    pub(crate) name: String,
    pub(crate) kind: i32,
}

impl Api {
    /// Requests under way at once; browsers open six connections to an origin.
    const CONCURRENT: usize = 6;
    /// The largest answer that is read as a whole.
    const LARGEST_ANSWER: usize = 16 << 20;

    pub(crate) fn new(platform: Rc<dyn Platform>, tabs: Rc<Tabs>) -> Self {
        Self {
            link: Rc::new(Link::new(platform.clone(), tabs)),
            pace: Pace::new(platform.clone()),
            platform,
            device: RefCell::default(),
            tokens: Tokens::default(),
            gate: Gate::new(Self::CONCURRENT),
            servers: Servers::default(),
        }
    }

    /// Takes over what a tab says about the device.
    pub(crate) fn introduce(&self, hello: &Hello) {
        self.introduce_device(Device {
            origin: hello.origin.trim_end_matches('/').to_owned(),
            identifier: hello.device_identifier.clone(),
            name: hello.device_name.clone(),
            kind: hello.device_type,
        });
    }

    pub(crate) fn introduce_device(&self, device: Device) {
        *self.device.borrow_mut() = device;
        self.aim_probe();
    }

    pub(crate) fn device(&self) -> Device {
        self.device.borrow().clone()
    }

    /// From now on the server is known to be Bitwarden's cloud, whose limits are kept, or not to be.
    pub(crate) fn keep_cloud_limits(&self, cloud: bool) {
        self.pace.limit(cloud);
    }

    /// Waits until something may be read for later without holding up whoever waits for an answer now.
    pub(crate) async fn leisure(&self) {
        self.pace.leisure().await;
    }

    /// Milliseconds that so many readings for later will take; `None` where the server has no limits.
    pub(crate) fn time_for(&self, readings: usize) -> Option<i64> {
        self.pace.time_for(readings)
    }

    /// Reads a JSON answer.
    pub(crate) fn json<'a, T: DeserializeOwned>(&'a self, call: &'a Call) -> Reading<'a, T> {
        Reading(self.bytes(call), PhantomData)
    }

    /// Makes a call whose answer says nothing.
    pub(crate) fn done<'a>(&'a self, call: &'a Call) -> LocalBoxFuture<'a, Result<(), Problem>> {
        async move { self.bytes(call).await.map(drop) }.boxed_local()
    }

    /// Reads an answer as it is.
    pub(crate) fn bytes<'a>(&'a self, call: &'a Call) -> LocalBoxFuture<'a, Result<Vec<u8>, Problem>> {
        async move {
            let (reply, body) = self.answer(call).await?;
            if reply.is_success() { Ok(body) } else { Err(refusal(call, &reply)) }
        }
        .boxed_local()
    }

    /// Makes a call and leaves it to the caller what a refusal means.
    ///
    /// Boxed, so that every caller's state holds a pointer and not the whole exchange.
    pub(crate) fn answer<'a>(
        &'a self,
        call: &'a Call,
    ) -> LocalBoxFuture<'a, Result<(Reply, Vec<u8>), Problem>> {
        async move {
            let mut whole = Whole(Vec::new());
            let reply = self.exchange(call, &mut whole).await?;
            Ok((reply, whole.0))
        }
        .boxed_local()
    }

    /// Reads a long list row by row while it arrives; `field` holds the rows. Returns the rest of the document.
    pub(crate) async fn rows(
        &self,
        call: &Call,
        field: &'static str,
        rows: &mut dyn RowSink,
    ) -> Result<Vec<u8>, Problem> {
        let mut split = Split { field, splitter: None, rows };
        let reply = self.exchange(call, &mut split).await?;
        if !reply.is_success() {
            return Err(refusal(call, &reply));
        }
        match split.splitter {
            Some(splitter) => splitter.finish().map_err(|error| bad_answer(&error)),
            None => Err(ProblemKind::BadAnswer.into()),
        }
    }
}

/// An answer that will be read as a `T`. By hand, since an `async fn` would be a state machine of its own for each type.
pub(crate) struct Reading<'a, T>(LocalBoxFuture<'a, Result<Vec<u8>, Problem>>, PhantomData<fn() -> T>);

impl<T: DeserializeOwned> Future for Reading<'_, T> {
    type Output = Result<T, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context).map(|body| read(&body?))
    }
}

/// Takes the rows of a long list.
pub(crate) trait RowSink {
    /// The list begins, perhaps again after the connection broke: what came before is void.
    fn restart(&mut self);

    /// One row's JSON.
    fn row(&mut self, json: &[u8]) -> Result<(), Problem>;
}

/// Reads JSON; what cannot be understood is said so.
pub(crate) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    json::read(text).map_err(|error| bad_answer(&error))
}

pub(crate) fn bad_answer(error: &dyn std::fmt::Display) -> Problem {
    Problem::with(ProblemKind::BadAnswer, error.to_string())
}

struct Whole(Vec<u8>);

impl Sink for Whole {
    fn restart(&mut self) {
        self.0.clear();
    }

    fn piece(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        if self.0.len() + bytes.len() > Api::LARGEST_ANSWER {
            return Err(bad_answer(&RowsError::TooLarge(Api::LARGEST_ANSWER)));
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

struct Split<'a> {
    field: &'static str,
    splitter: Option<RowSplitter>,
    rows: &'a mut dyn RowSink,
}

impl Sink for Split<'_> {
    fn restart(&mut self) {
        self.splitter = Some(RowSplitter::field(self.field));
        self.rows.restart();
    }

    fn piece(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let Some(splitter) = &mut self.splitter else { return Ok(()) };
        let rows = &mut *self.rows;
        splitter.push(bytes, |row| rows.row(row).map_err(Stop::Row)).map_err(Problem::from)
    }
}

/// Why splitting stopped.
enum Stop {
    Row(Problem),
    Document(RowsError),
}

impl From<RowsError> for Stop {
    fn from(error: RowsError) -> Self {
        Self::Document(error)
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Row(problem) => problem,
            Stop::Document(error) => bad_answer(&error),
        }
    }
}
