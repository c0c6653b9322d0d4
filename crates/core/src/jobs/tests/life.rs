//! A job from its first report to its end: what is told of it, what it keeps awake, what a lock leaves of it.

use super::*;

#[test]
fn a_long_job_is_told_at_most_five_times_a_second() {
    let server = Switches::of(2_000);
    let mut world = world(&server);
    let (id, _) = start(&world, 2_000, 1);
    let begun = world.now();
    world.until(|core| ended(core, id));
    let told = world
        .heard
        .messages
        .borrow()
        .iter()
        .filter(|(_, message)| matches!(message, FromCore::Job(_)))
        .count();
    let seconds = usize::try_from((world.now() - begun) / 1_000).unwrap();
    assert!(told <= 5 * seconds + 2, "{told} messages in {seconds} s");
}

#[test]
fn the_time_that_remains_follows_the_pace() {
    let server = Switches::of(100);
    let mut world = world(&server);
    let (id, _) = start(&world, 100, 1);
    // A row takes two calls of 10 ms.
    world.until(|core| view(core, id).done == 50);
    let remaining = view(&world.core, id).remaining_ms.unwrap();
    assert!((900..1_200).contains(&remaining), "{remaining}");
}

#[test]
fn only_ended_jobs_can_be_forgotten() {
    let server = Switches::of(2);
    let mut world = world(&server);
    let (id, _) = start(&world, 2, 1);
    assert!(world.core.dismiss_job(id).is_err());
    world.until(|core| ended(core, id));
    world.core.dismiss_job(id).unwrap();
    assert!(world.core.jobs().is_empty());
    assert_eq!(world.core.dismiss_job(id).unwrap_err().kind, ProblemKind::NotFound);
}

/// Work whose every row takes so many milliseconds.
struct Slow(u32);

impl RowWork for Slow {
    fn look<'a>(
        &'a self,
        _: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Found>, Problem>> {
        Box::pin(std::future::ready(Ok(vec![Found::Open; rows.len()])))
    }

    fn act<'a>(
        &'a self,
        core: &'a Rc<Core>,
        rows: &'a [usize],
    ) -> LocalBoxFuture<'a, Result<Vec<Act>, Problem>> {
        Box::pin(async move {
            core.platform.sleep(self.0).await;
            Ok(vec![Act::Done(None); rows.len()])
        })
    }

    fn finish<'a>(&'a self, _: &'a Rc<Core>) -> LocalBoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn work_that_gets_on_puts_the_idle_lock_off() {
    const MINUTE: u32 = 60_000;
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let labels = (0..20).map(|row| format!("row {row}")).collect();
    let id = start_rows(&world.core, ProviderId::default(), JobKind::SetSeats, labels, Slow(2 * MINUTE));
    world.pass(35 * MINUTE);
    assert!(world.core.open().is_ok(), "not in the middle of it");
    world.pass(6 * MINUTE);
    assert_eq!(view(&world.core, id).state, JobState::Finished);
    world.pass(16 * MINUTE);
    assert!(world.core.open().is_err(), "nothing gets on any more");
}

#[test]
fn work_that_does_not_get_on_does_not_keep_the_keys() {
    const MINUTE: u32 = 60_000;
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let labels = vec!["one".into(), "other".into()];
    start_rows(&world.core, ProviderId::default(), JobKind::SetSeats, labels, Slow(600 * MINUTE));
    world.pass(16 * MINUTE);
    assert!(world.core.open().is_err());
}

#[test]
fn what_a_lock_cut_off_says_afterwards_how_far_it_got() {
    const MINUTE: u32 = 60_000;
    let server = Scripted::new();
    let mut world = signed_in(&server);
    let labels = (0..5).map(|row| format!("row {row}")).collect();
    let id = start_rows(&world.core, ProviderId::default(), JobKind::SetSeats, labels, Slow(MINUTE));
    world.until(|core| view(core, id).done == 2);
    world.ask(Lock).unwrap();
    assert!(world.core.jobs().is_empty(), "nothing is told while locked");
    world.ask(Unlock { password: PASSWORD.into() }).unwrap();
    let cut = view(&world.core, id);
    assert_eq!((cut.state, cut.done, cut.total, cut.rows), (JobState::Locked, 2, 5, Vec::new()));
    let more = vec!["more".to_owned()];
    let next = start_rows(&world.core, ProviderId::default(), JobKind::SetSeats, more, Slow(MINUTE));
    assert_ne!(next, id);
    // A second lock does not forget it either, until it is dismissed.
    world.ask(Lock).unwrap();
    world.ask(Unlock { password: PASSWORD.into() }).unwrap();
    assert_eq!(view(&world.core, id).state, JobState::Locked);
    world.core.dismiss_job(id).unwrap();
    assert!(world.core.jobs().iter().all(|job| job.id != id));
}
