//! Drafts of invoices, worked out of the ledger and the books, and what was issued beside them.
//!
//! A run is worked out in slices, so that ten thousand drafts hold up nobody, and kept until what it was made of changes. Of each
//! draft only the sums are kept: its lines are worked out again, in no time, when somebody looks at them.

mod cost;
mod inputs;
#[cfg(feature = "measure")]
pub(crate) mod measure;
mod paper;
mod run;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use portal_bridge::{BooksOf, DraftRun, FromCore, Problem, ProblemKind, Topic};
use portal_domain::billing::is_billable;

pub(crate) use inputs::Inputs;
pub(crate) use paper::{brief, paper_of_bill, paper_of_issued};
pub(crate) use run::{Row, Run};

use crate::Core;

/// Runs of one provider, or one's own.
#[derive(Default)]
struct Drafts {
    runs: RefCell<Vec<Rc<Run>>>,
    under_way: RefCell<Option<DraftRun>>,
    /// Why the last attempt at a run came to nothing, and when.
    failed: RefCell<Option<(DraftRun, Problem, i64)>>,
    /// Drafts worked out and to be worked out.
    progress: Cell<(u32, u32)>,
    /// Counts changes of what runs are made of.
    edition: Cell<u32>,
}

/// How far a run is.
pub(crate) enum Standing {
    /// Worked out.
    Done(Rc<Run>),
    /// Drafts worked out so far, and in all.
    UnderWay(u32, u32),
    /// It came to nothing.
    Failed(Problem),
}

/// Runs remembered: months one goes back and forth between.
const REMEMBERED: usize = 3;
/// A run that is older is worked out again beside while it is looked at: other Provider Admins write too.
const OLD_MS: i64 = 60_000;
/// Asking again within this time is answered with the failure.
const CALM_MS: i64 = 1_500;
/// Work goes on no longer than this at a time; whoever presses a button waits for it.
const SLICE_MS: i64 = 8;
/// Drafts between two looks at the clock.
const AT_ONCE: usize = 16;
/// Tabs hear no oftener how far it is.
const REPORT_MS: i64 = 200;

impl Core {
    /// A run as far as it is, without waiting for it.
    pub(crate) async fn drafts_so_far(self: &Rc<Self>, key: DraftRun) -> Result<Standing, Problem> {
        self.may_bill(key.of).await?;
        let drafts = self.drafts(key.of);
        let now = self.platform.now_ms();
        if let Some(run) = drafts.find(key) {
            if run.edition != drafts.edition.get() || now - run.made_at > OLD_MS {
                self.work_out_beside(key);
            }
            return Ok(Standing::Done(run));
        }
        let failed = drafts.failed.borrow().clone();
        if let Some((_, problem, _)) = failed.filter(|(of, _, at)| *of == key && now - at < CALM_MS) {
            return Ok(Standing::Failed(problem));
        }
        self.work_out_beside(key);
        let (done, total) = drafts.progress.get();
        Ok(Standing::UnderWay(done, total))
    }

    /// A run, once it is worked out. One that was looked at is taken as it was then.
    pub(crate) async fn drafts_of(self: &Rc<Self>, key: DraftRun) -> Result<Rc<Run>, Problem> {
        self.may_bill(key.of).await?;
        let drafts = self.drafts(key.of);
        match drafts.find(key).filter(|run| run.edition == drafts.edition.get()) {
            Some(run) => Ok(run),
            None => self.work_out(key).await,
        }
    }

    /// A run out of what there is now.
    pub(crate) async fn work_out(self: &Rc<Self>, key: DraftRun) -> Result<Rc<Run>, Problem> {
        self.may_bill(key.of).await?;
        if !is_billable(key.period) {
            return Err(ProblemKind::NotFound.into());
        }
        let drafts = self.drafts(key.of);
        let edition = drafts.edition.get();
        let inputs = self.draft_inputs(key).await?;
        let mut making = run::Making::of(inputs);
        let (mut begun, mut told) = (self.platform.now_ms(), self.platform.now_ms());
        while making.go_on(AT_ONCE) {
            let now = self.platform.now_ms();
            if now - begun < SLICE_MS {
                continue;
            }
            drafts.progress.set(making.progress());
            if now - told > REPORT_MS {
                told = now;
                self.tell_drafts(key.of);
            }
            self.platform.sleep(0).await;
            begun = self.platform.now_ms();
        }
        let run = Rc::new(making.end(key, self.platform.now_ms(), edition));
        let mut runs = drafts.runs.borrow_mut();
        runs.retain(|known| known.key != key);
        runs.insert(0, run.clone());
        runs.truncate(REMEMBERED);
        Ok(run)
    }

    /// What runs are made of has changed.
    pub(crate) fn outdate_drafts(&self, of: BooksOf) {
        let drafts = self.drafts(of);
        drafts.edition.set(drafts.edition.get().wrapping_add(1));
    }

    fn work_out_beside(self: &Rc<Self>, key: DraftRun) {
        let drafts = self.drafts(key.of);
        if drafts.under_way.borrow().is_some() {
            return;
        }
        *drafts.under_way.borrow_mut() = Some(key);
        drafts.progress.set((0, 0));
        let core = self.clone();
        self.spawn_in_session(async move {
            let made = core.work_out(key).await;
            let now = core.platform.now_ms();
            *drafts.failed.borrow_mut() = made.err().map(|problem| (key, problem, now));
            *drafts.under_way.borrow_mut() = None;
            core.tell_drafts(key.of);
        });
    }

    pub(crate) fn tell_drafts(&self, of: BooksOf) {
        self.tabs.tell_all(&FromCore::Changed(Topic::Drafts(of)));
    }

    fn drafts(&self, of: BooksOf) -> Rc<Drafts> {
        match of {
            BooksOf::Provider(provider) => self.stores.of(provider),
            BooksOf::Own => self.stores.only(),
        }
    }
}

impl Drafts {
    fn find(&self, key: DraftRun) -> Option<Rc<Run>> {
        self.runs.borrow().iter().find(|run| run.key == key).cloned()
    }
}
