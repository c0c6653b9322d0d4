//! Work made of rows, each safe to repeat.
//!
//! Before the first row, and after every answer that leaves doubt, the rows concerned are looked at: what is already as
//! wanted is not done again. So a run can be stopped, cut off and resumed, and no row is done twice.

use std::{cell::RefCell, rc::Rc};

use futures::future::LocalBoxFuture;
use portal_bridge::{JobId, JobKind, JobRow, Problem, ProblemKind, ProviderId, RowOutcome, SkipReason};

use super::{Ended, Job, Progress, Wait, Work};
use crate::Core;

/// Rows to be worked off, by their index.
pub(crate) trait RowWork {
    /// How many rows are done in one call.
    fn at_once(&self) -> usize {
        1
    }

    /// Whether all rows are looked at before the first is done. Where looking at one is a call of its own, whoever does a row
    /// looks at it instead.
    fn looks_first(&self) -> bool {
        true
    }

    /// Whether a refusal means that no other row would fare better.
    fn is_hopeless(&self, problem: &Problem) -> bool {
        problem.kind == ProblemKind::NotAllowed
    }

    /// How the rows stand on the server now. One answer for each row.
    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>>;

    /// Does the rows. One answer for each row.
    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>>;

    /// Brings the stores up to date after the last row.
    fn finish<'a>(&'a self, core: &'a Rc<Core>) -> LocalBoxFuture<'a, ()>;
}

/// How a row stands on the server.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    /// It is to be done.
    Open,
    /// It is as wanted; the reason to skip it, if it was not this job that did it.
    AsWanted(SkipReason, Option<String>),
    /// It is done as far as could be: so many seats of so many.
    Fewer(u32, u32),
    /// It cannot be done.
    Cannot(SkipReason),
    /// It cannot be done, and that is a failure.
    Failed(Problem),
    /// Nothing can be done before the person has; perhaps with a link to pass on.
    Waits(Option<String>),
}

impl Found {
    /// What that makes of a row, with its link; nothing where the row is to be done. `sent`: this job may have done it.
    fn outcome(self, sent: bool) -> Option<(RowOutcome, Option<String>)> {
        Some(match self {
            Found::Open => return None,
            Found::AsWanted(_, link) if sent => (RowOutcome::Done, link),
            Found::AsWanted(reason, link) => (RowOutcome::Skipped(reason), link),
            Found::Fewer(taken, meant) => (RowOutcome::Fewer { taken, meant }, None),
            Found::Cannot(reason) => (RowOutcome::Skipped(reason), None),
            Found::Failed(problem) => (RowOutcome::Failed(problem), None),
            Found::Waits(link) => (RowOutcome::Waits, link),
        })
    }
}

/// What came of doing a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    /// Done; perhaps with a link to pass on.
    Done(Option<String>),
    /// The answer does not say.
    Look,
    /// It was looked at, and stands like this.
    Stands(Found),
    /// Refused.
    Failed(Problem),
}

/// Starts work on rows of these labels.
pub(crate) fn start_rows(
    core: &Rc<Core>,
    provider: ProviderId,
    kind: JobKind,
    labels: Vec<String>,
    work: impl RowWork + 'static,
) -> JobId {
    let total = u32::try_from(labels.len()).unwrap_or(u32::MAX);
    let states = RefCell::new(vec![State::default(); labels.len()]);
    let rows =
        labels.into_iter().map(|label| JobRow { label, outcome: RowOutcome::Pending, link: None }).collect();
    core.start_job(
        provider,
        kind,
        Rc::new(Rows { work: Box::new(work), states }),
        Progress { total, rows, ..Progress::default() },
    )
}

/// After so many answers that left doubt, a row is given up.
const ATTEMPTS: u8 = 3;

/// One program for all kinds of work, though each has a type of its own.
struct Rows {
    work: Box<dyn RowWork>,
    states: RefCell<Vec<State>>,
}

/// What is known of a row beside its outcome.
#[derive(Clone, Default)]
struct State {
    /// It was sent and may have been done.
    sent: bool,
    attempts: u8,
    /// It is tried by itself, because it was refused together with others.
    alone: bool,
    /// The doubt it was left in.
    doubt: Option<Problem>,
}

impl Work for Rows {
    fn run<'a>(&'a self, core: &'a Rc<Core>, job: &'a Job) -> LocalBoxFuture<'a, Result<Ended, Problem>> {
        Box::pin(async move {
            self.states.borrow_mut().iter_mut().for_each(|state| state.attempts = 0);
            let ended = self.work_off(core, job).await;
            self.work.finish(core).await;
            ended
        })
    }
}

impl Rows {
    async fn work_off(&self, core: &Rc<Core>, job: &Job) -> Result<Ended, Problem> {
        let open = job.note(|progress| progress.open().collect::<Vec<_>>());
        if self.work.looks_first() && self.settle(core, job, &open, false).await? == Ended::Stopped {
            return Ok(Ended::Stopped);
        }
        job.pace_from_here(core);
        loop {
            if job.is_stopping() {
                return Ok(Ended::Stopped);
            }
            let batch = self.next_batch(job);
            if batch.is_empty() {
                return Ok(Ended::Finished);
            }
            let Some(result) = patiently(core, job, || self.work.act(core, &batch)).await else {
                return Ok(Ended::Stopped);
            };
            let doubtful = self.note_acts(job, &batch, result)?;
            if self.settle(core, job, &doubtful, true).await? == Ended::Stopped {
                return Ok(Ended::Stopped);
            }
        }
    }

    fn next_batch(&self, job: &Job) -> Vec<usize> {
        let states = self.states.borrow();
        let alone = |row: &usize| states.get(*row).is_some_and(|state| state.alone);
        job.note(|progress| {
            let mut open = progress.open();
            match open.next() {
                Some(first) if alone(&first) => vec![first],
                Some(first) => {
                    let more = open.take_while(|row| !alone(row)).take(self.work.at_once().saturating_sub(1));
                    std::iter::once(first).chain(more).collect()
                }
                None => Vec::new(),
            }
        })
    }

    /// Notes what came of doing a batch; returns the rows that are in doubt.
    fn note_acts(
        &self,
        job: &Job,
        batch: &[usize],
        result: Result<Vec<Act>, Problem>,
    ) -> Result<Vec<usize>, Problem> {
        let mut states = self.states.borrow_mut();
        let mut doubtful = Vec::new();
        match result {
            Ok(acts) => {
                let acts = acts.into_iter().chain(std::iter::repeat(Act::Look));
                for (row, act) in batch.iter().zip(acts) {
                    let Some(state) = states.get_mut(*row) else { continue };
                    let came_of_it = match act {
                        Act::Done(link) => Some((RowOutcome::Done, link)),
                        Act::Failed(problem) => Some((RowOutcome::Failed(problem), None)),
                        Act::Stands(found) => found.outcome(state.sent),
                        Act::Look => None,
                    };
                    match came_of_it {
                        Some((outcome, link)) => job.note(|progress| progress.settle(*row, outcome, link)),
                        None => {
                            doubtful.push(*row);
                            state.sent = true;
                            state.doubt = None;
                        }
                    }
                }
            }
            Err(problem) if problem.kind == ProblemKind::Uncertain => {
                for row in batch {
                    doubtful.push(*row);
                    if let Some(state) = states.get_mut(*row) {
                        state.sent = true;
                        state.attempts += 1;
                        state.doubt = Some(problem.clone());
                    }
                }
            }
            Err(problem) if ends_everything(&problem) || self.work.is_hopeless(&problem) => {
                return Err(problem);
            }
            Err(problem) => match batch {
                [row] => job.note(|progress| progress.settle(*row, RowOutcome::Failed(problem), None)),
                // Some servers stop in the middle and keep what was done before: each is looked at before it is tried by itself.
                rows => {
                    for row in rows {
                        doubtful.push(*row);
                        if let Some(state) = states.get_mut(*row) {
                            state.sent = true;
                            state.alone = true;
                            state.doubt = Some(problem.clone());
                        }
                    }
                }
            },
        }
        Ok(doubtful)
    }

    /// Looks how rows stand, and settles those that need nothing more. `acted`: they were just sent.
    async fn settle(
        &self,
        core: &Rc<Core>,
        job: &Job,
        rows: &[usize],
        acted: bool,
    ) -> Result<Ended, Problem> {
        if rows.is_empty() {
            return Ok(Ended::Finished);
        }
        let Some(found) = patiently(core, job, || self.work.look(core, rows)).await else {
            return Ok(Ended::Stopped);
        };
        let states = self.states.borrow();
        for (row, found) in rows.iter().zip(found?) {
            let state = states.get(*row).cloned().unwrap_or_default();
            let (outcome, link) = match found.outcome(state.sent) {
                Some(came_of_it) => came_of_it,
                None if !acted => continue,
                None => match state.doubt {
                    // The server agreed and did nothing.
                    None => (RowOutcome::Failed(ProblemKind::Refused.into()), None),
                    Some(doubt) if state.attempts >= ATTEMPTS => {
                        (RowOutcome::Failed(doubt.as_kind(ProblemKind::ServerFailed)), None)
                    }
                    Some(_) => continue,
                },
            };
            job.note(|progress| progress.settle(*row, outcome, link));
        }
        Ok(Ended::Finished)
    }
}

/// Tries until the network and the server's patience allow; `None` if the job was stopped meanwhile.
async fn patiently<'a, T>(
    core: &Core,
    job: &Job,
    attempt: impl Fn() -> LocalBoxFuture<'a, Result<T, Problem>>,
) -> Option<Result<T, Problem>> {
    loop {
        let result = attempt().await;
        let wait = match result.as_ref().err().map(|problem| &problem.kind) {
            Some(ProblemKind::Offline) => Wait::Online,
            Some(ProblemKind::Busy { seconds }) => {
                Wait::Milliseconds((*seconds).clamp(1, 3_600).saturating_mul(1_000))
            }
            _ => return Some(result),
        };
        if !job.wait(core, wait).await {
            return None;
        }
    }
}

fn ends_everything(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::SignedOut | ProblemKind::Locked)
}

impl Progress {
    /// Rows not begun.
    fn open(&self) -> impl Iterator<Item = usize> {
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.outcome == RowOutcome::Pending)
            .map(|(index, _)| index)
    }

    /// Failed rows are to be tried again, and those that waited are to be looked at again.
    pub(super) fn reopen(&mut self) {
        for row in &mut self.rows {
            if matches!(row.outcome, RowOutcome::Failed(_) | RowOutcome::Waits) {
                row.outcome = RowOutcome::Pending;
                self.done = self.done.saturating_sub(1);
            }
        }
        self.failed = 0;
    }

    fn settle(&mut self, row: usize, outcome: RowOutcome, link: Option<String>) {
        let Some(row) = self.rows.get_mut(row) else { return };
        self.done += 1;
        self.failed += u32::from(matches!(outcome, RowOutcome::Failed(_)));
        row.outcome = outcome;
        row.link = link;
    }
}
