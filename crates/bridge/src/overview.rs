use serde::{Deserialize, Serialize};

use crate::{Action, ClientPerson, ClientRow, Moment, OrganizationId, Phrase, Step, Verdict, Within};

/// Says that somebody enters a client, once per opening: the server logs it with the provider and with the client
/// (events 1903 and 1603, contract §4.4). Members enter their own organization without that.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnterSpace(pub Within);

/// Asks how a client stands.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetOverview(pub Within);

/// How a client stands, as far as the role sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverviewView {
    /// The client's organization.
    pub organization: OrganizationId,
    /// Its row in the provider's list, for its staff.
    pub client: Option<Box<ClientRow>>,
    /// One's own role in it, for its members, in Bitwarden's word.
    pub role: Option<String>,
    /// Its owners and administrators, whatever their status.
    pub people: Vec<ClientPerson>,
    /// Owners of its own that are confirmed.
    pub confirmed_owners: u32,
    /// Confirmed members of all roles.
    pub members: u32,
    /// Members waiting to be confirmed, of all roles.
    pub waiting: u32,
    /// Seats in use: invited, accepted and confirmed members.
    pub used: u32,
    /// Seats assigned; `None` where seats are not metered.
    pub assigned: Option<u32>,
    /// Policies that are on; `None` where the role or the plan has none.
    pub policies_on: Option<u32>,
    /// What happened last, beside staff entering it; `None` where the role does not see events or none are kept.
    pub last: Option<Box<Activity>>,
    /// The recommended set-up.
    pub steps: Vec<Step>,
    /// What may be done with it in the provider's list, for its staff.
    pub rights: Vec<(Action, Verdict)>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// When.
    pub date: Moment,
    /// Who did it.
    pub who: String,
    /// What they did.
    pub what: Vec<Phrase>,
}
