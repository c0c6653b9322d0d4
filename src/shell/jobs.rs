//! The tray of work: what is under way, how long it will take, what came of each row.

use leptos::{prelude::*, task::spawn_local};
use portal_bridge::{
    DismissJob, JobKind, JobRow, JobState, JobView, Question, ResumeJob, RowOutcome, SkipReason, StopJob,
};

use super::use_shell;
use crate::core_link::{Link, use_link};
use crate::format;
use crate::live::{each, handler, live, memo};
use crate::messages::{jobs as words, problems, reasons, shell as text};
use crate::ui::{
    Button, ButtonKind, CopyButton, Empty, Glyph, Icon, Progress, SidePanel, Status, Toasts, Tone,
};

/// In the head, while there is work to tell of.
pub(super) fn button() -> impl IntoView {
    let shell = use_shell();
    let jobs = use_link().jobs();
    let running = memo(move || jobs.with(|jobs| jobs.iter().filter(|job| is_open(job)).count() as u32));
    let any = memo(move || jobs.with(|jobs| !jobs.is_empty()));
    live(move || {
        any.get().then(|| {
            let words = move || match running.get() {
                0 => text::jobs_done().to_owned(),
                running => text::jobs_running(running),
            };
            view! {
                <button type="button" class="btn bare jobs" on:click=handler(move |_| shell.jobs.update(|open| *open = !*open))>
                    {move || if running.get() > 0 {
                        view! { <span class="spin" aria-hidden="true"></span> }.into_any()
                    } else {
                        view! { <Icon glyph=Glyph::Jobs /> }.into_any()
                    }}
                    <span>{words}</span>
                </button>
            }.into_any()
        })
    })
}

/// Says aloud that the work has ended. The button in the head is drawn anew with every page, and what comes into the page
/// together with its words is not announced; this stays.
pub(super) fn announcer() -> impl IntoView {
    let jobs = use_link().jobs();
    let ended = memo(move || jobs.with(|jobs| !jobs.is_empty() && !jobs.iter().any(is_open)));
    view! { <div class="sr" role="status">{move || ended.get().then(text::jobs_done)}</div> }
}

/// The tray itself, beside the page.
pub(super) fn tray() -> impl IntoView {
    let shell = use_shell();
    let link = use_link();
    let jobs = link.jobs();
    live(move || {
        shell.jobs.get().then(|| {
            view! {
                <SidePanel title=text::jobs().to_owned() on_close=move || shell.jobs.set(false)>
                    {move || jobs.with(Vec::is_empty).then(|| view! {
                        <Empty title=text::jobs_none().to_owned() body=text::jobs_none_body().to_owned() />
                    }.into_any())}
                    {each(
                        move || jobs.with(|jobs| jobs.iter().map(|job| job.id.0).collect()),
                        move |id| {
                            let job = memo(move || {
                                jobs.with(|jobs| jobs.iter().find(|job| job.id.0 == id).cloned())
                            });
                            live(move || job.get().map(|job| card(link, &job).into_any()))
                        },
                    )}
                </SidePanel>
            }
            .into_any()
        })
    })
}

fn card(link: Link, job: &JobView) -> impl IntoView + use<> {
    let id = job.id;
    let (done, total) = (job.done, job.total);
    let figures = (format::number(done), format::number(total));
    let progress = match &job.state {
        JobState::Running => words::progress(&figures.0, &figures.1),
        JobState::Waiting => words::waiting().to_owned(),
        JobState::Stopped => words::stopped(&figures.0, &figures.1),
        JobState::Locked => words::locked(&figures.0, &figures.1),
        JobState::Finished => words::finished().to_owned(),
        JobState::Failed(problem) => problems::problem(problem),
    };
    let left = job.remaining_ms.filter(|_| is_open(job)).map(|left| words::left(&format::duration(left)));
    let failed = (job.failed > 0)
        .then(|| view! { <Status tone=Tone::Broken label=words::failed_rows(job.failed) /> }.into_any());
    let waiting = job.rows.iter().filter(|row| row.outcome == RowOutcome::Waits).count() as u32;
    // Whoever was waited for may have accepted meanwhile.
    let resumable = match job.state {
        JobState::Stopped | JobState::Failed(_) => true,
        JobState::Finished => waiting > 0,
        _ => false,
    };
    let waiting = (waiting > 0)
        .then(|| view! { <Status tone=Tone::Wait label=words::waiting_rows(waiting) /> }.into_any());
    let report = report(job);
    let rows: Vec<_> = job.rows.iter().map(row).collect();
    let name = title(job.kind, total);
    let heading = name.clone();
    view! {
        <section class="job">
            <h3>{heading}</h3>
            <Progress label=name done=done total=total />
            <p class="quiet figures">{progress}{left.map(|left| view! { " · "{left} }.into_any())}" "{waiting}" "{failed}</p>
            <div class="across">
                {is_open(job).then(|| view! {
                    <Button label=text::stop().to_owned() icon=Glyph::Stop on_press=move || tell(link, StopJob(id)) />
                }.into_any())}
                {resumable.then(|| view! {
                    <Button label=text::resume().to_owned() icon=Glyph::Play kind=ButtonKind::Go on_press=move || tell(link, ResumeJob(id)) />
                }.into_any())}
                {(!rows.is_empty()).then(|| view! { <CopyButton what=report label=text::copy_report().to_owned() kind=ButtonKind::Bare /> }.into_any())}
                {(!is_open(job)).then(|| view! {
                    <Button label=text::forget().to_owned() kind=ButtonKind::Bare on_press=move || forget(link, id) />
                }.into_any())}
            </div>
            {(!rows.is_empty()).then(|| view! { <ul class="outcomes" tabindex="0" aria-label=words::results()>{rows}</ul> }.into_any())}
        </section>
    }
}

fn row(row: &JobRow) -> impl IntoView + use<> {
    let (tone, words) = outcome(&row.outcome);
    let detail = match &row.outcome {
        RowOutcome::Failed(problem) => problem.detail.clone(),
        _ => None,
    };
    view! {
        <li>
            <bdi class="cut">{row.label.clone()}</bdi>
            <Status tone label=words />
            {detail.map(|detail| view! { <small class="quiet">{detail}</small> }.into_any())}
            {row.link.clone().map(|link| view! { <CopyButton what=link label=text::copy_link().to_owned() kind=ButtonKind::Bare /> }.into_any())}
        </li>
    }
}

fn is_open(job: &JobView) -> bool {
    matches!(job.state, JobState::Running | JobState::Waiting)
}

fn title(kind: JobKind, total: u32) -> String {
    match kind {
        JobKind::InviteStaff => words::invite(total),
        JobKind::ResendInvitations => words::resend(total),
        JobKind::ConfirmStaff => words::confirm(total),
        JobKind::RemoveStaff => words::remove(total),
        JobKind::UnlinkClients => words::unlink(total),
        JobKind::SetSeats => words::seats(total),
        JobKind::LoadEvents => words::events().to_owned(),
        JobKind::InviteMembers => words::invite(total),
        JobKind::ResendToMembers => words::resend(total),
        JobKind::ConfirmMembers => words::confirm(total),
        JobKind::RevokeMembers => words::revoke(total),
        JobKind::RestoreMembers => words::restore(total),
        JobKind::RemoveMembers => words::remove(total),
        JobKind::DeleteCollections => words::delete_collections(total),
        JobKind::GrantAccess => words::grant(total),
        JobKind::DeleteGroups => words::delete_groups(total),
        JobKind::SwitchPolicies => words::policies(total),
        JobKind::ImportDirectory => words::directory(total),
        JobKind::TrashItems => words::trash_items(total),
        JobKind::RestoreItems => words::restore_items(total),
        JobKind::DeleteItems => words::delete_items(total),
        JobKind::AssignItems => words::assign_items(total),
        JobKind::ImportItems => words::import_items().to_owned(),
        JobKind::AddTechnicians => words::add_technicians(total),
        JobKind::RevokeTechnicians => words::revoke_technicians(total),
        JobKind::RemoveTechnicians => words::remove_technicians(total),
        JobKind::IssueInvoices => words::issue_invoices(total),
    }
}

/// What came of a row, with its tone.
pub fn outcome(outcome: &RowOutcome) -> (Tone, String) {
    match outcome {
        RowOutcome::Pending => (Tone::Plain, words::row_pending().to_owned()),
        RowOutcome::Done => (Tone::Good, words::row_done().to_owned()),
        RowOutcome::Skipped(reason) => {
            let words = match reason {
                SkipReason::AlreadyStaff => words::row_already_staff(),
                SkipReason::WrongState => words::row_wrong_state(),
                SkipReason::AlreadySo => words::row_already_so(),
                SkipReason::AlreadyMember => words::row_already_member(),
                SkipReason::AlreadyInvoiced => words::row_already_invoiced(),
                SkipReason::NothingToBill => words::row_nothing_to_bill(),
                SkipReason::OtherRole => words::row_other_role(),
                SkipReason::SeatsTaken => words::row_seats_taken(),
                SkipReason::Revoked => words::row_revoked(),
                SkipReason::NotCompared => words::row_not_compared(),
                SkipReason::Obstacle(reason) => reasons::reason(*reason),
            };
            (Tone::Plain, words.to_owned())
        }
        RowOutcome::Fewer { taken, meant } => {
            (Tone::Wait, words::row_fewer(&format::number(*taken), &format::number(*meant)))
        }
        RowOutcome::Waits => (Tone::Wait, words::row_waits().to_owned()),
        RowOutcome::Failed(problem) => (Tone::Broken, problems::problem(problem)),
    }
}

/// Every row with what came of it, a line each.
fn report(job: &JobView) -> String {
    let mut report = title(job.kind, job.total);
    for row in &job.rows {
        report.push('\n');
        report.push_str(&row.label);
        report.push('\t');
        report.push_str(&outcome(&row.outcome).1);
    }
    report
}

fn tell<Q: Question<Answer = ()> + 'static>(link: Link, question: Q) {
    let toasts = Toasts::of_page();
    let answer = link.ask(question);
    spawn_local(async move {
        if let Err(problem) = answer.await {
            toasts.say(problems::problem(&problem));
        }
    });
}

fn forget(link: Link, id: portal_bridge::JobId) {
    tell(link, DismissJob(id));
    link.jobs().update(|jobs| jobs.retain(|job| job.id != id));
}
