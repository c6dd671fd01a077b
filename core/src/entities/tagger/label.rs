//! What a word is to a name: outside of all, the first word of one, or a further one (IOB2).

use crate::entities::EntityType;

/// The types that the tagger learned, in the order of its weights. What has a closed grammar (dates, amounts) is
/// found by that.
pub const KINDS: [EntityType; 6] = [
    EntityType::Person,
    EntityType::Organization,
    EntityType::Location,
    EntityType::Event,
    EntityType::Nationality,
    EntityType::Role,
];

/// How many labels there are: outside, and of each type its first word and the further ones.
pub const LABELS: usize = 1 + 2 * KINDS.len();

/// The label of a word in no name.
pub const OUTSIDE: usize = 0;

/// The label of the first word of a name of the type at `kind` of [`KINDS`].
pub const fn begins(kind: usize) -> usize {
    1 + kind
}

/// The label of a further word of such a name.
pub const fn inside(kind: usize) -> usize {
    1 + KINDS.len() + kind
}

/// The place of `kind` in [`KINDS`].
pub fn place(kind: EntityType) -> Option<usize> {
    KINDS.iter().position(|&known| known == kind)
}

/// Whether `next` may stand behind `label` (`None`: at the head of a line): a name goes on only where it began.
pub const fn may_follow(label: Option<usize>, next: usize) -> bool {
    let kinds = KINDS.len();
    if next <= kinds {
        return true;
    }
    match label {
        Some(label) => label == next || label + kinds == next,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_on_where_it_began() {
        for kind in 0..KINDS.len() {
            assert!(
                may_follow(Some(begins(kind)), inside(kind)) && may_follow(Some(inside(kind)), inside(kind))
            );
            assert!(!may_follow(Some(OUTSIDE), inside(kind)) && !may_follow(None, inside(kind)));
            assert!(may_follow(None, begins(kind)) && may_follow(Some(inside(kind)), begins(kind)));
        }
        assert!(!may_follow(Some(begins(0)), inside(1)) && !may_follow(Some(inside(1)), inside(0)));
        assert!(inside(KINDS.len() - 1) == LABELS - 1 && place(KINDS[2]) == Some(2));
    }
}
