//! Looking whether an evidence pack is as it was written.

use leptos::{html, prelude::*};
use portal_bridge::{EvidenceView, VerifyEvidence};

use crate::core_link::use_link;
use crate::form::{Form, Sending};

use crate::format;
use crate::messages::evidence as text;
use crate::pages::file::{self, trouble};
use crate::ui::{Button, ButtonKind, CopyButton, Dialog, Press, Status, Tone, fresh_id};

/// Larger packs are verified by the recipe in `docs/exports.md`.
const LARGEST: usize = 512 << 20;

#[component]
pub(super) fn VerifyDialog(#[prop(into)] on_close: Press) -> impl IntoView {
    let link = use_link();
    let sending = Sending::new(&[]);
    let (node, id) = (NodeRef::<html::Input>::new(), fresh_id());
    let found = RwSignal::new(None::<EvidenceView>);
    let verify = move || {
        found.set(None);
        file::read(node, LARGEST, sending, move |_, bytes| {
            sending.send(link, VerifyEvidence(bytes), move |view| {
                found.try_set(Some(view));
            });
        });
    };
    view! {
        <Dialog title=text::verify_title().to_owned() on_close>
            <Form sending on_submit=verify class="inner">
                <div class="body">
                    {trouble(sending)}
                    <p>{text::verify_body()}</p>
                    <div class="field">
                        <label for=id.clone()>{text::verify_file()}</label>
                        <input class="input" id=id type="file" accept=".jsonl" node_ref=node />

                    </div>
                    <div role="status">{move || found.get().map(result)}</div>
                </div>
                <footer>
                    <Button label=text::verify().to_owned() kind=ButtonKind::Go submit=true busy=sending.busy() />
                </footer>
            </Form>
        </Dialog>
    }
}

fn result(view: EvidenceView) -> AnyView {
    match view {
        EvidenceView::Whole {
            scope,
            from,
            to,
            made,
            by,
            filter,
            counts: [people, policies, gaps, events],
            seal,
        } => {
            let rows =
                text::row_counts(&text::people(people), &text::policies(policies), &text::events(events));
            view! {
                <Status tone=Tone::Good label=text::whole() />
                {(gaps > 0).then(|| view! { <p>{text::gaps(gaps)}</p> }.into_any())}
                <dl class="facts">
                    <dt>{text::scope()}</dt><dd><bdi>{scope}</bdi></dd>
                    <dt>{text::range()}</dt><dd>{format::exact(from)}" – "{format::exact(to)}</dd>
                    {(!filter.is_empty()).then(|| view! { <dt>{text::filter()}</dt><dd><bdi>{filter}</bdi></dd> }.into_any())}
                    <dt>{text::made()}</dt><dd>{text::made_by(&format::exact(made), &format::isolate(&by))}</dd>
                    <dt>{text::rows()}</dt><dd>{rows}</dd>
                    <dt>{text::seal()}</dt><dd><code class="seal">{seal.clone()}</code></dd>
                </dl>
                <CopyButton what=seal />
            }
            .into_any()
        }
        EvidenceView::Broken { line, fault } => view! {
            <Status tone=Tone::Broken label=text::broken(&format::number(line)) />
            <p>{text::fault(fault)}</p>
        }
        .into_any(),
    }
}
