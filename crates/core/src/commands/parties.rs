use std::rc::Rc;

use portal_bridge::{FindParties, Found, Party, Problem};
use portal_domain::search::{Needle, fold};

use super::Handle;
use crate::{
    Core,
    stores::{collections::Collections, people::People},
};

/// So many of each kind are told; who looks for others types more.
const MOST: usize = 8;

impl Handle for FindParties {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<Found>, Problem> {
        let needle = Needle::new(&self.search);
        let mut found = Vec::new();
        if self.groups {
            let groups = core.groups_by_name(self.within).await?;
            let matching = groups.all.iter().filter(|group| needle.matches(&group.folded)).take(MOST);
            found.extend(matching.map(|group| Found {
                party: Party::Group(group.id),
                label: group.name.clone(),
                note: None,
            }));
        }
        if self.people {
            let people = core.kept::<People>(self.within).await?;
            let matching = people.0.iter().filter(|person| needle.matches(&person.folded)).take(MOST);
            found.extend(matching.map(|person| Found {
                party: Party::Person(person.id),
                label: person.label().to_owned(),
                note: person.note(),
            }));
        }
        if self.collections {
            let all = core.kept::<Collections>(self.within).await?;
            let named = all.0.iter().filter(|collection| collection.owned_by.is_none());
            let matching = named.filter_map(|collection| {
                let path = collection.path.as_ref()?;
                needle.matches(&fold(path)).then(|| Found {
                    party: Party::Collection(collection.id),
                    label: path.clone(),
                    note: None,
                })
            });
            found.extend(matching.take(MOST));
        }
        Ok(found)
    }
}
