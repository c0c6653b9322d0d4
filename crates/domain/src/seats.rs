//! How seats add up.
//!
//! A provider pays for a minimum of seats per plan. Clients draw from that pool; what is assigned beyond the minimum is
//! bought. Only Provider Admins may buy.

/// The seats of one plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// Seats paid for whether used or not.
    pub seat_minimum: u32,
    /// Seats assigned to all clients of the plan.
    pub assigned: u32,
    /// Seats paid for beyond the minimum.
    pub purchased: u32,
}

/// A pool after a change, and what the change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The pool after the change.
    pub after: Pool,
    /// Seats that are paid for and assigned to nobody, after the change.
    pub unassigned_left: u32,
    /// Seats to buy.
    pub additional_to_purchase: u32,
    /// Bought seats that are given back.
    pub purchased_to_remove: u32,
    /// The change may only be made by somebody who may buy.
    pub needs_purchase: bool,
}

impl Pool {
    /// A pool of which nothing is bought but what its assigned seats need.
    pub fn new(seat_minimum: u32, assigned: u32) -> Self {
        Self { seat_minimum, assigned, purchased: assigned.saturating_sub(seat_minimum) }
    }

    /// Seats that are paid for and assigned to nobody.
    pub fn unassigned(self) -> u32 {
        self.seat_minimum.saturating_sub(self.assigned)
    }

    /// What happens if so many more seats are assigned; a negative number takes seats away, down to none.
    pub fn preview(self, change: i64) -> Preview {
        let assigned = (i64::from(self.assigned).saturating_add(change)).clamp(0, i64::from(u32::MAX));
        let after = Self::new(self.seat_minimum, u32::try_from(assigned).unwrap_or(u32::MAX));
        Preview {
            after,
            unassigned_left: after.unassigned(),
            additional_to_purchase: after.purchased.saturating_sub(self.purchased),
            purchased_to_remove: self.purchased.saturating_sub(after.purchased),
            needs_purchase: self.needs_purchase(after.assigned),
        }
    }

    /// Crossing the minimum is a purchase, and so is growing beyond it.
    fn needs_purchase(self, assigned: u32) -> bool {
        let crosses = self.assigned <= self.seat_minimum && assigned > self.seat_minimum;
        let grows =
            self.assigned > self.seat_minimum && assigned > self.seat_minimum && assigned > self.assigned;
        crosses || grows
    }
}
