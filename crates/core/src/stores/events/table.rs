use std::{cmp::Ordering, rc::Rc};

/// Few different values, each kept once and known by a number.
pub(super) struct Table<T> {
    values: Vec<T>,
    /// The numbers, in the order of their values.
    sorted: Vec<u32>,
    /// The number that was asked for last, since events that come together have much in common.
    last: u32,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { values: Vec::new(), sorted: Vec::new(), last: 0 }
    }
}

impl<T: Clone + Ord> Table<T> {
    pub(super) fn get(&self, number: u32) -> Option<T> {
        self.values.get(number as usize).cloned()
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// The number of a value, which is added if it is new.
    pub(super) fn number(&mut self, value: T) -> u32 {
        self.find_or_add(&|known| known.cmp(&value), &|| value.clone())
    }

    fn find_or_add(&mut self, compare: &dyn Fn(&T) -> Ordering, make: &dyn Fn() -> T) -> u32 {
        let held = |number: u32| self.values.get(number as usize).map_or(Ordering::Less, compare);
        if held(self.last) == Ordering::Equal {
            return self.last;
        }
        self.last = match self.sorted.binary_search_by(|number| held(*number)) {
            Ok(place) => self.sorted.get(place).copied().unwrap_or(u32::MAX),
            Err(place) => {
                let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
                self.values.push(make());
                self.sorted.insert(place, number);
                number
            }
        };
        self.last
    }
}

impl Table<Rc<str>> {
    /// The number of a text, of which a copy is added if it is new.
    pub(super) fn text(&mut self, text: &str) -> u32 {
        self.find_or_add(&|known| (**known).cmp(text), &|| text.into())
    }
}
