//! Days of the calendar, the seats on them, and what a part of a period is of the whole.

mod calendar;
mod cycle;
mod levels;
pub mod proration;

pub use calendar::{Day, NotADay, Period};
pub use cycle::{Cadence, Cycle};
pub use levels::{Change, LevelError, Levels};
