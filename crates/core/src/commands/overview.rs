//! How a client stands: what its own people and its provider's staff see first.

use std::{cell::RefCell, future::Future, rc::Rc};

use futures::{join, lock::Mutex};
use portal_bridge::{
    Action, Activity, EnterSpace, EventsOf, GetOverview, Moment, OrganizationId, OverviewView, Phrase,
    Problem, ProblemKind, Verdict, Within,
};
use portal_domain::{
    setup::{Holdings, steps},
    timeline::{Named, Part, sentence},
};
use portal_wire::{
    Event, EventType, List, OrganizationUserStatus, OrganizationUserType,
    organization::{GroupRow, MemberMini, PolicyStatus},
};
use serde::Deserialize;

use super::{
    Handle,
    clients::{link_rights, people},
    providers::role_word,
};
use crate::{
    Core,
    api::{Call, RowSink, encode, read},
    stores::Members,
};

/// The collections as they were counted when the client was entered, until the first look at its overview.
#[derive(Default)]
struct Entered {
    collections: RefCell<Option<u32>>,
    turn: Mutex<()>,
}

impl Handle for EnterSpace {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        let within = self.0;
        let Some(provider) = within.provider else { return Ok(()) };
        core.client_row(provider, within.organization).await?;
        let entered = core.stores.of_client::<Entered>(within.organization);
        let _turn = entered.turn.lock().await;
        let count = core.shared_collections(within, "collections/details").await?;
        *entered.collections.borrow_mut() = Some(count);
        core.tell_events(EventsOf::Provider(provider));
        Ok(())
    }
}

impl Handle for GetOverview {
    async fn handle(self, core: &Rc<Core>) -> Result<OverviewView, Problem> {
        let within = self.0;
        let organization = core.organization(within).await?;
        let rights = core.rights_in(within).await?;
        rights.demand(Action::ViewMemberNames)?;
        let sees = |action| rights.verdict(action) == Verdict::Allowed;
        let members = match sees(Action::ViewMembers) {
            true => core.members(within.organization).await?,
            false => core.member_names(within.organization).await?,
        };
        // A member could read items here. Nobody asked for them, so none is fetched, not even to count one.
        let asks_for_items = within.provider.is_some();
        let (collections, items, policies, groups, last) = join!(
            core.when(sees(Action::ViewCollections), core.collections_held(within)),
            core.when(asks_for_items && sees(Action::ViewItems), core.items_held(within)),
            core.when(sees(Action::ManagePolicies), core.policies_on(within)),
            core.when(sees(Action::ViewGroups), core.groups_held(within)),
            core.when(sees(Action::ViewOrganizationEvents), core.last_activity(within)),
        );
        let (policies, last) = (policies?, last?.flatten());
        let in_state = |status| move |member: &&MemberMini| member.status == status;
        let confirmed = || members.iter().filter(in_state(OrganizationUserStatus::Confirmed));
        let owns = |member: &&MemberMini| member.kind == OrganizationUserType::Owner;
        let leads = |member: &&MemberMini| {
            matches!(member.kind, OrganizationUserType::Owner | OrganizationUserType::Admin)
        };
        let owners = count(confirmed().filter(owns));
        // Who is named only sees no more than names: how many there are of whom is for those who manage them.
        let told = |number: u32| sees(Action::ViewMembers).then_some(number);
        let held = Holdings {
            owners: told(owners),
            people: told(count(confirmed().filter(|member| !leads(member)))),
            collections: collections?,
            items: items?,
            policies,
            groups: groups?,
            has_policies: rights.situation.client.has_policies,
            has_groups: rights.situation.client.has_groups,
        };
        let (client, link_rights) = match within.provider {
            Some(provider) => {
                let client = core.client_row(provider, within.organization).await?;
                let rights = link_rights(core, provider, &client.plan, owners > 0).await?;
                (Some(Box::new(client)), rights)
            }
            None => (None, Vec::new()),
        };
        let uses_seat = |member: &&MemberMini| {
            matches!(
                member.status,
                OrganizationUserStatus::Invited
                    | OrganizationUserStatus::Accepted
                    | OrganizationUserStatus::Confirmed
            )
        };
        let me = core.open()?.me();
        Ok(OverviewView {
            organization: within.organization,
            role: me.membership(within.organization).map(|own| role_word(own.kind)),
            confirmed_owners: owners,
            members: count(confirmed()),
            waiting: count(members.iter().filter(in_state(OrganizationUserStatus::Accepted))),
            used: client.as_ref().map_or_else(|| count(members.iter().filter(uses_seat)), |row| row.used),
            assigned: client.as_ref().map_or_else(
                || organization.seats.and_then(|seats| u32::try_from(seats).ok()),
                |row| row.assigned,
            ),
            policies_on: policies,
            last: last.map(Box::new),
            steps: steps(&held).to_vec(),
            rights: link_rights,
            people: people(members),
            client,
        })
    }
}

impl Core {
    /// What a part of the overview says; nothing where the role does not see it or the server does not know the route.
    async fn when<T>(
        &self,
        sees: bool,
        reading: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Option<T>, Problem> {
        if !sees {
            return Ok(None);
        }
        match reading.await {
            Ok(read) => Ok(Some(read)),
            Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotAllowed) => {
                Ok(None)
            }
            Err(problem) => Err(problem),
        }
    }

    async fn collections_held(&self, within: Within) -> Result<u32, Problem> {
        let entered = self.stores.of_client::<Entered>(within.organization);
        let _turn = entered.turn.lock().await;
        let counted = entered.collections.take();
        match counted {
            Some(counted) => Ok(counted),
            // Read without access details, since each reading of those by staff is logged as one more visit.
            None => self.shared_collections(within, "collections").await,
        }
    }

    /// Collections that are nobody's own.
    async fn shared_collections(&self, within: Within, route: &str) -> Result<u32, Problem> {
        let organization = within.organization;
        let mut counted = Counted { organization, shared_only: true, most: u32::MAX, count: 0 };
        let call = Call::get(format!("/api/organizations/{organization}/{route}"));
        self.api.rows(&call, "data", &mut counted).await?;
        Ok(counted.count)
    }

    /// Whether there are items: nothing after the first is read.
    async fn items_held(&self, within: Within) -> Result<u32, Problem> {
        let organization = within.organization;
        let mut counted = Counted { organization, shared_only: false, most: 1, count: 0 };
        let path = format!(
            "/api/ciphers/organization-details?organizationId={organization}&includeMemberItems=false"
        );
        match self.api.rows(&Call::get(path), "data", &mut counted).await {
            Err(problem) if problem.kind == ProblemKind::Cancelled => {}
            other => drop(other?),
        }
        Ok(counted.count)
    }

    async fn policies_on(&self, within: Within) -> Result<u32, Problem> {
        let path = format!("/api/organizations/{}/policies", within.organization);
        let list: List<PolicyStatus> = self.api.json(&Call::get(path)).await?;
        if list.data.iter().any(|policy| policy.organization_id != within.organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        Ok(count(list.data.iter().filter(|policy| policy.enabled)))
    }

    async fn groups_held(&self, within: Within) -> Result<u32, Problem> {
        let path = format!("/api/organizations/{}/groups", within.organization);
        let list: List<GroupRow> = self.api.json(&Call::get(path)).await?;
        if list.data.iter().any(|group| group.organization_id != within.organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        Ok(count(list.data.iter()))
    }

    /// What happened last, beside staff entering the client: that is what whoever looks has just done.
    async fn last_activity(self: &Rc<Self>, within: Within) -> Result<Option<Activity>, Problem> {
        let mut path = format!("/api/organizations/{}/events?start=", within.organization);
        let now = self.platform.now_ms();
        encode(&portal_wire::Timestamp(now - LOOKED_BACK_MS).to_string(), &mut path);
        path.push_str("&end=");
        encode(&portal_wire::Timestamp(now).to_string(), &mut path);
        let page: List<Event> = self.api.json(&Call::get(path)).await?;
        if page.data.iter().any(|event| event.organization_id.is_some_and(|id| id != within.organization)) {
            return Err(ProblemKind::Mismatch.into());
        }
        let newest = page
            .data
            .iter()
            .filter(|event| event.kind != EventType::OrganizationVaultAccessed)
            .max_by_key(|event| event.date);
        let members = self.stores.only::<Members>();
        let staff = match within.provider {
            Some(provider) if self.require(provider, Action::ViewStaff).await.is_ok() => {
                // Without it an id stands for the name; the list of staff shows what went wrong.
                self.staff_list(provider).await.ok()
            }
            _ => None,
        };
        let names = |named: Named| match named {
            Named::User(id) => members.name_of_account(id).or_else(|| {
                let person = staff.as_ref()?.people.iter().find(|person| person.user == Some(id))?;
                Some(person.label().to_owned())
            }),
            Named::Member(id) => members.name(id),
            _ => None,
        };
        Ok(newest.map(|event| {
            let said = sentence(event, &names);
            let phrase = |part| match part {
                Part::Words(text) => Phrase::Words(text),
                Part::Name(text) => Phrase::Name(text),
            };
            Activity {
                date: Moment(event.date.0),
                who: said.who.text().to_owned(),
                what: said.what.into_iter().map(phrase).collect(),
            }
        }))
    }
}

/// A year, which is what servers hand out at once.
const LOOKED_BACK_MS: i64 = 365 * 86_400_000;

fn count<T>(rows: impl Iterator<Item = T>) -> u32 {
    u32::try_from(rows.count()).unwrap_or(u32::MAX)
}

/// Counts rows of a list while it arrives, keeping none.
struct Counted {
    organization: OrganizationId,
    /// Collections that are somebody's own do not count.
    shared_only: bool,
    /// Nothing after so many is read.
    most: u32,
    count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Held {
    organization_id: Option<OrganizationId>,
    #[serde(rename = "type")]
    kind: Option<i32>,
}

impl RowSink for Counted {
    fn restart(&mut self) {
        self.count = 0;
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: Held = read(json)?;
        if row.organization_id != Some(self.organization) {
            return Err(ProblemKind::Mismatch.into());
        }
        self.count += u32::from(!self.shared_only || row.kind.unwrap_or_default() == SHARED);
        if self.count < self.most { Ok(()) } else { Err(ProblemKind::Cancelled.into()) }
    }
}

/// A collection that is nobody's own (contract §4.4).
const SHARED: i32 = 0;
