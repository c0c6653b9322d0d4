use leptos::prelude::*;
use portal_bridge::{CollectionId, GrantAccess};

use super::Page;
use crate::form::{DialogForm, Sending};
use crate::messages::collections as text;
use crate::pages::access::{AccessEditor, Kinds};
use crate::ui::{Dialog, Press};

/// Gives people and groups access to many collections at once.
#[component]
pub(super) fn GrantDialog(
    page: Page,
    ids: Vec<CollectionId>,
    #[prop(into)] on_close: Press,
) -> impl IntoView {
    let sending = Sending::new(&[]);
    let access = RwSignal::new(Vec::new());
    let title = text::grant_title(ids.len() as u32);
    let submit = move || {
        let access = access.with_untracked(|all| {
            all.iter().map(|one: &portal_bridge::Access| (one.party, one.level)).collect::<Vec<_>>()
        });
        let within = page.space.within_untracked();
        page.work.begin(GrantAccess { within, ids: ids.clone(), access }, text::granted);
        page.selection.clear();
        on_close.run(());
    };
    let reason = MaybeProp::from(Signal::derive(move || {
        access.with(Vec::is_empty).then(|| text::grant_none().to_owned())
    }));
    view! {
        <Dialog title wide=true on_close>
            <DialogForm sending verb=text::grant_go().to_owned() reason on_submit=submit on_close>
                <p>{text::grant_body()}</p>
                <AccessEditor legend=text::access() access kinds=Kinds::Sharing find=text::access_find() none=text::grant_none() />
            </DialogForm>
        </Dialog>
    }
}
