//! What is done with items: one from its menu or its panel, many from the bar below the list.

use leptos::prelude::*;
use portal_bridge::{
    Access, Action, ChangeItems, CipherId, ItemDeed, ItemRights, ItemRow, ItemView, Party, Verdict,
};

use super::{EDIT, ITEM, Page, cells::shown};
use crate::form::{DialogForm, Sending};
use crate::format::isolate;
use crate::messages::{items as text, reasons};
use crate::pages::access::{AccessEditor, Kinds, obstacle_to_all};
use crate::pages::deeds::{Deed, menu};
use crate::session::obstacle;
use crate::ui::{BulkBar, Button, ButtonKind, ConfirmDialog, Dialog, Glyph, MenuEntry, MenuItem, Press};

/// At most so many in one piece of work.
const MOST_AT_ONCE: u32 = 500;

/// What is about to be done with which items.
#[derive(Clone, PartialEq)]
pub(super) enum Asking {
    Assign(Vec<CipherId>),
    Delete(Vec<CipherId>, Option<String>),
}

impl Page {
    /// What can be done with an item of the list, as far as one's role says.
    pub(super) fn row_menu(self, row: &ItemRow) -> Vec<MenuEntry> {
        let id = row.id;
        if !untrack(|| self.opens()) {
            return Vec::new();
        }
        let verdict = untrack(|| self.space.verdict(Action::EditItems));
        let shown_at_all = verdict != Verdict::Hidden;
        let may = ItemRights {
            edit: shown_at_all && row.name.is_some(),
            assign: verdict == Verdict::Allowed,
            delete: shown_at_all,
            see_passwords: true,
        };
        let mut entries: Vec<MenuEntry> = vec![MenuItem::new(text::open(), move || self.look_at(id)).into()];
        entries.extend(menu(self.possible(id, Some(shown(row)), may, untrack(|| self.filters.in_trash()))));
        entries
    }

    /// What can be done with the item that is looked at, as the server said of it.
    pub(super) fn deeds(self, id: CipherId, view: &ItemView) -> Vec<Deed> {
        self.possible(id, view.name.clone(), view.may, view.trashed.is_some())
    }

    fn possible(self, id: CipherId, name: Option<String>, may: ItemRights, trashed: bool) -> Vec<Deed> {
        let obstacle = untrack(|| obstacle_to_all(self.space.verdict(Action::EditItems)));
        let deed = |words, glyph, run: Box<dyn Fn()>| Deed {
            words,
            glyph,
            danger: false,
            reason: obstacle.clone(),
            run,
        };
        let mut deeds = Vec::new();
        let log = Action::ViewOrganizationEvents;
        let events = untrack(|| self.space.shows(log)).then(|| {
            let address = untrack(|| self.space.path(&format!("events?item={id}")));
            let reason =
                untrack(|| self.space.obstacle(log)).map(|reason| reasons::reason(reason).to_owned());
            Deed {
                reason,
                ..deed(text::events(), Glyph::Activity, Box::new(move || self.router.go(&address)))
            }
        });
        if may.edit && !trashed {
            let edit = move || self.router.set_query(&[(EDIT, Some(&id.to_string()))]);
            deeds.push(deed(text::edit_(), Glyph::Pencil, Box::new(edit)));
        }
        if may.assign && !trashed {
            let assign = move || self.asking.set(Some(Asking::Assign(vec![id])));
            deeds.push(deed(text::assign(), Glyph::Folder, Box::new(assign)));
        }
        deeds.extend(events);
        if may.delete && trashed {
            deeds.push(deed(
                text::restore(),
                Glyph::Undo,
                Box::new(move || self.begin(ItemDeed::Restore, vec![id])),
            ));
            let delete = move || self.asking.set(Some(Asking::Delete(vec![id], name.clone())));
            deeds.push(Deed { danger: true, ..deed(text::delete_(), Glyph::Trash, Box::new(delete)) });
        } else if may.delete {
            let trash = move || self.begin(ItemDeed::Trash, vec![id]);
            deeds.push(Deed { danger: true, ..deed(text::to_trash(), Glyph::Trash, Box::new(trash)) });
        }
        deeds
    }

    fn begin(self, deed: ItemDeed, ids: Vec<CipherId>) {
        let finished = match deed {
            ItemDeed::Trash => text::trashed_done,
            ItemDeed::Restore => text::restored_done,
            ItemDeed::Delete => text::deleted_done,
            ItemDeed::Assign(_) => text::assigned_done,
        };
        let gone = matches!(deed, ItemDeed::Delete);
        let looked = self.router.query(ITEM).and_then(|id| id.parse().ok());
        if gone && looked.is_some_and(|looked| ids.contains(&looked)) {
            // There is nothing to look at any more.
            self.router.set_query(&[(ITEM, None)]);
        }
        self.work.begin(ChangeItems { within: self.space.within_untracked(), deed, ids }, finished);
        self.selection.clear();
    }
}

/// The bar of what can be done with those chosen.
pub(super) fn bulk(page: Page) -> impl IntoView {
    let Page { selection, asking, space, filters, .. } = page;
    let count =
        Signal::derive(move || Some(selection.count()).filter(|count| *count > 0).map(text::selected));
    let reason = MaybeProp::from(Signal::derive(move || {
        if selection.count() > MOST_AT_ONCE {
            return Some(text::too_many_selected().to_owned());
        }
        // Where it is allowed in part, each row says what came of it.
        obstacle_to_all(space.verdict(Action::EditItems))
    }));
    let assign_reason = MaybeProp::from(Signal::derive(move || {
        let verdict = space.verdict(Action::EditItems);
        reason.get().or_else(|| obstacle(verdict).map(|reason| reasons::reason(reason).to_owned()))
    }));
    let act = move |deed: ItemDeed| move || page.begin(deed.clone(), selection.keys());
    let button = move |label: &'static str, icon, run: Press| {
        view! { <Button label=label.to_owned() icon kind=ButtonKind::Bare reason on_press=run /> }.into_any()
    };
    view! {
        <BulkBar count on_clear=move || selection.clear()>
            {move || if !space.shows(Action::EditItems) {
                ().into_any()
            } else if filters.in_trash() {
                view! {
                    {button(text::restore(), Glyph::Undo, Press::from(act(ItemDeed::Restore)))}
                    {button(text::delete_(), Glyph::Trash, Press::from(move || asking.set(Some(Asking::Delete(selection.keys(), None)))))}
                }.into_any()
            } else {
                view! {
                    <Button label=text::assign().to_owned() icon=Glyph::Folder kind=ButtonKind::Bare reason=assign_reason on_press=move || asking.set(Some(Asking::Assign(selection.keys()))) />
                    {button(text::to_trash(), Glyph::Trash, Press::from(act(ItemDeed::Trash)))}
                }.into_any()
            }}
        </BulkBar>
    }
}

/// The dialog of what is about to be done.
pub(super) fn dialog(page: Page) -> Option<AnyView> {
    let close = move || page.asking.set(None);
    Some(match page.asking.get()? {
        Asking::Assign(ids) => view! { <AssignDialog page ids on_close=close /> }.into_any(),
        Asking::Delete(ids, name) => {
            let count = ids.len() as u32;
            let title = match name.filter(|_| count == 1) {
                Some(name) => text::delete_title(&isolate(&name)),
                None => text::delete_title_many(count),
            };
            let body = if count == 1 { text::delete_body() } else { text::delete_body_many() };
            let confirm = move || {
                page.begin(ItemDeed::Delete, ids.clone());
                close();
            };
            view! {
                <ConfirmDialog title verb=text::delete_go().to_owned() on_confirm=confirm on_close=close>
                    <p>{body}</p>
                </ConfirmDialog>
            }
            .into_any()
        }
    })
}

/// Puts items into more collections.
#[component]
fn AssignDialog(page: Page, ids: Vec<CipherId>, #[prop(into)] on_close: Press) -> impl IntoView {
    let places = RwSignal::new(Vec::<Access>::new());
    let missing = RwSignal::new(false);
    let title = text::assign_title(ids.len() as u32);
    let submit = move || {
        let place = |access: &Access| match access.party {
            Party::Collection(id) => Some(id),
            Party::Person(_) | Party::Group(_) => None,
        };
        let chosen: Vec<_> = places.with_untracked(|places| places.iter().filter_map(place).collect());
        missing.set(chosen.is_empty());
        if !chosen.is_empty() {
            page.begin(ItemDeed::Assign(chosen), ids.clone());
            on_close.run(());
        }
    };
    let fault = MaybeProp::from(Signal::derive(move || {
        (missing.get() && places.with(Vec::is_empty)).then(|| text::assign_missing().to_owned())
    }));
    view! {
        <Dialog title on_close>
            <DialogForm sending=Sending::new(&[]) verb=text::assign_go().to_owned() on_submit=submit on_close>
                <p>{text::assign_body()}</p>
                <AccessEditor
                    legend=text::places()
                    access=places
                    kinds=Kinds::Places
                    find=text::places_find()
                    none=""
                    fault
                />
            </DialogForm>
        </Dialog>
    }
}
