//! Taking idle seats back, with what that means for the pools said before.

use leptos::prelude::*;
use portal_bridge::{
    Fault, Field, OrganizationId, PreviewReclaim, ReclaimSeats, ReclaimedPool, Topic, Verdict,
};

use crate::core_link::use_link;
use crate::form::{DialogForm, ProblemNotice, Sending, fault};
use crate::format;
use crate::live::memo;
use crate::messages::{ledger as text, reasons};
use crate::pages::clients::whole_number;
use crate::session::use_provider;
use crate::shell::use_shell;
use crate::ui::{Dialog, InputKind, Press, TextField};
use crate::view::use_view;

/// Asks how many free seats each keeps, and says what comes back.
#[component]
pub(super) fn ReclaimDialog(
    clients: Vec<OrganizationId>,
    #[prop(into)] on_taken: Press,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let (link, provider, shell) = (use_link(), use_provider(), use_shell());
    let sending = Sending::new(&[Field::Seats]);
    let spare = RwSignal::new("0".to_owned());
    let title = text::take_back_title(clients.len() as u32);
    let clients = StoredValue::new(clients);
    let preview = use_view(
        move || {
            let spare = whole_number(&spare.get())?;
            Some(PreviewReclaim { provider: provider.id(), clients: clients.get_value(), spare })
        },
        move || vec![Topic::Clients(provider.id())],
    );
    let freed = memo(move || preview.map(|preview| preview.freed).unwrap_or_default());
    let reason = MaybeProp::derive(move || match preview.map(|preview| preview.verdict)? {
        Verdict::Disabled(reason) => Some(reasons::reason(reason).to_owned()),
        _ if freed.get() == 0 => Some(text::nothing_idle().to_owned()),
        _ => None,
    });
    let submit = move || {
        let typed = whole_number(&spare.get_untracked());
        let faults: Vec<_> =
            typed.is_none().then(|| fault(Field::Seats, Fault::TooSmall { limit: 0 })).into_iter().collect();
        let Some(spare) = typed.filter(|_| sending.check(faults)) else { return };
        let question =
            ReclaimSeats { provider: provider.id_untracked(), clients: clients.get_value(), spare };
        sending.send(link, question, move |_| {
            on_taken.run(());
            on_close.run(());
            shell.show_jobs();
        });
    };
    view! {
        <Dialog title held=sending.busy() on_close>
            <DialogForm sending verb=Signal::derive(move || text::take_back_n(freed.get())) on_submit=submit on_close reason>
                <TextField
                    label=text::spare().to_owned()
                    value=spare
                    kind=InputKind::Number
                    least=0
                    hint=text::spare_hint().to_owned()
                    fault=sending.fault(Field::Seats)
                    first=true
                />
                <div class="pool" aria-live="polite">
                    {move || match preview.get() {
                        Some(preview) => view! {
                            <p>{text::from_clients(preview.clients, &format::number(preview.freed))}</p>
                            {preview.pools.iter().map(pool).collect_view()}
                        }.into_any(),
                        None => view! { <p class="quiet">{text::counting()}</p> }.into_any(),
                    }}
                    <ProblemNotice problem=Signal::derive(move || preview.problem()) again=move || preview.again() />
                </div>
            </DialogForm>
        </Dialog>
    }
}

/// What becomes of one pool.
fn pool(pool: &ReclaimedPool) -> AnyView {
    let lines = match &pool.pool {
        None => vec![text::pool_unknown().to_owned()],
        Some(change) => {
            let saves = match (change.saved, change.seat_price_cents) {
                (0, _) => text::pool_saves_nothing(&format::number(change.minimum)),
                (saved, Some(cents)) => {
                    text::pool_saves(saved, &format::money(f64::from(cents) * f64::from(saved)))
                }
                (saved, None) => text::pool_saves_some(saved),
            };
            let left = (change.unassigned > 0).then(|| text::pool_left(change.unassigned));
            std::iter::once(saves).chain(left).collect()
        }
    };
    view! {
        <h3>{pool.plan.clone()}</h3>
        <ul class="figures">
            <li>{text::pool_freed(pool.freed)}</li>
            {lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect_view()}
        </ul>
    }
    .into_any()
}
