//! Long work: it goes on while the person moves about, and every tab hears how far it is.
//!
//! A [`Job`] is the record tabs see; its [`Work`] does it. Work made of rows is run by [`rows`], which makes every row
//! safe to repeat. Jobs end with the session.

mod clients;
mod directory;
mod drafts;
mod events;
mod items;
mod members;
mod policies;
mod reclaim;
mod rows;
mod staff;
mod structure;
mod technicians;
#[cfg(test)]
mod tests;
mod vault_import;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::future::{Either, LocalBoxFuture, select};
use portal_bridge::{
    FromCore, JobId, JobKind, JobRow, JobState, JobView, Moment, Network, Problem, ProblemKind, ProviderId,
    RowOutcome,
};

pub(crate) use clients::{Places, Seats, Unlink};
pub(crate) use directory::{Entry, Import};
pub(crate) use drafts::Issue;
pub(crate) use events::LoadEvents;
pub(crate) use items::ChangeItems;
pub(crate) use members::{ChangeMembers, ConfirmMembers, Invitation, InviteMembers, ResendToMembers};
pub(crate) use policies::Switch;
pub(crate) use reclaim::Reclaim;
pub(crate) use rows::{Act, Found, RowWork, start_rows};
pub(crate) use staff::{Confirm, Invite, Remove, Resend};
pub(crate) use structure::{Grant, RemoveCollections, RemoveGroups};
pub(crate) use technicians::{EachSeat, Give, Take};
pub(crate) use vault_import::ImportItems;

use crate::Core;

/// What a job does.
pub(crate) trait Work {
    /// Does it, or what is left of it, and notes in the job how far it is.
    fn run<'a>(&'a self, core: &'a Rc<Core>, job: &'a Job) -> LocalBoxFuture<'a, Result<Ended, Problem>>;
}

/// How work ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Finished,
    Stopped,
}

/// A piece of long work, as tabs see it.
pub(crate) struct Job {
    pub(crate) id: JobId,
    provider: ProviderId,
    kind: JobKind,
    started: i64,
    work: Rc<dyn Work>,
    progress: RefCell<Progress>,
    state: RefCell<JobState>,
    stop: Cell<bool>,
    waiting: Cell<bool>,
    /// When the present run began, and how much was done then.
    pace: Cell<(i64, u32)>,
    told: Cell<Option<Told>>,
}

/// How far a job is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    pub(crate) done: u32,
    pub(crate) total: u32,
    pub(crate) failed: u32,
    /// For work made of rows, all of them.
    pub(crate) rows: Vec<JobRow>,
}

/// What tabs heard last, to say nothing twice.
type Told = (u32, u32, u32, bool);

/// The jobs of a session.
#[derive(Default)]
struct Jobs(RefCell<Vec<Rc<Job>>>);

/// What a lock cut off before this session, as it is told.
#[derive(Default)]
struct CutOff(RefCell<Vec<JobView>>);

/// Numbers jobs, also over the end of a session.
#[derive(Default)]
struct Numbers(Cell<u32>);

/// Tabs hear of a job no oftener than this…
const REPORT_MS: u32 = 220;
/// …and of one with many rows, all of which are told each time, less often still: one millisecond for so many rows.
const ROWS_PER_REPORT_MS: usize = 10;
/// Ended jobs are remembered up to this number.
const REMEMBERED: usize = 50;

impl Core {
    /// Starts a piece of long work.
    pub(crate) fn start_job(
        self: &Rc<Self>,
        provider: ProviderId,
        kind: JobKind,
        work: Rc<dyn Work>,
        progress: Progress,
    ) -> JobId {
        let numbers = self.shared.only::<Numbers>();
        numbers.0.set(numbers.0.get() + 1);
        let job = Rc::new(Job {
            id: JobId(numbers.0.get()),
            provider,
            kind,
            started: self.platform.now_ms(),
            work,
            progress: RefCell::new(progress),
            state: RefCell::new(JobState::Running),
            stop: Cell::default(),
            waiting: Cell::default(),
            pace: Cell::default(),
            told: Cell::default(),
        });
        let jobs = self.stores.only::<Jobs>();
        let mut list = jobs.0.borrow_mut();
        list.push(job.clone());
        if list.len() > REMEMBERED
            && let Some(oldest) = list.iter().position(|job| !job.is_running())
        {
            list.remove(oldest);
        }
        drop(list);
        self.drive(job.clone());
        job.id
    }

    /// All jobs, newest first.
    pub(crate) fn jobs(&self) -> Vec<JobView> {
        let jobs = self.stores.only::<Jobs>();
        let list = jobs.0.borrow().clone();
        let cut_off = self.stores.only::<CutOff>();
        let before = cut_off.0.borrow().clone();
        list.iter().rev().map(|job| job.view(self)).chain(before).collect()
    }

    /// What a lock is about to cut off, with how far it got. Without its rows: they name people and carry invitations.
    pub(crate) fn jobs_to_cut_off(&self) -> Vec<JobView> {
        let open =
            |job: &JobView| matches!(job.state, JobState::Running | JobState::Waiting | JobState::Locked);
        let cut = |job| JobView { state: JobState::Locked, remaining_ms: None, rows: Vec::new(), ..job };
        self.jobs().into_iter().filter(open).map(cut).collect()
    }

    /// Tells again, after the lock, what it cut off.
    pub(crate) fn tell_of_cut_off(&self, jobs: Vec<JobView>) {
        let numbers = self.shared.only::<Numbers>();
        let last = jobs.iter().map(|job| job.id.0).max().unwrap_or_default();
        numbers.0.set(numbers.0.get().max(last));
        *self.stores.only::<CutOff>().0.borrow_mut() = jobs;
    }

    /// A job by its number.
    pub(crate) fn job(&self, id: JobId) -> Result<Rc<Job>, Problem> {
        let jobs = self.stores.only::<Jobs>();
        let found = jobs.0.borrow().iter().find(|job| job.id == id).cloned();
        found.ok_or_else(|| ProblemKind::NotFound.into())
    }

    /// Goes on with a job that ended before all was done.
    pub(crate) fn resume_job(self: &Rc<Self>, id: JobId) -> Result<(), Problem> {
        let job = self.job(id)?;
        if job.is_running() {
            // A stop that was not yet obeyed is taken back.
            job.stop.set(false);
            return Ok(());
        }
        job.stop.set(false);
        *job.state.borrow_mut() = JobState::Running;
        self.drive(job);
        Ok(())
    }

    /// Forgets a job that ended.
    pub(crate) fn dismiss_job(&self, id: JobId) -> Result<(), Problem> {
        let cut_off = self.stores.only::<CutOff>();
        let known = cut_off.0.borrow().len();
        cut_off.0.borrow_mut().retain(|job| job.id != id);
        if cut_off.0.borrow().len() < known {
            return Ok(());
        }
        if self.job(id)?.is_running() {
            return Err(ProblemKind::Refused.into());
        }
        self.stores.only::<Jobs>().0.borrow_mut().retain(|job| job.id != id);
        Ok(())
    }

    /// Runs a job to its end, and tells every tab about it in measure.
    fn drive(self: &Rc<Self>, job: Rc<Job>) {
        let core = self.clone();
        job.note(Progress::reopen);
        job.pace_from_here(self);
        job.tell(self);
        self.spawn_in_session(async move {
            let work = job.work.clone();
            let mut running = work.run(&core, &job);
            let result = loop {
                match select(running, core.platform.sleep(job.report_ms())).await {
                    Either::Left((result, _)) => break result,
                    Either::Right(((), still)) => running = still,
                }
                let (before, now) = (job.told.get(), job.telling(&core));
                if before != Some(now) {
                    job.tell(&core);
                    if before.is_some_and(|before| before.0 != now.0) {
                        core.note_work();
                    }
                }
            };
            if result.as_ref().is_err_and(|problem| problem.kind == ProblemKind::NotAllowed) {
                core.suspect_role();
            }
            *job.state.borrow_mut() = match result {
                Ok(Ended::Finished) => JobState::Finished,
                Ok(Ended::Stopped) => JobState::Stopped,
                Err(problem) => JobState::Failed(problem),
            };
            job.tell(&core);
        });
    }
}

impl Job {
    /// Asks the work to end after what is under way.
    pub(crate) fn stop(&self) {
        self.stop.set(true);
    }

    /// Whether it was asked to end.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stop.get()
    }

    /// Where it stands.
    pub(crate) fn state(&self) -> JobState {
        self.state.borrow().clone()
    }

    pub(crate) fn is_running(&self) -> bool {
        *self.state.borrow() == JobState::Running
    }

    /// How far it is, to be noted by the work.
    pub(crate) fn note<T>(&self, change: impl FnOnce(&mut Progress) -> T) -> T {
        change(&mut self.progress.borrow_mut())
    }

    /// What was done until now says nothing about the pace.
    pub(crate) fn pace_from_here(&self, core: &Core) {
        self.pace.set((core.platform.now_ms(), self.progress.borrow().done));
    }

    /// Waits for the server or the network, unless the job is stopped; whether to go on.
    pub(crate) async fn wait(&self, core: &Core, what: Wait) -> bool {
        const STEP_MS: u32 = 500;
        self.waiting.set(true);
        let until = match what {
            Wait::Online => i64::MAX,
            Wait::Milliseconds(time) => core.platform.now_ms().saturating_add(time.into()),
        };
        loop {
            let over = match what {
                Wait::Online => core.api.network() != Network::Offline,
                Wait::Milliseconds(_) => core.platform.now_ms() >= until,
            };
            if over || self.is_stopping() {
                break;
            }
            let left = u32::try_from(until.saturating_sub(core.platform.now_ms())).unwrap_or(STEP_MS);
            core.platform.sleep(left.clamp(1, STEP_MS)).await;
        }
        self.waiting.set(false);
        !self.is_stopping()
    }

    fn view(&self, core: &Core) -> JobView {
        let progress = self.progress.borrow();
        let touched = progress.rows.iter().filter(|row| row.outcome != RowOutcome::Pending);
        JobView {
            id: self.id,
            provider: self.provider,
            kind: self.kind,
            done: progress.done,
            total: progress.total,
            failed: progress.failed,
            state: self.shown_state(core),
            started: Moment(self.started),
            remaining_ms: self.remaining_ms(core, &progress),
            rows: touched.cloned().collect(),
        }
    }

    fn shown_state(&self, core: &Core) -> JobState {
        let state = self.state.borrow().clone();
        match state {
            JobState::Running if self.waits(core) => JobState::Waiting,
            state => state,
        }
    }

    fn waits(&self, core: &Core) -> bool {
        self.waiting.get() || core.api.network() != Network::Online
    }

    /// From the pace of the present run.
    fn remaining_ms(&self, core: &Core, progress: &Progress) -> Option<u32> {
        let (since, before) = self.pace.get();
        let done = i64::from(progress.done.checked_sub(before)?);
        let left = i64::from(progress.total.saturating_sub(progress.done));
        if !self.is_running() || done == 0 {
            return None;
        }
        let taken = (core.platform.now_ms() - since).max(0);
        u32::try_from(taken.saturating_mul(left) / done).ok()
    }

    fn report_ms(&self) -> u32 {
        let rows = self.progress.borrow().rows.len() / ROWS_PER_REPORT_MS;
        REPORT_MS.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX)).min(5_000)
    }

    fn telling(&self, core: &Core) -> Told {
        let progress = self.progress.borrow();
        (progress.done, progress.total, progress.failed, self.waits(core))
    }

    fn tell(&self, core: &Core) {
        self.told.set(Some(self.telling(core)));
        core.tabs.tell_all(&FromCore::Job(self.view(core)));
    }
}

/// What is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wait {
    /// The server can be reached again.
    Online,
    /// So much time.
    Milliseconds(u32),
}

/// Of some rows, what they are about.
fn picked<'a, T>(all: &'a [T], rows: &'a [usize]) -> impl Iterator<Item = &'a T> {
    rows.iter().filter_map(|row| all.get(*row))
}
