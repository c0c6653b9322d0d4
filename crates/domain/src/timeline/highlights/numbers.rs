/// Numbers by pairs of numbers, without the language's own maps: those are slower, and a kilobyte for each type.
#[derive(Default)]
pub(super) struct Numbers {
    /// Key and number; its length is a power of two, and a fourth of it is free.
    slots: Vec<(u64, u32)>,
    count: usize,
}

/// No pair makes this key: the numbers of what is not there are not looked up.
const FREE: u64 = u64::MAX;

pub(super) fn pair(one: u32, other: u32) -> u64 {
    u64::from(one) << 32 | u64::from(other)
}

impl Numbers {
    /// The number of the key; if it has none, it gets this one, which is said by `true`.
    pub(super) fn get_or(&mut self, key: u64, number: u32) -> (u32, bool) {
        if self.count * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let place = self.place(key);
        match self.slots.get_mut(place) {
            Some((known, number)) if *known == key => (*number, false),
            Some(slot) => {
                *slot = (key, number);
                self.count += 1;
                (number, true)
            }
            None => (number, true),
        }
    }

    /// The number of the key.
    pub(super) fn get(&self, key: u64) -> Option<u32> {
        self.slots.get(self.place(key)).filter(|(known, _)| *known == key).map(|(_, number)| *number)
    }

    /// Where the key stands, or the free place where it would.
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mixed = (key ^ key >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut place = (mixed >> 32) as usize & mask;
        while self.slots.get(place).is_some_and(|(known, _)| *known != key && *known != FREE) {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let larger = vec![(FREE, 0); (self.slots.len() * 2).max(64)];
        for (key, number) in std::mem::replace(&mut self.slots, larger) {
            if key != FREE {
                let place = self.place(key);
                if let Some(slot) = self.slots.get_mut(place) {
                    *slot = (key, number);
                }
            }
        }
    }
}
