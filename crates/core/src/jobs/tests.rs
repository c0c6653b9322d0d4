//! Rows under every fault a line or a server can have.

mod life;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use portal_bridge::{
    FromCore, JobId, JobKind, JobState, JobView, Lock, Problem, ProblemKind, ProviderId, RowOutcome,
    SkipReason, Unlock,
};
use proptest::prelude::*;

use super::{Act, Found, RowWork, start_rows};
use crate::{
    Core,
    api::Call,
    platform::TransportError,
    scripted::{PASSWORD, Scripted, signed_in},
    simulated::World,
};

/// A server with switches that are to be turned on, one call each time for several, and a line that fails as told.
#[derive(Default)]
struct Switches {
    on: RefCell<Vec<bool>>,
    /// How often each was turned, of which only the first does no harm.
    turned: RefCell<Vec<u32>>,
    /// What happens at the n-th call, if not all goes well.
    faults: RefCell<BTreeMap<u32, Fault>>,
    calls: Cell<u32>,
    silent_refusal: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The call arrives, its answer does not.
    AnswerLost,
    /// The call does not arrive, but nobody can tell.
    CallLost,
    /// Nothing gets through for some time.
    Offline,
    /// The server asks for patience.
    Busy,
    /// The server fails after having done it.
    ServerFailedAfter,
    /// The server fails before.
    ServerFailedBefore,
}

impl Switches {
    fn of(count: usize) -> Rc<Self> {
        Rc::new(Self {
            on: RefCell::new(vec![false; count]),
            turned: RefCell::new(vec![0; count]),
            ..Self::default()
        })
    }

    /// What the server answers.
    fn answer(&self, path: &str) -> Result<(u16, String), TransportError> {
        if path.ends_with("/servers.json") {
            return Ok((404, String::new()));
        }
        let call = self.calls.get();
        self.calls.set(call + 1);
        let fault = self.faults.borrow_mut().remove(&call);
        if path.ends_with("/config") {
            return Ok((200, "{}".into()));
        }
        match fault {
            Some(Fault::CallLost) => return Err(TransportError::Cut),
            Some(Fault::Offline) => {
                for later in 1..8 {
                    self.faults.borrow_mut().entry(call + later).or_insert(Fault::CallLost);
                }
                return Err(TransportError::Unreachable);
            }
            Some(Fault::Busy) => return Ok((429, String::new())),
            Some(Fault::ServerFailedBefore) => return Ok((500, String::new())),
            _ => {}
        }
        if let Some(rows) = path.split("turn=").nth(1) {
            for row in rows.split(',').filter_map(|row| row.parse::<usize>().ok()) {
                if self.silent_refusal != Some(row) {
                    let mut on = self.on.borrow_mut();
                    if !on[row] {
                        self.turned.borrow_mut()[row] += 1;
                    }
                    on[row] = true;
                }
            }
        }
        match fault {
            Some(Fault::AnswerLost) => Err(TransportError::Cut),
            Some(Fault::ServerFailedAfter) => Ok((502, String::new())),
            _ => Ok((200, serde_json::to_string(&*self.on.borrow()).unwrap())),
        }
    }
}

/// Turns switches on, in a way that would turn them twice if the runner asked twice without looking.
struct TurnOn {
    at_once: usize,
    sent: Rc<RefCell<Vec<u32>>>,
}

impl RowWork for TurnOn {
    fn at_once(&self) -> usize {
        self.at_once
    }

    fn look<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(async move {
            let on: Vec<bool> = core.api.json(&Call::get("/api/switches").anonymous()).await?;
            let found = |row: &usize| {
                if on[*row] { Found::AsWanted(SkipReason::AlreadySo, None) } else { Found::Open }
            };
            Ok(rows.iter().map(found).collect())
        })
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            rows.iter().for_each(|row| self.sent.borrow_mut()[*row] += 1);
            let list: Vec<_> = rows.iter().map(usize::to_string).collect();
            core.api.done(&Call::post(format!("/api/switches?turn={}", list.join(","))).anonymous()).await?;
            Ok(vec![Act::Look; rows.len()])
        })
    }

    fn finish<'a>(&'a self, _: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn world(server: &Rc<Switches>) -> World {
    let server = server.clone();
    World::new(move |request, _| server.answer(&request.url))
}

fn start(world: &World, count: usize, at_once: usize) -> (JobId, Rc<RefCell<Vec<u32>>>) {
    let sent = Rc::new(RefCell::new(vec![0; count]));
    let labels = (0..count).map(|row| format!("switch {row}")).collect();
    let work = TurnOn { at_once, sent: sent.clone() };
    (start_rows(&world.core, ProviderId::default(), JobKind::RemoveStaff, labels, work), sent)
}

fn view(core: &Core, id: JobId) -> JobView {
    core.jobs().into_iter().find(|job| job.id == id).unwrap()
}

fn ended(core: &Core, id: JobId) -> bool {
    !core.job(id).unwrap().is_running()
}

#[test]
fn every_row_is_done_and_told() {
    let server = Switches::of(30);
    server.on.borrow_mut()[3] = true;
    let mut world = world(&server);
    let (id, _) = start(&world, 30, 7);
    world.until(|core| ended(core, id));
    let job = view(&world.core, id);
    assert_eq!((job.state, job.done, job.total, job.failed), (JobState::Finished, 30, 30, 0));
    assert_eq!(job.rows[3].outcome, RowOutcome::Skipped(SkipReason::AlreadySo));
    assert!(job.rows.iter().enumerate().all(|(row, job)| row == 3 || job.outcome == RowOutcome::Done));
    let heard = world.heard.messages.borrow();
    let FromCore::Job(last) = &heard.last().unwrap().1 else { panic!("the end was not told") };
    assert_eq!(last.state, JobState::Finished);
}

#[test]
fn a_cut_answer_is_looked_after_before_the_row_is_sent_again() {
    let server = Switches::of(10);
    // Call 0 is the first look, call 1 the first row.
    server.faults.borrow_mut().insert(1, Fault::AnswerLost);
    let mut world = world(&server);
    let (id, sent) = start(&world, 10, 1);
    world.until(|core| ended(core, id));
    assert_eq!(view(&world.core, id).state, JobState::Finished);
    assert_eq!(*sent.borrow(), [1; 10]);
}

#[test]
fn a_call_that_never_arrived_is_sent_again() {
    let server = Switches::of(4);
    server.faults.borrow_mut().insert(1, Fault::CallLost);
    let mut world = world(&server);
    let (id, sent) = start(&world, 4, 1);
    world.until(|core| ended(core, id));
    assert_eq!((view(&world.core, id).state, view(&world.core, id).failed), (JobState::Finished, 0));
    assert_eq!(*sent.borrow(), [2, 1, 1, 1]);
}

#[test]
fn a_row_that_the_server_only_pretends_to_do_has_failed() {
    let server = Rc::new(Switches { silent_refusal: Some(2), ..Rc::into_inner(Switches::of(5)).unwrap() });
    let mut world = world(&server);
    let (id, sent) = start(&world, 5, 5);
    world.until(|core| ended(core, id));
    let job = view(&world.core, id);
    assert_eq!((job.done, job.failed), (5, 1));
    assert_eq!(job.rows[2].outcome, RowOutcome::Failed(ProblemKind::Refused.into()));
    assert_eq!(*sent.borrow(), [1; 5]);
}

#[test]
fn a_server_that_fails_every_time_is_given_up_row_by_row() {
    let server = Switches::of(1);
    for call in 1..20 {
        server.faults.borrow_mut().insert(call, Fault::ServerFailedBefore);
    }
    // Every other call is a look, which must succeed to tell.
    for call in (2..20).step_by(2) {
        server.faults.borrow_mut().remove(&call);
    }
    let mut world = world(&server);
    let (id, sent) = start(&world, 1, 1);
    world.until(|core| ended(core, id));
    let job = view(&world.core, id);
    assert!(
        matches!(&job.rows[0].outcome, RowOutcome::Failed(problem) if problem.kind == ProblemKind::ServerFailed)
    );
    assert_eq!(*sent.borrow(), [3]);
}

#[test]
fn a_stopped_job_resumes_with_the_rows_that_are_not_done() {
    let server = Switches::of(50);
    let mut world = world(&server);
    let (id, sent) = start(&world, 50, 1);
    world.until(|core| view(core, id).done >= 20);
    world.core.job(id).unwrap().stop();
    world.until(|core| ended(core, id));
    let stopped = view(&world.core, id);
    assert_eq!(stopped.state, JobState::Stopped);
    assert!(stopped.done < 23 && stopped.rows.len() == stopped.done as usize);
    assert_eq!(server.on.borrow().iter().filter(|on| **on).count(), stopped.done as usize);
    world.core.resume_job(id).unwrap();
    world.until(|core| ended(core, id));
    let job = view(&world.core, id);
    assert_eq!((job.state, job.done, job.failed), (JobState::Finished, 50, 0));
    assert!(job.rows.iter().all(|row| row.outcome == RowOutcome::Done));
    assert_eq!(*sent.borrow(), [1; 50]);
}

#[test]
fn a_server_that_asks_for_patience_is_waited_for_and_that_is_told() {
    let server = Switches::of(3);
    server.faults.borrow_mut().insert(2, Fault::Busy);
    let mut world = world(&server);
    let (id, _) = start(&world, 3, 1);
    let begun = world.now();
    world.until(|core| ended(core, id));
    assert!(world.now() - begun >= 7_000);
    let told: Vec<_> = world
        .heard
        .messages
        .borrow()
        .iter()
        .filter_map(|(_, message)| match message {
            FromCore::Job(job) => Some(job.state.clone()),
            _ => None,
        })
        .collect();
    assert!(told.contains(&JobState::Waiting));
    assert_eq!(told.last(), Some(&JobState::Finished));
}

#[test]
fn without_a_network_the_job_waits_and_goes_on_by_itself() {
    let server = Switches::of(6);
    server.faults.borrow_mut().insert(3, Fault::Offline);
    let mut world = world(&server);
    let (id, _) = start(&world, 6, 1);
    world.until(|core| ended(core, id));
    let job = view(&world.core, id);
    assert_eq!((job.state, job.failed), (JobState::Finished, 0));
    assert!(server.turned.borrow().iter().all(|turned| *turned == 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens on the line: in the end every switch is on, and what the job says is what the server has.
    #[test]
    fn no_fault_makes_the_report_wrong(
        faults in proptest::collection::btree_map(0_u32..40, prop_oneof![
            Just(Fault::AnswerLost), Just(Fault::CallLost), Just(Fault::Offline), Just(Fault::Busy),
            Just(Fault::ServerFailedAfter), Just(Fault::ServerFailedBefore),
        ], 0..12),
        at_once in 1_usize..6,
        stop_at in 0_u32..12,
    ) {
        let server = Switches::of(12);
        *server.faults.borrow_mut() = faults;
        let mut world = world(&server);
        let (id, _) = start(&world, 12, at_once);
        world.until(|core| view(core, id).done >= stop_at || ended(core, id));
        world.core.job(id).unwrap().stop();
        world.until(|core| ended(core, id));
        for _ in 0..6 {
            world.core.resume_job(id).unwrap();
            world.until(|core| ended(core, id));
        }
        let job = view(&world.core, id);
        prop_assert_eq!((job.state, job.done, job.failed), (JobState::Finished, 12, 0));
        prop_assert!(server.on.borrow().iter().all(|on| *on));
    }
}
