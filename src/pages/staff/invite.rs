use leptos::prelude::*;
use portal_bridge::{Action, Fault, Field, InviteStaff, JobId, JobRow, RowOutcome, StaffRole, Verdict};

use super::{filters, work};
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, email_fault, fault};
use crate::format;
use crate::live::{live, memo};
use crate::messages::staff as text;
use crate::router::Router;
use crate::session::Provider;
use crate::shell::{greets, outcome, use_shell};
use crate::ui::{
    AddressesField, Button, ButtonKind, Choice, CopyButton, Dialog, Notice, Press, Progress, RadioCards,
    Status, Tone, split_addresses,
};

/// Addresses in one invitation, as the server takes them.
const MOST: usize = 20;

const ADMIN: &str = "admin";
const SERVICE: &str = "service";

/// The dialog has an address of its own, so that a button anywhere can lead here.
pub(super) fn routed(provider: Provider, router: Router) -> impl IntoView {
    let here = memo(move || router.path().ends_with("/staff/invite"));
    let shell = use_shell();
    let may =
        memo(move || provider.verdict(Action::InviteStaff) == Verdict::Allowed && !greets(shell, provider));
    let close = move || {
        let mut address = router.address_untracked();
        address.path = untrack(|| provider.path("staff"));
        address.set("role", None);
        router.replace(&address.text());
    };
    live(move || {
        (here.get() && may.get()).then(|| {
            let role = if filters::wants_admins(router) { ADMIN } else { SERVICE };
            view! { <InviteDialog provider role on_close=close /> }.into_any()
        })
    })
}

#[component]
fn InviteDialog(provider: Provider, role: &'static str, #[prop(into)] on_close: Press) -> impl IntoView {
    let link = use_link();
    let typed = RwSignal::new(String::new());
    let role = RwSignal::new(role.to_owned());
    let sending = Sending::new(&[Field::Emails]);
    let begun = RwSignal::new(None::<JobId>);
    let parsed = memo(move || typed.with(|typed| split_addresses(typed)));
    let bad =
        memo(move || parsed.with(|all| all.iter().filter(|one| email_fault(one).is_some()).count() as u32));

    let submit = move || {
        let emails = parsed.get_untracked();
        let said = |words: String| fault(Field::Emails, Fault::Server(words));
        let faults = match (emails.len(), bad.get_untracked()) {
            (0, _) => vec![said(text::addresses_none().to_owned())],
            (many, _) if many > MOST => vec![said(too_many(many))],
            (_, 0) => Vec::new(),
            (_, bad) => vec![said(text::addresses_bad(bad))],
        };
        if sending.check(faults) {
            let role = if role.with_untracked(|role| role == ADMIN) {
                StaffRole::ProviderAdmin
            } else {
                StaffRole::ServiceUser
            };
            let question = InviteStaff { provider: provider.id_untracked(), emails, role };
            sending.send(link, question, move |job| begun.set(Some(job)));
        }
    };
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
    let roles = vec![
        Choice::new(SERVICE, text::service_user()).note(text::service_user_note()),
        Choice::new(ADMIN, text::provider_admin()).note(text::provider_admin_note()),
    ];
    let verb = Signal::derive(move || match parsed.with(Vec::len) {
        0 => text::invite_nobody().to_owned(),
        some => text::invite_go(some as u32),
    });
    view! {
        <Dialog title=text::invite_title().to_owned() wide=true held=sending.busy() on_close>
            {
                let roles = roles.clone();
                live(move || match begun.get() {
                    Some(job) => view! { <Invited job on_close /> }.into_any(),
                    None => {
                        let roles = roles.clone();
                        view! {
                            <DialogForm sending verb on_submit=submit on_close>
                                <AddressesField
                                    label=text::addresses().to_owned()
                                    value=typed
                                    understood=text::understood().to_owned()
                                    check=UnsyncCallback::new(check)
                                    hint
                                    fault=sending.fault(Field::Emails)
                                />
                                <RadioCards legend=text::invite_role().to_owned() choices=roles.clone() value=role on_choose=move |chosen| role.set(chosen) />
                            </DialogForm>
                        }
                        .into_any()
                    }
                })
            }
        </Dialog>
    }
}

fn too_many(many: usize) -> String {
    text::addresses_too_many(&format::number(MOST as u32), &format::number(many as u32))
}

/// What came of each address, with the links to pass on where no mail is sent.
#[component]
fn Invited(job: JobId, #[prop(into)] on_close: Press) -> impl IntoView {
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
                        let body = if by_hand { text::invite_links() } else { text::invite_mailed() };
                        view! {
                            <Notice tone>
                                <b>{text::invite_done(count)}"."</b>
                                {(count > 0).then(|| view! { " "{body}" "{text::invite_valid()} }.into_any())}
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
