use portal_bridge::UserId;
use portal_wire::DeviceType;

use super::days::MINUTE;
use crate::calendar::Dice;

#[rustfmt::skip]
const FIRST: [&str; 48] = [
    "Aisha", "Alba", "Anders", "Anouk", "Arjun", "Astrid", "Beatriz", "Bilal", "Carla", "Cédric", "Chidi", "Clara",
    "Daan", "Dario", "Elif", "Emre", "Esther", "Farah", "Felix", "Freya", "Gita", "Hana", "Hugo", "Imani",
    "Ines", "Ivo", "Jakub", "Joan", "Kaito", "Karin", "Lars", "Leila", "Lucía", "Malik", "Marta", "Mateo",
    "Nadia", "Niko", "Olga", "Owen", "Paula", "Rafael", "Rosa", "Samir", "Sanne", "Tariq", "Uma", "Zofia",
];
#[rustfmt::skip]
const LAST: [&str; 47] = [
    "Abbott", "Achterberg", "Ahmadi", "Almeida", "Baptiste", "Barros", "Bergström", "Boateng", "Castillo", "Cohen", "Dahl",
    "Demir", "Dubois", "Eriksen", "Farrell", "Ferrari", "Fischer", "Gallagher", "Garcia", "Haas", "Hassan", "Ito", "Jansen",
    "Kapoor", "Keller", "Kovács", "Larsen", "Lefèvre", "Mbeki", "Mercer", "Moreau", "Nakamura", "Novak", "Oduya", "Osman",
    "Park", "Petrova", "Quinn", "Ramos", "Rossi", "Schmid", "Silva", "Tanaka", "Ueda", "Vargas", "Weber", "Yilmaz",
];

/// A name; it repeats after two thousand people, as names do.
pub(super) fn name(number: usize) -> String {
    let of = |list: &[&'static str], index: usize| list.get(index % list.len()).copied().unwrap_or_default();
    format!("{} {}", of(&FIRST, number), of(&LAST, number))
}

/// Somebody who works, with their habits.
pub(super) struct Worker {
    pub(super) user: UserId,
    desk: DeviceType,
    pocket: DeviceType,
    office: String,
    home: String,
    /// When the day begins, in minutes after midnight.
    begins: i64,
}

/// Where somebody is for a while.
#[derive(Clone)]
pub(super) struct Seat {
    pub(super) device: DeviceType,
    pub(super) address: String,
}

impl Worker {
    pub(super) fn new(user: UserId, office: &str, dice: &mut Dice) -> Self {
        let one = |numbers: &[i32], dice: &mut Dice| {
            DeviceType::from_number(numbers.get(dice.index(numbers.len())).copied().unwrap_or_default())
        };
        Self {
            user,
            desk: one(&[2, 2, 2, 3, 5, 6, 7, 9, 9, 10, 12, 17], dice),
            pocket: one(&[0, 1, 1], dice),
            office: office.to_owned(),
            home: address(dice),
            begins: 6 * 60 + i64::try_from(dice.below(4 * 60)).unwrap_or_default(),
        }
    }

    /// Where they sit down for a session.
    pub(super) fn seat(&self, dice: &mut Dice) -> Seat {
        let device = if dice.chance(12) { self.pocket } else { self.desk };
        let address = if dice.chance(25) { &self.home } else { &self.office };
        Seat { device, address: address.clone() }
    }

    /// A moment of a day at which they work.
    pub(super) fn at_work(&self, midnight: i64, dice: &mut Dice) -> i64 {
        let minutes = self.begins + i64::try_from(dice.below(9 * 60)).unwrap_or_default();
        midnight + minutes * MINUTE + i64::try_from(dice.below(60_000)).unwrap_or_default()
    }

    /// The moment at which their day begins.
    pub(super) fn first_thing(&self, midnight: i64, dice: &mut Dice) -> i64 {
        midnight + self.begins * MINUTE + i64::try_from(dice.below(20 * 60_000)).unwrap_or_default()
    }
}

/// An address out of those set aside for measurements (198.18.0.0/15).
pub(super) fn address(dice: &mut Dice) -> String {
    format!("198.{}.{}.{}", 18 + dice.below(2), dice.below(256), 1 + dice.below(254))
}
