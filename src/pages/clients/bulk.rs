//! What can be done with several clients at once.

use leptos::prelude::*;
use portal_bridge::{Action, ChangeSeats, ClientRow, Fault, Field, ProviderOrganizationId, Verdict};

use super::create::whole_number;
use super::filters::Filters;
use super::{Open, export};
use crate::core_link::use_link;
use crate::form::{DialogForm, Sending, fault};
use crate::live::live;
use crate::messages::{client_forms, clients as text, reasons};
use crate::session::{obstacle, use_provider};
use crate::shell::use_shell;
use crate::ui::table::Selection;
use crate::ui::{BulkBar, Button, ButtonKind, Choice, Dialog, Glyph, InputKind, Press, Segments, TextField};
use crate::view::List;

pub(super) fn bar(
    selection: Selection<ProviderOrganizationId>,
    list: List<ClientRow>,
    open: RwSignal<Option<Open>>,
    filters: Filters,
) -> impl IntoView {
    let provider = use_provider();
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(text::selected));
    let button = move |action, words: &'static str, glyph, kind, press: Press| {
        live(move || {
            let verdict = provider.verdict(action);
            (verdict != Verdict::Hidden).then(|| {
                let reason = obstacle(verdict).map(|reason| reasons::reason(reason).to_owned());
                view! { <Button label=words.to_owned() icon=glyph kind reason on_press=press /> }.into_any()
            })
        })
    };
    let unlink = Press::new(move |()| {
        let links = selection.keys();
        let rows = links.iter().filter_map(|link| find(list, *link)).collect();
        open.set(Some(Open::Unlink(rows, links)));
    });
    let seats = Press::new(move |()| open.set(Some(Open::BulkSeats)));
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {button(Action::ChangeSeats, text::change_seats(), Glyph::Users, ButtonKind::Bare, seats)}
            {export::selected_button(selection, filters)}
            {button(Action::UnlinkClient, text::unlink(), Glyph::Unlink, ButtonKind::Bare, unlink)}
        </BulkBar>
    }
}

/// The row of a link, where it is in the window that is here.
fn find(list: List<ClientRow>, link: ProviderOrganizationId) -> Option<ClientRow> {
    list.find(|row| row.link == link)
}

/// Adds the same number of seats to every chosen client, or takes them away.
#[component]
pub(super) fn BulkSeatsDialog(
    selection: Selection<ProviderOrganizationId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let (link, provider, shell) = (use_link(), use_provider(), use_shell());
    let links = selection.keys();
    let count = links.len() as u32;
    let sending = Sending::new(&[Field::Seats]);
    let (amount, way) = (RwSignal::new("1".to_owned()), RwSignal::new("add".to_owned()));
    let submit = move || {
        let seats = whole_number(&amount.get_untracked())
            .and_then(|seats| i32::try_from(seats).ok())
            .filter(|seats| *seats > 0);
        let faults = if seats.is_none() {
            vec![fault(Field::Seats, Fault::TooSmall { limit: 1 })]
        } else {
            Vec::new()
        };
        let Some(seats) = seats.filter(|_| sending.check(faults)) else { return };
        let change = if way.with_untracked(|way| way == "take") { -seats } else { seats };
        let question = ChangeSeats { provider: provider.id_untracked(), links: links.clone(), change };
        sending.send(link, question, move |_| {
            selection.clear();
            on_close.run(());
            shell.show_jobs();
        });
    };
    let ways = Signal::derive(|| {
        vec![Choice::new("add", client_forms::bulk_add()), Choice::new("take", client_forms::bulk_take())]
    });
    view! {
        <Dialog title=client_forms::bulk_title(count) held=sending.busy() on_close>
            <DialogForm sending verb=client_forms::bulk_go().to_owned() on_submit=submit on_close>
                <div><Segments legend=client_forms::bulk_title(count) choices=ways value=way on_choose=move |chosen| way.set(chosen) /></div>
                <TextField
                    label=client_forms::bulk_amount().to_owned()
                    value=amount
                    kind=InputKind::Number
                    least=1
                    hint=client_forms::bulk_hint().to_owned()
                    fault=sending.fault(Field::Seats)
                    first=true
                />
            </DialogForm>
        </Dialog>
    }
}
