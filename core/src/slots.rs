//! Numbers by hashes, in one block of memory that is far larger than what is near: who asks for many asks for all
//! before he looks at the first, so that the memory is waited for once.

/// What stands at a place: nothing where the key is 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    pub(crate) key: u32,
    pub(crate) value: u32,
}

/// Values by keys that are hashes: their bits are as good as any others. None has the key 0; several may have the same.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    /// A power of two, at most two of five taken.
    places: Vec<Slot>,
}

impl Default for Slots {
    fn default() -> Self {
        Self::with_room(0)
    }
}

impl Slots {
    /// Room for so many values.
    pub(crate) fn with_room(count: usize) -> Self {
        Self { places: vec![Slot::default(); (count * 5 / 2 + 1).next_power_of_two()] }
    }

    /// Puts a value in, which must have room; false where its key is 0.
    pub(crate) fn insert(&mut self, key: u32, value: u32) -> bool {
        let mut at = self.place(key);
        while self.places.get(at).is_some_and(|slot| slot.key != 0) {
            at = self.next(at);
        }
        match self.places.get_mut(at) {
            Some(slot) if key != 0 => *slot = Slot { key, value },
            _ => return false,
        }
        true
    }

    /// What stands where `key` does if no other stands there.
    #[inline]
    pub(crate) fn first(&self, key: u32) -> Slot {
        self.places.get(self.place(key)).copied().unwrap_or_default()
    }

    /// The value of `key`, of which [`Self::first`] gave that.
    #[inline]
    pub(crate) fn behind(&self, first: Slot, key: u32) -> Option<u32> {
        match first.key {
            0 => None,
            other if other == key => Some(first.value),
            _ => self.all(key).next(),
        }
    }

    /// The value of `key`.
    #[inline]
    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        self.behind(self.first(key), key)
    }

    /// The number of `key`, which is `next` if it has none yet.
    pub(crate) fn number_of(&mut self, key: u32, next: usize) -> usize {
        let known = self.get(key).map(|number| number as usize);
        known.unwrap_or_else(|| {
            self.insert(key, u32::try_from(next).unwrap_or(u32::MAX));
            next
        })
    }

    /// All values of `key`, in the order in which they were put in.
    pub(crate) fn all(&self, key: u32) -> impl Iterator<Item = u32> {
        let mut at = self.place(key);
        std::iter::from_fn(move || {
            loop {
                let slot = self.places.get(at).filter(|slot| slot.key != 0)?;
                at = self.next(at);
                if slot.key == key {
                    return Some(slot.value);
                }
            }
        })
    }

    /// All of them, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Slot> {
        self.places.iter().copied().filter(|slot| slot.key != 0)
    }

    #[inline]
    fn place(&self, key: u32) -> usize {
        (key >> 1) as usize & (self.places.len() - 1)
    }

    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.places.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let mut slots = Slots::with_room(2_000);
        let key = |number: u32| number.wrapping_mul(0x9E37_79B9) | 1;
        assert!((1..1_999).all(|number| slots.insert(key(number), number)));
        assert!(slots.insert(key(7), 9) && !slots.insert(0, 3));
        assert!((8..1_999).all(|number| slots.get(key(number)) == Some(number)));
        assert_eq!(slots.all(key(7)).collect::<Vec<_>>(), [7, 9]);
        assert_eq!((slots.get(2), slots.iter().count()), (None, 1_999));
        assert_eq!(Slots::default().get(5), None);
    }
}
