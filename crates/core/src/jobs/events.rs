//! Reading the rest of a range of events.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{EventsFilter, Problem, ProblemKind};

use super::{Ended, Job, Progress, Wait, Work};
use crate::{
    Core,
    stores::events::{Log, Range},
};

/// Reads all events of a filter's range.
pub(crate) struct LoadEvents {
    pub(crate) filter: EventsFilter,
}

/// How often the job looks how far reading is.
const LOOK_MS: u32 = 150;

impl Work for LoadEvents {
    fn run<'a>(&'a self, core: &'a Rc<Core>, job: &'a Job) -> LocalBoxFuture<'a, Result<Ended, Problem>> {
        Box::pin(async move {
            let log = core.event_log(&self.filter);
            let range = Range::of(&self.filter);
            loop {
                if job.is_stopping() {
                    log.want_no_more();
                    return Ok(Ended::Stopped);
                }
                note(job, &log, range);
                if log.has_all_of(range) && !log.is_loading() {
                    return Ok(Ended::Finished);
                }
                log.want_all(range);
                if let Some(problem) = log.failure().filter(|_| !log.is_loading()) {
                    let wait = match problem.kind {
                        ProblemKind::Offline => Some(Wait::Online),
                        ProblemKind::Busy { seconds } => {
                            Some(Wait::Milliseconds(seconds.saturating_mul(1_000)))
                        }
                        _ => None,
                    };
                    if let Some(wait) = wait {
                        job.wait(core, wait).await;
                    }
                    log.forgive();
                    if wait.is_none() {
                        return Err(problem);
                    }
                }
                core.read_events(&log);
                core.platform.sleep(LOOK_MS).await;
            }
        })
    }
}

/// How many there will be is told from the time that was gone through.
fn note(job: &Job, log: &Log, range: Range) {
    let done = u32::try_from(log.len()).unwrap_or(u32::MAX);
    let share = u64::from(log.progress(range).max(1));
    let total = u32::try_from(u64::from(done) * 1_000 / share).unwrap_or(u32::MAX);
    job.note(|progress: &mut Progress| {
        progress.done = done;
        progress.total = total.max(done);
    });
}
