use std::rc::Rc;

use portal_bridge::{Action, Jump, JumpHit, JumpTarget, Problem, ProviderId};
use portal_domain::search::{Needle, score};

use super::Handle;
use crate::{Core, sort::sort_by};

/// Most hits of a kind.
const MOST: u32 = 50;

impl Handle for Jump {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<JumpHit>, Problem> {
        let typed = Needle::new(&self.text);
        let limit = self.limit.min(MOST) as usize;
        core.open()?.me().staffing(self.provider)?;
        if typed.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut hits = clients(core, self.provider, &typed, limit).await;
        hits.extend(people(core, self.provider, &self.text, limit).await);
        Ok(hits)
    }
}

/// Clients by name, for those who may open them now.
async fn clients(core: &Rc<Core>, provider: ProviderId, typed: &Needle, limit: usize) -> Vec<JumpHit> {
    if core.require(provider, Action::OpenClient).await.is_err() {
        return Vec::new();
    }
    let clients = core.clients_so_far(provider).await;
    let table = clients.table();
    let hits = table.jump(typed, limit).into_iter().filter_map(|(_, row)| {
        let client = table.row(row)?;
        let note = Some(client.plan).filter(|plan| !plan.is_empty());
        Some(JumpHit { label: client.name, note, target: JumpTarget::Client(client.organization) })
    });
    hits.collect()
}

/// People by name or address, for those who may see them.
async fn people(core: &Rc<Core>, provider: ProviderId, text: &str, limit: usize) -> Vec<JumpHit> {
    if core.require(provider, Action::ViewStaff).await.is_err() {
        return Vec::new();
    }
    // A palette without people is better than none.
    let Ok(list) = core.staff_list(provider).await else { return Vec::new() };
    let mut people: Vec<_> = list
        .people
        .iter()
        .filter_map(|person| Some((score(text, person.label()).max(score(text, &person.email))?, person)))
        .collect();
    sort_by(&mut people, |one, other| other.0.cmp(&one.0).then_with(|| one.1.label().cmp(other.1.label())));
    let hit = |(_, person): (_, &crate::stores::staff::Person)| JumpHit {
        label: person.label().to_owned(),
        note: person.name.is_some().then(|| person.email.clone()),
        target: JumpTarget::Staff(person.id),
    };
    people.into_iter().take(limit).map(hit).collect()
}
