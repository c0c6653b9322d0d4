use leptos::prelude::*;
use portal_bridge::{ProviderUserId, RemoveStaff, StaffRow, StaffStatus};

use super::{Staff, label};
use crate::format::isolate;
use crate::messages::staff as text;
use crate::ui::{ConfirmDialog, Press};

/// Names that are shown before the rest is counted.
const SHOWN: usize = 8;

/// Asks before people are removed, and names what they lose and what stays.
#[component]
pub(super) fn RemoveDialog(
    staff: Staff,
    /// Those of them whose rows are here.
    rows: Vec<StaffRow>,
    ids: Vec<ProviderUserId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let one = match (rows.as_slice(), ids.len()) {
        ([row], 1) => Some(row.clone()),
        _ => None,
    };
    let (title, loses) = match &one {
        Some(row) => {
            let name = isolate(&label(row));
            (text::remove_title(&name), text::remove_loses(&name))
        }
        None => (text::remove_title_many(ids.len() as u32), text::remove_loses_many().to_owned()),
    };
    let only_invited = one.as_ref().is_some_and(|row| row.status == StaffStatus::Invited);
    let more = ids.len().saturating_sub(rows.len().min(SHOWN)) as u32;
    let names = one.is_none().then(|| {
        let shown = rows
            .iter()
            .take(SHOWN)
            .map(|row| view! { <li><bdi>{label(row)}</bdi></li> }.into_any())
            .collect_view();
        view! {
            <ul class="plain">
                {shown}
                {(more > 0).then(|| view! { <li class="quiet">{text::and_more(more)}</li> }.into_any())}
            </ul>
        }
        .into_any()
    });
    let ids = StoredValue::new(ids);
    let confirm = move || {
        let question = RemoveStaff { provider: staff.provider.id_untracked(), staff: ids.get_value() };
        staff.works.begin(question, text::finished_remove);
        ids.with_value(|ids| ids.iter().for_each(|id| staff.selection.set(*id, false)));
        staff.router.set_query(&[("person", None)]);
        on_close.run(());
    };
    view! {
        <ConfirmDialog title verb=text::remove_go().to_owned() on_confirm=confirm on_close>
            {names}
            {if only_invited {
                view! { <p>{text::remove_invited()}</p> }.into_any()
            } else {
                view! {
                    <p>{loses}</p>
                    <p>{text::remove_keeps()}" "{text::remove_key()}</p>
                    <p class="quiet">{text::remove_undo()}</p>
                }
                .into_any()
            }}
        </ConfirmDialog>
    }
}
