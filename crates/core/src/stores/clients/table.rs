use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use portal_bridge::{ClientRow, Moment, OrganizationId, ProviderOrganizationId};
use portal_domain::search::fold;
use portal_keys::EncString;
use portal_wire::client::ClientRow as WireRow;

use super::order::Orders;
use crate::{
    sort::{order_of, sort_by},
    stores::{Blobs, Texts},
};

/// All clients of a provider, one column beside the other: a hundred thousand of them need some 30 MB.
#[derive(Default)]
pub(crate) struct Table {
    pub(super) links: Vec<ProviderOrganizationId>,
    pub(super) organizations: Vec<OrganizationId>,
    names: Texts,
    pub(super) folded: Texts,
    /// Index into `plan_names`.
    pub(super) plans: Vec<u8>,
    pub(super) plan_names: Vec<String>,
    keys: RefCell<Blobs>,
    /// [`UNMETERED`] where the server does not meter.
    pub(super) assigned: Vec<u32>,
    pub(super) used: Vec<u32>,
    pub(super) confirmed: Vec<u32>,
    pub(super) added: Vec<i64>,
    enabled: RefCell<Vec<bool>>,
    pub(super) orders: Orders,
    /// The rows in the order of their organizations, made when the first is looked for.
    by_organization: OnceCell<Vec<u32>>,
}

/// No number of seats is assigned.
pub(super) const UNMETERED: u32 = u32::MAX;

impl Table {
    /// Adds a row.
    pub(super) fn push(&mut self, row: &WireRow, enabled: bool) {
        self.by_organization.take();
        self.links.push(row.id);
        self.organizations.push(row.organization_id);
        self.names.push(&row.organization_name);
        self.folded.push(&fold(&row.organization_name));
        let plan = self.plan_number(&row.plan);
        self.plans.push(plan);
        // A key that has not the form of one is kept as none: the row is still worth showing.
        let key = row.key.parse::<EncString>().map(|key| key.to_bytes()).unwrap_or_default();
        self.keys.get_mut().push(&key);
        let count = |number: i32| u32::try_from(number).unwrap_or(0);
        self.assigned.push(row.seats.map_or(UNMETERED, count));
        self.used.push(count(row.occupied_seats.unwrap_or(row.user_count)));
        self.confirmed.push(count(row.user_count));
        self.added.push(row.creation_date.0);
        self.enabled.get_mut().push(enabled);
    }

    /// A list of these rows.
    #[cfg(any(test, feature = "measure"))]
    pub(crate) fn of(rows: &[WireRow]) -> Self {
        let mut table = Self::default();
        rows.iter().for_each(|row| table.push(row, true));
        table
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.links.len()
    }

    /// The row with this index, for showing.
    pub(crate) fn row(&self, index: usize) -> Option<ClientRow> {
        Some(ClientRow {
            link: *self.links.get(index)?,
            organization: *self.organizations.get(index)?,
            name: self.names.get(index).to_owned(),
            plan: family(self.plan(index)).to_owned(),
            assigned: self.assigned.get(index).copied().filter(|seats| *seats != UNMETERED),
            used: self.used.get(index).copied()?,
            confirmed: self.confirmed.get(index).copied()?,
            added: Moment(self.added.get(index).copied()?),
            enabled: self.is_enabled(index),
        })
    }

    /// The seats a client was given, where the server meters them, and those its members take.
    pub(crate) fn seats(&self, index: usize) -> (Option<u32>, u32) {
        let column = |column: &[u32]| column.get(index).copied();
        (column(&self.assigned).filter(|seats| *seats != UNMETERED), column(&self.used).unwrap_or_default())
    }

    /// The link of a client.
    pub(crate) fn link(&self, index: usize) -> Option<ProviderOrganizationId> {
        self.links.get(index).copied()
    }

    /// The organization of a client.
    pub(crate) fn organization(&self, index: usize) -> Option<OrganizationId> {
        self.organizations.get(index).copied()
    }

    /// Whether a client is switched on.
    pub(crate) fn is_enabled(&self, index: usize) -> bool {
        self.enabled.borrow().get(index).copied().unwrap_or(true)
    }

    /// Takes over which clients are switched on; whether that changed anything.
    pub(super) fn switch(&self, enabled: Vec<bool>) -> bool {
        self.enabled.replace(enabled.clone()) != enabled
    }

    /// The name of a client.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.names.get(index)
    }

    /// The whole name of a client's plan, such as "Enterprise (Monthly)".
    pub(crate) fn plan(&self, index: usize) -> &str {
        let number = self.plans.get(index).copied().unwrap_or(u8::MAX);
        self.plan_names.get(usize::from(number)).map(String::as_str).unwrap_or_default()
    }

    /// The client's key under the provider's key; `None` where there is none that could be opened.
    pub(crate) fn key(&self, index: usize) -> Option<EncString> {
        EncString::from_bytes(self.keys.borrow().get(index)).ok()
    }

    /// The index of a client.
    pub(crate) fn find_link(&self, link: ProviderOrganizationId) -> Option<usize> {
        self.links.iter().position(|known| *known == link)
    }

    /// The index of a client.
    pub(crate) fn find_organization(&self, organization: OrganizationId) -> Option<usize> {
        let all = &self.organizations;
        let by_organization = self.by_organization.get_or_init(|| {
            order_of(all.len(), &mut |one, other| all.get(one as usize).cmp(&all.get(other as usize)))
        });
        let of = |row: &u32| all.get(*row as usize).copied();
        let first = by_organization.partition_point(|row| of(row) < Some(organization));
        let row = by_organization.get(first).filter(|row| of(row) == Some(organization))?;
        usize::try_from(*row).ok()
    }

    /// The index of the client with this very key: what tells two clients of one name apart.
    pub(crate) fn find_key(&self, key: &EncString) -> Option<usize> {
        let keys = self.keys.borrow();
        (0..self.len()).find(|index| keys.get(*index) == key.as_bytes())
    }

    /// Plan families in use, for a filter.
    pub(crate) fn families(&self) -> Vec<String> {
        let mut families: Vec<String> = self.plan_names.iter().map(|name| family(name).to_owned()).collect();
        families.retain(|family| !family.is_empty());
        sort_by(&mut families, |one, other| one.cmp(other));
        families.dedup();
        families
    }

    /// Lets the keys go, which fill nearly half the memory, while their successors are being read.
    pub(super) fn forget_keys(&self) {
        self.keys.take();
    }

    /// Nothing more will be added.
    pub(super) fn finish(mut self) -> Rc<Self> {
        self.names.shrink();
        self.folded.shrink();
        self.keys.get_mut().shrink();
        self.links.shrink_to_fit();
        self.organizations.shrink_to_fit();
        Rc::new(self)
    }

    /// The number of a plan's name. There are a dozen; whatever comes after the 255th is shown without a name.
    fn plan_number(&mut self, name: &str) -> u8 {
        let known = self.plan_names.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            if self.plan_names.len() < usize::from(u8::MAX) {
                self.plan_names.push(name.to_owned());
            }
            self.plan_names.len() - 1
        });
        u8::try_from(number).unwrap_or(u8::MAX)
    }
}

/// A plan's name without its cadence: `Enterprise` of "Enterprise (Monthly)".
pub(crate) fn family(plan: &str) -> &str {
    plan.split(" (").next().unwrap_or(plan).trim()
}
