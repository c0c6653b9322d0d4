//! What an event means, in words a person would use.

mod addresses;
mod category;
mod device;
pub mod export;
pub mod highlights;
mod names;
mod sentence;
mod twins;
mod words;

pub use addresses::AddressRange;
pub use category::{Category, category};
pub use device::{device_name, device_short};
pub use names::{Named, Names};
pub use sentence::{Part, Sentence, actor, place, sentence, what};
pub use twins::{LogId, TWINS_MS, same_happening};
pub use words::{Slot, Weight, Words, words};
