//! What the tab may ask of the core, and what it is told: plain data, no behaviour.
//!
//! A tab sends [`ToCore`] over its message port and receives [`FromCore`]. Every [`Ask`] is answered exactly once,
//! with its [`Answer`] or with a [`Problem`]; everything else the core says is unasked news.
//!
//! Nothing in here carries a token or a key. A password crosses once, as [`Secret`] bytes, and is wiped on both sides.

mod account;
mod ask;
mod books;
mod capabilities;
mod client_settings;
mod clients;
mod collections;
mod directory;
mod discounts;
mod drafts;
mod event_rows;
mod events;
mod groups;
mod item;
mod items;
mod job;
mod ledger;
mod letterhead;
mod member_deeds;
mod members;
mod message;
mod money;
mod overview;
mod packed;
mod palette;
mod policies;
mod portfolio;
mod prices;
mod problem;
mod provider;
mod secret;
mod server;
mod session;
mod space;
mod staff;
mod structure;
mod subscription;
mod technicians;
mod vault_import;
mod window;

pub use account::*;
pub use ask::*;
pub use books::*;
pub use capabilities::*;
pub use client_settings::*;
pub use clients::*;
pub use collections::*;
pub use directory::*;
pub use discounts::*;
pub use drafts::*;
pub use event_rows::*;
pub use events::*;
pub use groups::*;
pub use item::*;
pub use items::*;
pub use job::*;
pub use ledger::*;
pub use letterhead::*;
pub use member_deeds::*;
pub use members::*;
pub use message::*;
pub use money::*;
pub use overview::*;
pub use packed::{FIRST_WORKER, Garbled, pack, unpack};
pub use palette::*;
pub use policies::*;
pub use portfolio::*;
pub use prices::*;
pub use problem::*;
pub use provider::*;
pub use secret::Secret;
pub use server::*;
pub use session::*;
pub use space::*;
pub use staff::*;
pub use structure::*;
pub use subscription::*;
pub use technicians::*;
pub use vault_import::*;
pub use window::*;

pub use portal_domain::access::{Action, Level as AccessLevel, MemberDeed, Reason, Verdict};
pub use portal_domain::billing::{
    Amount, Cadence, Colour, ColourError, Currency, Day, Fill, Letterhead, Logo, Period, Quantity, Rate,
};
pub use portal_domain::capabilities::{Capability, Feature, Remedy, ServerKind, Setting, Standing};
pub use portal_domain::items::{ItemPart, PartRule, parts as item_parts};
pub use portal_domain::policies::name as policy_name;
pub use portal_domain::setup::{Step, StepKind, StepState};
pub use portal_domain::technicians::{Risk as SeatRisk, SeatNeed, SeatRole, SeatTaking};
pub use portal_wire::PolicyType;
pub use portal_wire::ids::{
    CipherId, CollectionId, GroupId, OrganizationId, OrganizationUserId, ProviderId, ProviderOrganizationId,
    ProviderUserId, UserId,
};

use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);
