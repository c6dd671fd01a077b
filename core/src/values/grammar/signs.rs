//! What an item of the text is, in bits: so that most of what does not fit is seen at once.

use std::ops::{BitAnd, BitOr};

use super::pattern::Mark;
use super::role::Role;
use crate::values::literals::{Kind, Literal};
use crate::values::time::said::{Calendar, Unit};
use crate::values::words::{Class, Says};

/// A bit for each class of words, unit of time, role of a number, kind of digits, mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u128);

/// Years that dates in digits have in the Hijri calendar alone.
const HIJRI_YEARS: std::ops::RangeInclusive<u32> = 1350..=1500;

const UNITS: u32 = 76;
const ROLES: u32 = UNITS + 12;
const REST: u32 = ROLES + 29;

impl Signs {
    /// So many classes are told apart.
    pub(super) const CLASSES: usize = UNITS as usize;
    /// So many signs there are.
    pub(super) const COUNT: usize = 128;
    pub(super) const CLOCK: Self = Self::bit(REST);
    pub(super) const SURE_MONTH: Self = Self::bit(REST + 1);
    const DATE: Self = Self::bit(REST + 2);
    const HIJRI_DATE: Self = Self::bit(REST + 3);
    const MARKS: u32 = REST + 4;
    /// Of a way: nothing need follow.
    pub(super) const END: Self = Self::bit(127);

    const fn bit(at: u32) -> Self {
        Self(1 << at)
    }

    pub(super) fn class(class: Class) -> Self {
        // More classes there are not: the patterns are not compiled then.
        Self(1_u128.checked_shl(u32::from(class.index())).unwrap_or_default())
    }

    pub(super) const fn unit(unit: Unit) -> Self {
        Self::bit(UNITS + unit as u32)
    }

    /// Those of all units.
    pub(super) const fn any_unit() -> Self {
        Self((1 << ROLES) - (1 << UNITS))
    }

    pub(super) const fn role(role: Role) -> Self {
        Self::bit(ROLES + role as u32)
    }

    /// Those of several roles, a bit for each.
    pub(super) const fn roles(roles: u32) -> Self {
        Self((roles as u128) << ROLES)
    }

    pub(super) const fn date(calendar: Calendar) -> Self {
        match calendar {
            Calendar::Gregorian => Self::DATE,
            Calendar::Hijri => Self::HIJRI_DATE,
        }
    }

    pub(super) const fn mark(mark: Mark) -> Self {
        Self::bit(Self::MARKS + mark as u32)
    }

    /// What a word of time is.
    pub(super) fn word(class: Class, says: &Says) -> Self {
        Self::class(class) | says.unit.map(Self::unit).unwrap_or_default()
    }

    pub(super) fn literal(literal: &Literal) -> Self {
        match literal.kind {
            Kind::Date { year, .. } if HIJRI_YEARS.contains(&year) => Self::HIJRI_DATE,
            Kind::Date { .. } => Self::DATE,
            Kind::Clock { .. } => Self::CLOCK,
            Kind::Number { .. } => Self::default(),
        }
    }

    /// What a mark in the text is.
    pub(super) fn written(c: char) -> Self {
        Mark::of(c).map(Self::mark).unwrap_or_default()
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// With one more.
    pub(super) const fn with(self, sign: usize) -> Self {
        Self(self.0 | 1 << sign)
    }

    pub(super) const fn has(self, sign: usize) -> bool {
        self.0 >> sign & 1 != 0
    }

    /// Which signs these are.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let sign = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(sign)
        })
    }
}

impl BitAnd for Signs {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
