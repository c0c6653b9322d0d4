use portal_wire::{Event, EventType, OrganizationId, ProviderId, ProviderOrganizationId};

/// Milliseconds that may lie between two records of one happening that were not written as one.
pub const TWINS_MS: u64 = 2_000;

/// Whose log an event was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogId {
    /// A provider's.
    Provider(ProviderId),
    /// An organization's.
    Organization(OrganizationId),
}

/// Whether two logs tell one happening twice (contract §5.4):
///
/// - the same record, in the log of an organization and in that of its provider;
/// - a client's vault that was opened, which the provider's log has as 1903 by the client's link and the client's as 1603. `client`
///   says to which organization a link leads; for one that is not known any will do, because 1903 does not name it;
/// - something about an account (10xx), which each organization and provider of the account has a copy of.
///
/// Two records in one log are two happenings, but for 1903 with 1603. Of several records that fit, as when a password was mistyped twice
/// in a second, the nearest in time is meant; choosing it is the caller's task.
pub fn same_happening(
    (one, log): (&Event, LogId),
    (other, other_log): (&Event, LogId),
    client: &dyn Fn(ProviderOrganizationId) -> Option<OrganizationId>,
) -> bool {
    let elsewhere = log != other_log;
    if elsewhere && one == other {
        return true;
    }
    let alike = one.acting_user_id == other.acting_user_id
        && one.device_type == other.device_type
        && one.ip_address == other.ip_address
        && one.date.0.abs_diff(other.date.0) <= TWINS_MS;
    alike
        && match (one.kind, other.kind) {
            (EventType::ProviderOrganizationVaultAccessed, EventType::OrganizationVaultAccessed) => {
                is_same_entry(one, log, other, client)
            }
            (EventType::OrganizationVaultAccessed, EventType::ProviderOrganizationVaultAccessed) => {
                is_same_entry(other, other_log, one, client)
            }
            (kind, other_kind) => {
                elsewhere
                    && kind == other_kind
                    && kind.number() / 100 == 10
                    && one.user_id == other.user_id
                    && one.system_user == other.system_user
            }
        }
}

/// Whether 1903 in this log and 1603 in any are one visit.
fn is_same_entry(
    by_link: &Event,
    log: LogId,
    by_organization: &Event,
    client: &dyn Fn(ProviderOrganizationId) -> Option<OrganizationId>,
) -> bool {
    let leads_to = by_link.provider_organization_id.and_then(client);
    matches!(log, LogId::Provider(_))
        && by_link.acting_user_id.is_some()
        && leads_to.is_none_or(|organization| by_organization.organization_id == Some(organization))
}
