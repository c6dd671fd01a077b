//! Where to look among things that stand in a text in order: near their place, and not from end to end.

/// Of how many bytes a stretch of the text is, as a power of two.
const BITS: u32 = 5;

/// Of each stretch of a text, how many things stand before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guide(Vec<u32>);

impl Guide {
    /// To the things at `places`, which are in order.
    pub(crate) fn to(places: impl Iterator<Item = u32>) -> Self {
        let mut before = Vec::new();
        let mut count = 0;
        for place in places {
            let stretch = (place >> BITS) as usize;
            if before.len() <= stretch {
                before.resize(stretch + 1, count);
            }
            count += 1;
        }
        before.push(count);
        Self(before)
    }

    /// How many of `things` are before `place`, as `is_before` says it of those that stand in its stretch.
    pub(crate) fn before<T>(&self, things: &[T], place: usize, is_before: impl Fn(&T) -> bool) -> usize {
        let stretch = place >> BITS;
        let bound = |stretch: usize| self.0.get(stretch).map_or(things.len(), |&before| before as usize);
        let first = bound(stretch);
        first + things.get(first..bound(stretch + 1)).unwrap_or_default().partition_point(is_before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_before_a_place_is_counted() {
        for places in [&[][..], &[0], &[3, 3, 4, 31, 32, 40, 40, 200, 1000], &[700, 701], &[31, 64]] {
            let guide = Guide::to(places.iter().copied());
            for at in (0..1100).chain([usize::MAX >> 1]) {
                let count = |is_before: fn(u32, usize) -> bool| {
                    let before = guide.before(places, at, |&place| is_before(place, at));
                    assert_eq!(
                        before,
                        places.partition_point(|&place| is_before(place, at)),
                        "{at} {places:?}"
                    );
                };
                count(|place, at| (place as usize) < at);
                count(|place, at| place as usize <= at);
            }
        }
    }
}
