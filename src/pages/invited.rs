//! Inviting people: the addresses, and what came of each.

use leptos::prelude::*;
use portal_bridge::{Fault, Field, FieldProblem, JobId, JobRow, Moment, RowOutcome};

use super::work;
use crate::core_link::use_link;
use crate::form::{Sending, email_fault, fault};
use crate::format::{self, isolate};
use crate::live::memo;
use crate::messages::{members, staff as text};
use crate::shell::outcome;
use crate::ui::{
    AddressesField, Button, ButtonKind, CopyButton, Notice, Press, Progress, Status, Tone, split_addresses,
};

/// Addresses in one invitation, as the server takes them.
const MOST: usize = 20;

/// The addresses in what was typed.
pub(super) fn parsed(typed: RwSignal<String>) -> Memo<Vec<String>> {
    memo(move || typed.with(|typed| split_addresses(typed)))
}

/// What is wrong with the addresses.
pub(super) fn faults(emails: &[String]) -> Vec<FieldProblem> {
    let said = |words: String| vec![fault(Field::Emails, Fault::Server(words))];
    match (emails.len(), emails.iter().filter(|one| email_fault(one).is_some()).count() as u32) {
        (0, _) => said(text::addresses_none().to_owned()),
        (many, _) if many > MOST => said(too_many(many)),
        (_, 0) => Vec::new(),
        (_, bad) => said(text::addresses_bad(bad)),
    }
}

/// The field for the addresses.
#[component]
pub(super) fn Addresses(typed: RwSignal<String>, sending: Sending) -> impl IntoView {
    let parsed = parsed(typed);
    let hint = MaybeProp::from(Signal::derive(move || {
        Some(match parsed.with(Vec::len) {
            0 => text::addresses_hint().to_owned(),
            many if many > MOST => too_many(many),
            some => text::addresses_count(some as u32),
        })
    }));
    let check = move |address: String| {
        let beyond =
            parsed.with(|all| all.iter().position(|one| *one == address)).is_some_and(|at| at >= MOST);
        match email_fault(&address) {
            Some(Fault::TooLong { .. }) => Some(text::too_long_address().to_owned()),
            Some(_) => Some(text::not_an_address().to_owned()),
            None => beyond.then(|| text::beyond_limit().to_owned()),
        }
    };
    view! {
        <AddressesField
            label=text::addresses().to_owned()
            value=typed
            understood=text::understood().to_owned()
            check=UnsyncCallback::new(check)
            hint
            fault=sending.fault(Field::Emails)
        />
    }
}

fn too_many(many: usize) -> String {
    text::addresses_too_many(&format::number(MOST as u32), &format::number(many as u32))
}

/// What came of each address, with the links to pass on where no mail is sent.
#[component]
pub(super) fn Invited(
    job: JobId,
    /// Where those register whom neither mail nor link reaches.
    #[prop(optional_no_strip)]
    registers_at: Option<String>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let job = work::of(use_link(), job);
    let done = Signal::derive(move || job.with(|job| job.as_ref().map_or(0, |job| job.done)));
    let total = Signal::derive(move || job.with(|job| job.as_ref().map_or(0, |job| job.total)));
    let ended = memo(move || job.with(|job| job.as_ref().is_some_and(work::has_ended)));
    let links = memo(move || {
        job.with(|job| {
            job.as_ref().map(|job| job.rows.iter().filter_map(line).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let all = Signal::derive(move || links.with(|links| links.join("\n")));
    let invited = move || {
        job.with(|job| {
            let rows = job.as_ref().map(|job| job.rows.as_slice()).unwrap_or_default();
            rows.iter().filter(|row| row.outcome == RowOutcome::Done).count() as u32
        })
    };
    view! {
        <div class="inner">
            <div class="body">
                <div role="status">
                    {move || if ended.get() {
                        let count = invited();
                        let tone = if count > 0 { Tone::Good } else { Tone::Attend };
                        let by_hand = links.with(|links| !links.is_empty());
                        let body = match &registers_at {
                            Some(address) => members::invite_register(&isolate(address)),
                            None if by_hand => format!("{} {}", text::invite_links(), text::invite_valid()),
                            None => format!("{} {}", text::invite_mailed(), text::invite_valid()),
                        };
                        view! {
                            <Notice tone>
                                <b>{text::invite_done(count)}"."</b>
                                {(count > 0).then(|| view! { " "{body} }.into_any())}
                            </Notice>
                        }
                        .into_any()
                    } else {
                        view! { <Progress label=text::inviting().to_owned() done total /> }.into_any()
                    }}
                </div>
                <ul class="invited">
                    {move || job.with(|job| {
                        let rows = job.as_ref().map(|job| job.rows.as_slice()).unwrap_or_default();
                        rows.iter().map(row).collect_view()
                    })}
                </ul>
            </div>
            <footer>
                {move || (links.with(Vec::len) > 1).then(|| view! {
                    <CopyButton what=all label=text::copy_all_links().to_owned() secret=true />
                }.into_any())}
                <Button label=text::done().to_owned() kind=ButtonKind::Go on_press=on_close />
            </footer>
        </div>
    }
}

fn row(row: &JobRow) -> impl IntoView + use<> {
    let (tone, word) = outcome(&row.outcome);
    let detail = match &row.outcome {
        RowOutcome::Failed(problem) => problem.detail.clone(),
        _ => None,
    };
    view! {
        <li>
            <bdi class="cut strong">{row.label.clone()}</bdi>
            <Status tone label=word />
            {detail.map(|detail| view! { <small class="quiet">{detail}</small> }.into_any())}
            {row.link.clone().map(|link| view! {
                <span class="pass-on">
                    <span class="value cut">{link.clone()}</span>
                    <CopyButton what=link label=text::copy_link().to_owned() secret=true />
                </span>
            }.into_any())}
        </li>
    }
}

fn line(row: &JobRow) -> Option<String> {
    row.link.as_ref().map(|link| format!("{}\t{link}", row.label))
}

/// A link to pass on by hand, shown by itself.
pub(super) fn pass_on(link: String, expires: Moment) -> AnyView {
    view! {
        <p class="quiet">{text::invite_links()}</p>
        <div class="shown-once">
            <span class="value">{link.clone()}</span>
            <div class="across">
                <CopyButton what=link label=text::link_copy().to_owned() secret=true />
                <span class="quiet small" data-tip=format::exact(expires)>{text::link_until(&format::when(expires))}</span>
            </div>
        </div>
    }
    .into_any()
}
