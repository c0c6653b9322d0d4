//! Why something cannot be done now.

use portal_bridge::Reason;

texts! {
    provider_suspended => "The provider is suspended.",
    provider_pending => "The provider has not been set up yet.",
    contact_administrator => "The provider is suspended. A Provider Admin has to act first.",
    managed_by_provider => "The provider manages this.",
    last_admin => "The provider needs at least one confirmed Provider Admin.",
    yourself => "You cannot do this to yourself.",
    wrong_state => "The person is not far enough for this: they have to accept the invitation first.",
    needs_purchase => "Seats would have to be bought, and only a Provider Admin may do that.",
    below_used_seats => "More seats than that are in use.",
    clients_linked => "Clients are still linked. Unlink them first.",
    no_confirmed_owner => "The client has no confirmed owner of its own yet.",
    plan_lacks_it => "The client’s plan does not include this.",
    events_off => "The server keeps no events for this provider.",
    key_missing => "Your copy of the provider key is missing. Ask a Provider Admin to remove you and invite you again.",
    limited_by_settings => "The organization’s settings allow this only in part.",
    higher_role => "The person’s role is above what you may manage.",
    last_owner => "Nobody could act as owner any more. Make somebody else an Owner first.",
    claimed => "The organization owns this account: it can be revoked, not removed.",
    seats_taken => "Every seat is taken. Add seats, or revoke somebody else first.",
    not_enrolled => "The person has not agreed to account recovery.",
}

/// A reason in words.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::ProviderSuspended => provider_suspended(),
        Reason::ProviderPending => provider_pending(),
        Reason::ContactAdministrator => contact_administrator(),
        Reason::ManagedByProvider => managed_by_provider(),
        Reason::LastAdmin => last_admin(),
        Reason::Yourself => yourself(),
        Reason::WrongState => wrong_state(),
        Reason::NeedsPurchase => needs_purchase(),
        Reason::BelowUsedSeats => below_used_seats(),
        Reason::ClientsLinked => clients_linked(),
        Reason::NoConfirmedOwner => no_confirmed_owner(),
        Reason::PlanLacksIt => plan_lacks_it(),
        Reason::EventsOff => events_off(),
        Reason::KeyMissing => key_missing(),
        Reason::LimitedBySettings => limited_by_settings(),
        Reason::HigherRole => higher_role(),
        Reason::LastOwner => last_owner(),
        Reason::Claimed => claimed(),
        Reason::SeatsTaken => seats_taken(),
        Reason::NotEnrolled => not_enrolled(),
    }
}
