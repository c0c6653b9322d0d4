//! What the pages before and around a provider share: their frame, the way in, and the links of invitations.

mod accept;
mod frame;
mod gate;
mod invitation;
mod nowhere;
mod server;

pub use accept::{Invited, accept_page, broken_link};
pub use frame::*;
pub use gate::gate;
pub use invitation::{Arrival, arrival, forget_arrival, waiting_arrival};
pub use nowhere::nowhere;
pub use server::use_servers;
