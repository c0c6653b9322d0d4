use std::{cell::Cell, ops::ControlFlow};

use futures::future::{Either, select};
use portal_bridge::{Network, Problem, ProblemKind};

use super::{Api, Call};
use crate::platform::{BodySink, Head, Request, TransportError};

/// An answer that came whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// How long the server asks to wait.
    pub(crate) retry_after: Option<u32>,
    /// The body of a refusal; that of a success went to the [`Sink`].
    pub(crate) refusal: Vec<u8>,
}

impl Reply {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Takes the body of a success.
pub(crate) trait Sink {
    /// A body begins, perhaps again: what came before is void.
    fn restart(&mut self);

    /// The next piece.
    fn piece(&mut self, bytes: &[u8]) -> Result<(), Problem>;
}

/// The version of Bitwarden's clients whose behaviour this one has.
const CLIENT_VERSION: &str = "2026.8.0";
/// Attempts beyond the first, for what may be repeated.
const RETRIES: u32 = 3;
/// Nothing received for so long means that the connection broke.
const STALL_MS: u32 = 45_000;
/// Of a refusal's body, no more is kept.
const LARGEST_REFUSAL: usize = 64 << 10;
/// A server that asks for more patience is not waited for.
const LONGEST_WAIT_S: u32 = 90;

impl Api {
    /// Sends a call until an answer counts: any but one that may be repeated and is worth it.
    ///
    /// A call that is not repeatable is sent again only when it certainly was not carried out (401 and 429).
    pub(crate) async fn exchange(&self, call: &Call, sink: &mut dyn Sink) -> Result<Reply, Problem> {
        // The same for every attempt.
        let before = if call.own { String::new() } else { self.before().await? };
        let mut failures = 0;
        let mut refreshed = false;
        loop {
            if !call.own {
                self.link.wait().await;
            }
            let token = if call.anonymous { None } else { Some(self.token().await?) };
            let sent = {
                if !call.own {
                    self.pace.take(call).await;
                }
                let _pass = self.gate.enter().await;
                self.send_once(call, &before, token.as_ref().map(|(access, _)| access.as_str()), sink).await
            };
            let give_up = failures >= RETRIES;
            match (sent, &token) {
                (Sent::Answer(reply), Some((_, version)))
                    if reply.status == 401 && !refreshed && self.is_stale(*version) =>
                {
                    refreshed = true;
                    self.refresh_after(*version).await?;
                    continue;
                }
                (Sent::Answer(reply), _) if reply.status == 429 => {
                    let seconds = reply.retry_after;
                    // Whoever signs in is told at once; everybody else waits in line.
                    if call.anonymous || give_up || seconds.is_some_and(|seconds| seconds > LONGEST_WAIT_S) {
                        return Ok(reply);
                    }
                    let pause = seconds
                        .map_or_else(|| self.back_off(failures + 1), |seconds| seconds.saturating_mul(1_000));
                    self.link.pause(pause.max(250));
                }
                (Sent::Answer(reply), _) if reply.status >= 500 && call.repeatable && !give_up => {
                    let asked = reply.retry_after.filter(|seconds| *seconds <= LONGEST_WAIT_S);
                    let wait = asked
                        .map_or_else(|| self.back_off(failures), |seconds| seconds.saturating_mul(1_000));
                    self.platform.sleep(wait).await;
                }
                (Sent::Answer(reply), _) => return Ok(reply),
                (Sent::Unwanted(problem), _) => return Err(problem),
                (Sent::Nothing(error), _) => {
                    let arrived = error == TransportError::Cut;
                    if arrived && !call.repeatable {
                        self.link.failed(false);
                        return Err(ProblemKind::Uncertain.into());
                    }
                    let was_offline = self.link.is_offline();
                    self.link.failed(give_up || !call.repeatable);
                    if give_up || was_offline {
                        return Err(ProblemKind::Offline.into());
                    }
                    self.platform.sleep(self.back_off(failures)).await;
                }
            }
            failures += 1;
        }
    }

    /// How the server can be reached now.
    pub(crate) fn network(&self) -> Network {
        self.link.state()
    }

    async fn send_once(&self, call: &Call, before: &str, token: Option<&str>, sink: &mut dyn Sink) -> Sent {
        let request = self.request(call, before, token);
        let pieces = Cell::new(0_u32);
        let mut relay = Relay { sink, reply: Reply::default(), problem: None, pieces: &pieces };
        let result = {
            let mut sending = self.platform.send(&request, &mut relay);
            loop {
                let seen = pieces.get();
                match select(sending, self.platform.sleep(STALL_MS)).await {
                    Either::Left((result, _)) => break result,
                    Either::Right(((), _)) if pieces.get() == seen => break Err(TransportError::Cut),
                    Either::Right(((), still)) => sending = still,
                }
            }
        };
        if let Some(problem) = relay.problem {
            return Sent::Unwanted(problem);
        }
        match result {
            Ok(()) => {
                self.link.answered();
                Sent::Answer(relay.reply)
            }
            Err(error) => Sent::Nothing(error),
        }
    }

    fn request(&self, call: &Call, before: &str, token: Option<&str>) -> Request {
        let device = self.device.borrow();
        let mut headers = vec![
            ("Accept", "application/json".to_owned()),
            ("Bitwarden-Client-Name", "web".to_owned()),
            ("Bitwarden-Client-Version", CLIENT_VERSION.to_owned()),
            ("Device-Type", device.kind.to_string()),
        ];
        if let Some(token) = token.or(call.bearer.as_ref().map(|token| token.as_str())) {
            headers.push(("Authorization", format!("Bearer {token}")));
        }
        Request {
            method: call.method,
            url: format!("{}{before}{}", device.origin, call.path),
            headers,
            content: call.content.clone(),
        }
    }

    /// Half a second, doubled each time, spread by up to a half.
    fn back_off(&self, failures: u32) -> u32 {
        let base = 500_u32 << failures.min(6);
        base + self.platform.random() % (base / 2)
    }
}

/// What came of sending.
enum Sent {
    Answer(Reply),
    /// The sink refused the body.
    Unwanted(Problem),
    Nothing(TransportError),
}

/// Sends a success on to the sink and keeps a refusal.
struct Relay<'a> {
    sink: &'a mut dyn Sink,
    reply: Reply,
    problem: Option<Problem>,
    pieces: &'a Cell<u32>,
}

impl BodySink for Relay<'_> {
    fn head(&mut self, head: Head) {
        self.pieces.set(self.pieces.get() + 1);
        let retry_after = head.retry_after.and_then(|text| text.trim().parse().ok());
        self.reply = Reply { status: head.status, retry_after, refusal: Vec::new() };
        if self.reply.is_success() {
            self.sink.restart();
        }
    }

    fn piece(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        self.pieces.set(self.pieces.get() + 1);
        if !self.reply.is_success() {
            let room = LARGEST_REFUSAL - self.reply.refusal.len();
            self.reply.refusal.extend(bytes.iter().take(room));
            return ControlFlow::Continue(());
        }
        match self.sink.piece(bytes) {
            Ok(()) => ControlFlow::Continue(()),
            Err(problem) => {
                self.problem = Some(problem);
                ControlFlow::Break(())
            }
        }
    }
}
