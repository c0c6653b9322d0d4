//! Who may do what: the one table read by the core and by the embedded server.
//!
//! - [`grant`] says what a role has: the embedded server lets a request through by it, and answers [`refusal`] otherwise.
//! - [`verdict`] adds the situation (a suspended provider, a missing key): the core shows and allows by it.
//! - [`staff_verdict`], [`client_verdict`] and [`collection_verdict`] add what depends on one row of a list.
//! - [`may_manage`] compares the roles of two members; [`member_verdict`] says what can be done to one.

mod grant;
mod hierarchy;
mod level;
mod member;
mod refusal;
mod rows;
mod situation;
mod subject;
mod table;
mod verdict;
mod vocabulary;

pub use grant::{Grant, grant, grant_to_any};
pub use hierarchy::{may_grant, may_manage};
pub use level::{Level, LevelFlags};
pub use member::{MemberDeed, MemberTarget, member_verdict};
pub use refusal::{Refusal, refusal};
pub use rows::{
    ClientTarget, CollectionTarget, StaffTarget, client_verdict, collection_verdict, staff_verdict,
};
pub use situation::{ClientSituation, Manager, ProviderCondition, ProviderSituation, Situation};
pub use subject::Subject;
pub use verdict::{verdict, verdict_of_any, verdicts};
pub use vocabulary::{Action, Reason, Verdict};
