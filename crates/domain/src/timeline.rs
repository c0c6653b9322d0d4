//! What an event means, in words a person would use.

mod category;
mod device;
mod names;
mod sentence;
mod words;

pub use category::{Category, category};
pub use device::{device_name, device_short};
pub use names::{Named, Names};
pub use sentence::{Part, Sentence, actor, place, sentence, what};
pub use words::{Slot, Weight, Words, words};
