use std::{cell::Cell, rc::Rc};

use portal_bridge::ProviderId;
use portal_wire::{List, ProviderUserStatus, ProviderUserType};
use serde::Deserialize;

use crate::{Core, api::Call};

/// What a provider's frame says of its staff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StaffCounts {
    /// Waiting to be confirmed.
    pub(crate) waiting: Option<u32>,
    /// Confirmed Provider Admins.
    pub(crate) confirmed_admins: Option<u32>,
}

/// The counts as last known.
#[derive(Default)]
struct Known {
    counts: Cell<StaffCounts>,
    asked: Cell<bool>,
}

impl StaffCounts {
    /// Counted over the whole staff.
    pub(crate) fn of(staff: impl Iterator<Item = (ProviderUserType, ProviderUserStatus)>) -> Self {
        let (mut waiting, mut admins) = (0, 0);
        for (role, status) in staff {
            waiting += u32::from(status == ProviderUserStatus::Accepted);
            admins +=
                u32::from(role == ProviderUserType::ProviderAdmin && status == ProviderUserStatus::Confirmed);
        }
        Self { waiting: Some(waiting), confirmed_admins: Some(admins) }
    }
}

impl Core {
    /// The counts of a provider's staff, as far as known; asked of the server the first time.
    pub(crate) fn staff_counts(self: &Rc<Self>, provider: ProviderId) -> StaffCounts {
        let known = self.stores.of::<Known>(provider);
        if !known.asked.replace(true) {
            let core = self.clone();
            self.spawn_in_session(async move {
                let call = Call::get(format!("/api/providers/{provider}/users"));
                match core.api.json::<List<Row>>(&call).await {
                    Ok(staff) => {
                        core.set_staff_counts(
                            provider,
                            StaffCounts::of(staff.data.iter().map(|row| (row.kind, row.status))),
                        );
                    }
                    // Asked again with the next look at the frame.
                    Err(_) => core.stores.of::<Known>(provider).asked.set(false),
                }
            });
        }
        known.counts.get()
    }

    /// Takes over what somebody counted who read the whole staff anyway.
    pub(crate) fn set_staff_counts(&self, provider: ProviderId, counts: StaffCounts) {
        let known = self.stores.of::<Known>(provider);
        known.asked.set(true);
        if known.counts.replace(counts) != counts {
            self.tell_provider(provider);
        }
    }
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "type", default)]
    kind: ProviderUserType,
    #[serde(default)]
    status: ProviderUserStatus,
}
