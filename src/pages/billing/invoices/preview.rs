//! One client's invoice, as it is printed.

use leptos::prelude::*;
use portal_bridge::{DraftState, GetInvoice, InvoiceView, IssuedBrief, OrganizationId, Topic};

use super::{CLIENT, NUMBER, filters, issue, paper, print};
use crate::form::ProblemNotice;
use crate::format;
use crate::live::live;
use crate::messages::invoices as text;
use crate::router::{Router, use_router};
use crate::shell::{Head, use_books};
use crate::ui::{Button, ButtonKind, Empty, Glyph, Skeleton, Status};
use crate::view::{View, use_view};

/// What is open above it.
#[derive(Clone, PartialEq)]
enum Open {
    Issue,
    Cancel(String),
}

/// The page of one client's invoice.
pub(super) fn page(client: OrganizationId) -> impl IntoView {
    let (router, books) = (use_router(), use_books());
    let run = filters::use_run(router);
    let view = use_view(
        move || Some(GetInvoice { run: run.get(), organization: client, number: router.query(NUMBER) }),
        move || vec![Topic::Drafts(books.get()), Topic::Books(books.get())],
    );
    let open = RwSignal::new(None::<Open>);
    let title = Signal::derive(move || {
        view.map(|view| text::preview_of(&view.row.name)).unwrap_or_else(|| text::label().to_owned())
    });
    let above = untrack(|| address(router, None, None));
    view! {
        <Head title above=(above, text::back().to_owned())>
            {live(move || view.get().map(|found| buttons(&found, open)))}
        </Head>
        <div class="scroll desk" role="region" tabindex="0" aria-label=text::desk()>
            <ProblemNotice problem=Signal::derive(move || view.problem()) again=move || view.again() />
            {move || match view.get() {
                Some(found) => content(&found, router, client).into_any(),
                None if view.loading() => view! { <Skeleton lines=8 /> }.into_any(),
                None => ().into_any(),
            }}
        </div>
        {live(move || dialog(view, open.get()?, run.get_untracked(), client, open))}
    }
}

fn buttons(found: &InvoiceView, open: RwSignal<Option<Open>>) -> impl IntoView + use<> {
    let print = found.paper.is_some().then(|| {
        view! { <Button label=text::print().to_owned() icon=Glyph::Scroll on_press=print::print_page /> }
            .into_any()
    });
    let issue = (found.row.state == DraftState::Open && is_current(found)).then(|| {
        let reason = (!found.over).then(|| text::issue_wait().to_owned());
        view! {
            <Button label=text::issue_this().to_owned() icon=Glyph::Send kind=ButtonKind::Go reason on_press=move || open.set(Some(Open::Issue)) />
        }
        .into_any()
    });
    let standing = found.paper.as_ref().filter(|paper| paper.credits.is_none() && paper.cancelled.is_none());
    let cancel = standing.and_then(|paper| paper.number.clone()).map(|number| {
        let press = move || open.set(Some(Open::Cancel(number.clone())));
        view! { <Button label=text::cancel().to_owned() icon=Glyph::Undo kind=ButtonKind::Danger on_press=press /> }
            .into_any()
    });
    view! { {cancel}{print}{issue} }
}

/// Whether it is the draft that is shown, not an earlier invoice.
fn is_current(found: &InvoiceView) -> bool {
    found.paper.as_ref().is_some_and(|paper| paper.number.is_none())
}

fn content(found: &InvoiceView, router: Router, client: OrganizationId) -> impl IntoView + use<> {
    let shown = found.paper.as_ref().and_then(|paper| paper.number.clone());
    // How far the client is says nothing of an invoice of before.
    let is_now = match (&found.row.state, &shown) {
        (DraftState::Issued(number), Some(shown)) => number == shown,
        (_, shown) => shown.is_none(),
    };
    let state = is_now.then(|| {
        let (tone, words) = super::cells::state(&found.row.state);
        view! { <Status tone label=words /> }.into_any()
    });
    let gaps = (found.row.gaps > 0)
        .then(|| view! { <span class="quiet">{text::gap_days(found.row.gaps)}</span> }.into_any());
    let sheet = match &found.paper {
        Some(paper) => view! { <div class="sheets single">{paper::sheet(paper)}</div> }.into_any(),
        None => view! { <Empty title=text::cannot().to_owned() body=text::cannot_price().to_owned() /> }
            .into_any(),
    };
    view! {
        <div class="beside">
            <div class="across">{state}{gaps}</div>
            {history(found, &shown, router, client)}
        </div>
        {sheet}
    }
}

/// Every invoice and credit note of the period, where there is more than what is shown.
fn history(
    found: &InvoiceView,
    shown: &Option<String>,
    router: Router,
    client: OrganizationId,
) -> Option<AnyView> {
    let now = (found.row.state == DraftState::Open).then(|| {
        let here = shown.is_none().then_some("page");
        let to = address(router, Some(client), None);
        view! { <li><a class="link" href=to aria-current=here>{text::draft_now()}</a></li> }.into_any()
    });
    let line = |brief: &IssuedBrief| {
        let here = (shown.as_ref() == Some(&brief.number)).then_some("page");
        let to = address(router, Some(client), Some(&brief.number));
        let note = match (&brief.credits, &brief.cancelled) {
            (Some(invoice), _) => text::credit_for(&format::isolate(invoice)),
            (None, Some(note)) => text::cancelled_by(&format::isolate(note)),
            (None, None) => String::new(),
        };
        view! {
            <li>
                <a class="link" href=to aria-current=here><bdi>{brief.number.clone()}</bdi></a>
                <span class="figures">{format::amount(brief.gross)}</span>
                <span class="quiet">{format::calendar_day(brief.issued)}" "{note}</span>
            </li>
        }
        .into_any()
    };
    if found.issued.len() + usize::from(now.is_some()) < 2 {
        return None;
    }
    let lines: Vec<_> = found.issued.iter().map(line).chain(now).collect();
    Some(view! { <section class="history"><h2>{text::history()}</h2><ul>{lines}</ul></section> }.into_any())
}

/// The address of an invoice of the same run, or of all of them.
fn address(router: Router, client: Option<OrganizationId>, number: Option<&str>) -> String {
    let mut address = router.address_untracked();
    address.set(CLIENT, client.map(|client| client.to_string()).as_deref());
    address.set(NUMBER, number);
    address.text()
}

fn dialog(
    view: View<GetInvoice>,
    what: Open,
    run: portal_bridge::DraftRun,
    client: OrganizationId,
    open: RwSignal<Option<Open>>,
) -> Option<AnyView> {
    let close = crate::ui::Press::new(move |()| open.set(None));
    let found = untrack(|| view.get())?;
    Some(match what {
        Open::Issue => {
            let nothing = crate::ui::Press::new(|()| {});
            let gaps = found.row.gaps > 0;
            view! {
                <issue::IssueDialog run seen=found.seen only=Some(vec![client]) count=1 next=found.next gaps reason=None on_close=close on_begun=nothing />
            }
            .into_any()
        }
        Open::Cancel(number) => {
            view! { <issue::CancelDialog run organization=client number on_close=close /> }.into_any()
        }
    })
}
