use std::{cell::Cell, collections::HashMap, rc::Rc};

use portal_bridge::{
    ChangeSeats, ClientsQuery, CreateClient, EventFormat, EventsFilter, EventsOf, EventsQuery, ExportClients,
    ExportEvents, GetClients, InviteStaff, JobState, JobView, Jump, JumpTarget, Moment, Plan, ProblemKind,
    ProviderId, RemoveStaff, ResendInvitations, ResumeJob, RowOutcome, SkipReason, StaffRole, StopJob,
    UnlinkClients, Window,
};
use portal_core::platform::Method;

use crate::stage::{Fault, Person, play};

fn addresses(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|number| format!("person{number}@example.com")).collect()
}

/// How often each event of a type names each address.
async fn counted(person: &Person, provider: ProviderId, words: &str) -> HashMap<String, u32> {
    let range = EventsQuery::by_day(EventsFilter::between(
        EventsOf::Provider(provider),
        Moment(1_700_000_000_000),
        Moment(4_000_000_000_000),
    ));
    let file = person.ask(ExportEvents { query: range, format: EventFormat::Csv }).await.unwrap();
    let mut counts = HashMap::new();
    for message in file.text.lines().filter_map(|line| line.split(',').next()) {
        if let Some(whom) = message.strip_prefix(words) {
            *counts.entry(whom.to_owned()).or_default() += 1;
        }
    }
    counts
}

fn all_done(job: &JobView, rows: usize) {
    assert_eq!((job.state.clone(), job.failed, job.rows.len()), (JobState::Finished, 0, rows), "{job:#?}");
    assert!(job.rows.iter().all(|row| row.outcome == RowOutcome::Done), "{:#?}", job.rows);
}

#[test]
fn a_network_that_breaks_in_the_middle_of_bulk_work_does_nothing_twice() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        // Every write is in trouble at first: lost on the way, lost on the way back, no network, too busy.
        let number = Rc::new(Cell::new(0_u32));
        ada.line.trouble(move |request| {
            if request.method == Method::Get || !request.url.contains("/users") {
                return None;
            }
            number.set(number.get() + 1);
            match number.get() % 5 {
                1 => Some(Fault::AnswerLost),
                2 => Some(Fault::CallLost),
                3 => Some(Fault::Unreachable),
                4 => Some(Fault::Busy),
                _ => None,
            }
        });
        for range in [0..20, 20..40] {
            let invite = InviteStaff { provider, emails: addresses(range), role: StaffRole::ServiceUser };
            let job = ada.end_of(ada.ask(invite).await.unwrap()).await;
            all_done(&job, 20);
            assert!(job.rows.iter().all(|row| row.link.is_some()), "{:#?}", job.rows);
        }
        let staff: Vec<_> = ada
            .staff(provider)
            .await
            .into_iter()
            .filter(|row| row.email.starts_with("person"))
            .map(|row| row.id)
            .collect();
        assert_eq!(staff.len(), 40);
        let invited = counted(&ada, provider, "invited ").await;
        assert_eq!((invited.len(), invited.values().max()), (40, Some(&1)));

        let job =
            ada.end_of(ada.ask(ResendInvitations { provider, staff: staff.clone() }).await.unwrap()).await;
        all_done(&job, 40);
        let job = ada.end_of(ada.ask(RemoveStaff { provider, staff: staff.clone() }).await.unwrap()).await;
        all_done(&job, 40);
        assert_eq!(ada.staff(provider).await.len(), 1);
        let removed = counted(&ada, provider, "removed ").await;
        assert_eq!((removed.len(), removed.values().max()), (40, Some(&1)));
        // The pauses were told.
        assert!(ada.jobs_heard().iter().any(|job| job.state == JobState::Waiting));
    });
}

#[test]
fn a_stopped_removal_goes_on_where_it_stopped() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        for range in [0..20, 20..40, 40..60] {
            let invite = InviteStaff { provider, emails: addresses(range), role: StaffRole::ServiceUser };
            all_done(&ada.end_of(ada.ask(invite).await.unwrap()).await, 20);
        }
        let staff: Vec<_> = ada
            .staff(provider)
            .await
            .into_iter()
            .filter(|row| row.email.starts_with("person"))
            .map(|row| row.id)
            .collect();
        // Stopped while the first batch is under way.
        let core = ada.core.clone();
        let job = Rc::new(Cell::new(None));
        let told = job.clone();
        ada.line.trouble(move |request| {
            if request.method == Method::Delete
                && let Some(job) = told.take()
            {
                let core = core.clone();
                tokio::task::spawn_local(async move { core.ask(StopJob(job)).await.unwrap() });
            }
            None
        });
        let id = ada.ask(RemoveStaff { provider, staff }).await.unwrap();
        job.set(Some(id));
        let stopped = ada.end_of(id).await;
        assert_eq!((stopped.state, stopped.done), (JobState::Stopped, 20));
        assert_eq!(ada.staff(provider).await.len(), 41);
        ada.ask(ResumeJob(id)).await.unwrap();
        all_done(&ada.end_of(id).await, 60);
        let deletions = ada.line.writes.borrow().iter().filter(|write| write.starts_with("Delete")).count();
        assert_eq!(deletions, 3);
    });
}

#[test]
fn seats_are_added_once_whatever_the_line_does_and_unlinking_says_what_stands_in_its_way() {
    play(|stage| async move {
        let (provider, ada) = stage.provider().await;
        for number in 0..4 {
            let create = CreateClient {
                provider,
                name: format!("Client {number}"),
                owner_email: format!("owner{number}@example.com"),
                plan: Plan::TeamsMonthly,
                seats: 5,
                attempt: number,
            };
            ada.ask(create).await.unwrap();
        }
        let query = || ClientsQuery {
            provider,
            search: String::new(),
            plan: None,
            needs: None,
            sort: Default::default(),
            direction: Default::default(),
        };
        let window = Window { from: 0, count: 50 };
        let seats = async || -> Vec<Option<u32>> {
            let view = ada.ask(GetClients { query: query(), window }).await.unwrap();
            view.rows.rows.iter().map(|row| row.assigned).collect()
        };
        let rows = ada.ask(GetClients { query: query(), window }).await.unwrap().rows.rows;
        let links: Vec<_> = rows.iter().map(|row| row.link).collect();

        let number = Rc::new(Cell::new(0_u32));
        ada.line.trouble(move |request| {
            if request.method == Method::Get || !request.url.contains("/clients") {
                return None;
            }
            number.set(number.get() + 1);
            [Some(Fault::AnswerLost), Some(Fault::CallLost), None]
                .get(number.get() as usize % 3)
                .copied()
                .flatten()
        });
        let job = ada
            .end_of(ada.ask(ChangeSeats { provider, links: links.clone(), change: 3 }).await.unwrap())
            .await;
        all_done(&job, 4);
        assert_eq!(seats().await, [Some(8); 4]);
        // Nobody's seat is taken: one each is used by the invited owner.
        let job = ada
            .end_of(ada.ask(ChangeSeats { provider, links: links.clone(), change: -50 }).await.unwrap())
            .await;
        all_done(&job, 4);
        assert_eq!(seats().await, [Some(1); 4]);
        let job = ada
            .end_of(ada.ask(ChangeSeats { provider, links: links.clone(), change: -1 }).await.unwrap())
            .await;
        assert!(job.rows.iter().all(|row| row.outcome == RowOutcome::Skipped(SkipReason::AlreadySo)));

        let job = ada.end_of(ada.ask(UnlinkClients { provider, links: links.clone() }).await.unwrap()).await;
        assert_eq!((job.state.clone(), job.failed), (JobState::Finished, 4));
        for row in &job.rows {
            let RowOutcome::Failed(problem) = &row.outcome else { panic!("{row:?}") };
            assert_eq!(problem.kind, ProblemKind::LastOwner, "{row:?}");
        }

        let chosen = ExportClients { query: query(), only: Some(vec![links[1]]) };
        let file = ada.ask(chosen).await.unwrap();
        assert_eq!((file.rows, file.text.lines().count()), (1, 2));
        assert!(file.text.contains("\r\nClient 1,Teams,1,1,0,0,yes,20"), "{}", file.text);
        let hits = ada.ask(Jump { provider, text: "cl 3".into(), limit: 2 }).await.unwrap();
        assert_eq!(hits[0].target, JumpTarget::Client(rows[3].organization));
    });
}
