use serde::{Deserialize, Serialize};

/// Who counted the seats of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerSource {
    /// The server, every day.
    Server,
    /// The portal, on days on which somebody used it.
    Kept,
}
