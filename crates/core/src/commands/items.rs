use std::rc::Rc;

use portal_bridge::{Action, GetItems, ItemsView, ListState, Problem};

use super::Handle;
use crate::{
    Core,
    stores::{
        collections::Collections,
        items::{self, Items},
    },
};

#[cfg(test)]
mod tests;

impl Handle for GetItems {
    async fn handle(self, core: &Rc<Core>) -> Result<ItemsView, Problem> {
        let within = self.query.within;
        core.rights_in(within).await?.demand_part(Action::ViewCollections)?;
        let collections = core.kept::<Collections>(within).await?;
        let (items, state) = match core.kept_soon::<Items>(within).await? {
            Some(items) => (items, core.kept_state::<Items>(within.organization)),
            None => {
                let received = items::received(core, within.organization);
                (Rc::default(), ListState::Loading { received })
            }
        };
        Ok(items::view(&items, &collections, &self.query, self.window, state))
    }
}
