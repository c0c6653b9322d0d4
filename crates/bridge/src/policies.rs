use serde::{Deserialize, Serialize};

use crate::{PolicyType, Seen, Within};

/// Asks for every policy of a client.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetPolicies(pub Within);

/// One policy as it is set. Those never saved are off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Which.
    pub kind: PolicyType,
    /// Whether it is on.
    pub enabled: bool,
    /// What its data holds, key by key, in the order of the server.
    pub data: Vec<(String, PolicyValue)>,
    /// Why it cannot be switched the other way now.
    pub obstacle: Option<PolicyObstacle>,
    /// Policies that are off and must be switched on before it, in order.
    pub needs: Vec<PolicyType>,
    /// Policies that are on and need this one, in the order in which they have to be switched off.
    pub needed_by: Vec<PolicyType>,
    /// How it stands.
    pub seen: Seen,
}

/// A value in a policy's data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PolicyValue {
    /// Nothing is said.
    None,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Several whole numbers.
    Numbers(Vec<i64>),
    /// Something this version does not know; it is kept as it is.
    Other,
}

/// Why a policy cannot be switched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyObstacle {
    /// The organization has claimed domains, which rest on it.
    ClaimedDomains,
    /// The organization uses Key Connector, which rests on it.
    KeyConnector,
    /// Somebody is both a member and on a provider's staff.
    ProviderMembers,
    /// The server says so, and not why.
    ServerSays,
}

/// Asks who would be revoked if a policy were switched on now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPolicyEffect {
    /// In which client.
    pub within: Within,
    /// Which.
    pub kind: PolicyType,
}

/// Whom switching a policy on revokes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyEffect {
    /// Those who are revoked: name, and address where that is another text.
    pub revoked: Vec<(String, Option<String>)>,
    /// Whether the list is certain; else the server knows something the portal cannot see.
    pub certain: bool,
}

/// A policy as it shall be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyStep {
    /// Which.
    pub kind: PolicyType,
    /// What it is called, for the report.
    pub label: String,
    /// Whether it is on.
    pub enabled: bool,
    /// Data to change, key by key; what is not named stays as it is, also what this version does not know.
    pub data: Vec<(String, PolicyValue)>,
}

/// Saves one policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavePolicy {
    /// In which client.
    pub within: Within,
    /// How it stood when the form was opened.
    pub seen: Seen,
    /// As it shall be.
    pub step: PolicyStep,
}

/// Saves several policies, one after the other in the order given, and none after one that failed; a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavePolicies {
    /// In which client.
    pub within: Within,
    /// As they shall be.
    pub steps: Vec<PolicyStep>,
}
