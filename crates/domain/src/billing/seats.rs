//! Giving a client seats, and taking idle ones back.

use crate::{
    limits::MOST_SEATS,
    seats::{Pool, Preview},
};

/// The seats of one client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientSeats {
    /// Seats it was given.
    pub assigned: u32,
    /// Seats its members take: invited, accepted, confirmed (contract §8.5).
    pub occupied: u32,
}

impl ClientSeats {
    /// Seats nobody takes.
    pub fn idle(self) -> u32 {
        self.assigned.saturating_sub(self.occupied)
    }

    /// Members beyond the seats, which a server lets happen (contract §9.15).
    pub fn over(self) -> u32 {
        self.occupied.saturating_sub(self.assigned)
    }
}

/// Why seats are not assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignRefusal {
    /// Members take more seats than would be left.
    #[error("{0} seats are taken by members")]
    BelowOccupied(u32),
    /// The pool cannot hold so many.
    #[error("the pool cannot hold so many seats")]
    TooMany,
    /// Seats would have to be bought, which only a Provider Admin may.
    #[error("only {unassigned} seats are left in the pool; a Provider Admin can buy more")]
    NeedsPurchase {
        /// Seats that are paid for and assigned to nobody.
        unassigned: u32,
    },
}

/// Gives the client so many seats out of the pool of its plan: what becomes of the pool and the client, or why not.
/// Going below what members take is refused, unless it goes up: a client that is over already may come closer.
pub fn assign(
    pool: Pool,
    client: ClientSeats,
    seats: u32,
    may_buy: bool,
) -> Result<(Preview, ClientSeats), AssignRefusal> {
    if !occupied_fits(client, seats) {
        return Err(AssignRefusal::BelowOccupied(client.occupied));
    }
    let change = i64::from(seats) - i64::from(client.assigned);
    let others = i64::from(pool.assigned) + change;
    if seats > MOST_SEATS || others > i64::from(MOST_SEATS) {
        return Err(AssignRefusal::TooMany);
    }
    let preview = pool.preview(change);
    if preview.needs_purchase && !may_buy {
        return Err(AssignRefusal::NeedsPurchase { unassigned: pool.unassigned() });
    }
    Ok((preview, ClientSeats { assigned: seats, ..client }))
}

/// Whether the members have room in so many seats, or at least more than they have now.
fn occupied_fits(client: ClientSeats, seats: u32) -> bool {
    seats >= client.occupied || seats >= client.assigned
}

/// What taking back from one client means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reclaim {
    /// The client's place in what was given.
    pub client: usize,
    /// Its seats before.
    pub from: u32,
    /// Its seats after, never fewer than its members take.
    pub to: u32,
}

/// What taking back from several clients means for their pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reclaimed {
    /// The pool after it, and how many seats need no longer be bought: only those save money.
    pub pool: Preview,
    /// Seats that were taken back.
    pub freed: u32,
}

/// How many seats a client can do without if so many are to stay free for new members.
pub fn reclaimable(client: ClientSeats, spare: u32) -> u32 {
    client.assigned.saturating_sub(client.occupied.saturating_add(spare))
}

/// Takes back from all clients of one plan what they can do without. Each keeps `spare` free seats, and what its members take.
pub fn reclaim(
    pool: Pool,
    clients: impl IntoIterator<Item = ClientSeats>,
    spare: u32,
) -> (Vec<Reclaim>, Reclaimed) {
    let rows: Vec<Reclaim> = (0..)
        .zip(clients)
        .filter_map(|(client, seats)| {
            let freed = reclaimable(seats, spare);
            (freed > 0).then_some(Reclaim { client, from: seats.assigned, to: seats.assigned - freed })
        })
        .collect();
    let freed: u64 = rows.iter().map(|row| u64::from(row.from - row.to)).sum();
    let freed = u32::try_from(freed).unwrap_or(u32::MAX);
    (rows, Reclaimed { pool: pool.preview(-i64::from(freed)), freed })
}
