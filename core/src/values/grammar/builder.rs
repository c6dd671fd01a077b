//! What has been read of an expression.

use super::role::Role;
use crate::values::time::said::{Calendar, Clock, Length, Nth, PartOfDay, Said, Unit, Which};
use crate::values::words::Says;

/// What has been read of an expression.
#[derive(Clone, Debug, Default)]
pub(super) struct Builder {
    pub(super) said: Said,
    first: Option<Said>,
    unit: Option<Unit>,
    this: bool,
    nth: Option<i8>,
    pub(super) nth_unit: Option<Unit>,
    count: Option<i64>,
    pub(super) outside: usize,
    pub(super) aside: bool,
}

fn set<T: PartialEq>(field: &mut Option<T>, value: T) -> bool {
    if let Some(known) = field {
        return *known == value;
    }
    *field = Some(value);
    true
}

impl Builder {
    /// Adds what a word says, unless something else was said.
    pub(super) fn merge(&mut self, says: &Says) -> bool {
        let said = &mut self.said;
        let mut fits = true;
        macro_rules! take {
            ($($field:ident),*) => { $( if let Some(value) = says.$field { fits &= set(&mut said.$field, value); } )* };
        }
        take!(days, weekday, season, stretch, month, day, decade, quarter, half, direction);
        if let Some(part) = says.part {
            // `بعد الظهر ... مساء`: both of the second half of the day.
            let late = |part: PartOfDay| (PartOfDay::Afternoon..=PartOfDay::Night).contains(&part);
            fits &= said.part.is_none_or(|known| known == part || late(known) && late(part));
            said.part = Some(part);
        }
        if let Some(hour) = says.hour {
            let clock =
                Clock { hour, minute: None, second: None, after_noon: Some(hour >= 12), offset: None };
            fits &= set(&mut said.clock, clock);
        }
        said.few |= says.few;
        if says.weekend {
            said.weekend = true;
            fits &= if std::mem::take(&mut self.this) {
                shift(said, Unit::Week, Which::This)
            } else {
                set(&mut self.unit, Unit::Week)
            };
        }
        if let Some(which) = says.which {
            fits &= match self.unit.take() {
                Some(unit) => shift(said, unit, which),
                // `هذا`: what it points to is said behind it.
                None if which == Which::This && !self.this => {
                    self.this = true;
                    true
                }
                None => set(&mut said.which, which),
            };
        }
        if let Some(hour_half) = says.after_noon {
            match &mut self.said.clock {
                Some(clock) => clock.after_noon = Some(hour_half),
                None => return false,
            }
        }
        if let Some(offset) = says.offset {
            match &mut self.said.clock {
                Some(clock) => clock.offset = Some(offset),
                None => return false,
            }
        }
        if let Some(nth) = says.nth {
            fits &= set(&mut self.nth, nth);
        }
        self.said.now |= says.now;
        self.said.every |= says.every;
        if says.hijri {
            self.said.calendar = Calendar::Hijri;
        }
        if says.before_christ {
            self.said.year = self.said.year.map(|year| -year);
        }
        fits
    }

    pub(super) fn unit(&mut self, unit: Unit) -> bool {
        if std::mem::take(&mut self.this) {
            return shift(&mut self.said, unit, Which::This);
        }
        if self.said.which == Some(Which::Same) {
            return true;
        }
        set(&mut self.unit, unit)
    }

    pub(super) fn length(&mut self, unit: Unit, dual: bool) -> bool {
        let thousandths = match self.count.take() {
            Some(_) if dual => return false,
            Some(count) => count,
            None if dual => 2000,
            None => 1000,
        };
        self.said.length.push(Length { thousandths, unit });
        true
    }

    /// The number behind a unit says how many there are of it: `الأيام الثلاثة`.
    pub(super) fn counted_before(&mut self) -> bool {
        let Some((length, count)) = self.said.length.last_mut().zip(self.count.take()) else { return false };
        length.thousandths = count;
        true
    }

    pub(super) fn day(&mut self, calendar: Calendar, year: u32, month: u32, day: u32) -> bool {
        self.said.calendar = calendar;
        let (Ok(year), Ok(month), Ok(day)) = (i32::try_from(year), u8::try_from(month), u8::try_from(day))
        else {
            return false;
        };
        set(&mut self.said.year, year) && set(&mut self.said.month, month) && set(&mut self.said.day, day)
    }

    pub(super) fn clock(&mut self, clock: Clock) -> bool {
        set(&mut self.said.clock, clock)
    }

    /// Adds a number in its role, as [`Role::number`] gives it.
    pub(super) fn number(&mut self, role: Role, number: i64, quiet: bool) -> Option<bool> {
        let Self { said, count, nth, .. } = self;
        let byte = || u8::try_from(number).ok();
        let year = || i32::try_from(number).ok();
        Some(match role {
            Role::ListedDay => true,
            Role::Hour | Role::HourDigits | Role::TheClockHour => {
                let clock =
                    Clock { hour: byte()?, minute: None, second: None, after_noon: None, offset: None };
                set(&mut said.clock, clock)
            }
            Role::HourAndPart => {
                let clock = Clock {
                    hour: u8::try_from(number / 60).ok()?,
                    minute: u8::try_from(number % 60).ok(),
                    second: None,
                    after_noon: None,
                    offset: None,
                };
                set(&mut said.clock, clock)
            }
            Role::Minute | Role::HourFraction | Role::MinusMinute | Role::MinusFraction => {
                let clock = said.clock.as_mut().filter(|clock| clock.minute.is_none())?;
                if matches!(role, Role::MinusMinute | Role::MinusFraction) {
                    clock.hour = if clock.hour <= 1 { 12 } else { clock.hour - 1 };
                    clock.minute = 60_u8.checked_sub(byte()?);
                } else {
                    clock.minute = byte();
                }
                true
            }
            Role::Count | Role::CountBehind | Role::FractionCount => set(count, number),
            Role::HalfMore => {
                let last = said.length.last_mut()?;
                last.thousandths = last.thousandths.checked_add(number)?;
                true
            }
            Role::Nth | Role::TheNth => set(nth, i8::try_from(number).ok()?),
            Role::Age => {
                said.length.push(Length { thousandths: number.checked_mul(1000)?, unit: Unit::Year });
                true
            }
            Role::AnyYear => set(&mut said.year, year()?),
            Role::TheQuarter => set(&mut said.quarter, byte()?),
            Role::TheHalf => set(&mut said.half, byte()?),
            Role::Century => set(&mut said.century, year()?),
            _ if quiet => true,
            Role::OrdinalDay => {
                // `الثلاثاء الثالث` may be the third one.
                if said.weekday.is_some() && number <= 5 {
                    said.nth = Some(Nth { n: i8::try_from(number).ok()?, of: Unit::Day });
                }
                set(&mut said.day, byte()?)
            }
            Role::Day => set(&mut said.day, byte()?),
            Role::MonthNumber => set(&mut said.month, byte()?),
            Role::HijriYear => {
                said.calendar = Calendar::Hijri;
                set(&mut said.year, year()?)
            }
            Role::Year | Role::RecentYear | Role::YearInWords | Role::SpelledYear | Role::OldYear => {
                set(&mut said.year, year()?)
            }
        })
    }

    /// Ends what was said so far: what follows is the other end of a range. `false` where it cannot end there.
    pub(super) fn other_end(&mut self) -> bool {
        let outside = self.outside;
        let first = std::mem::take(self).close();
        *self = Self { first, outside, ..Self::default() };
        self.first.is_some()
    }

    /// What was said, without the other end of a range.
    fn close(mut self) -> Option<Said> {
        if self.this {
            set(&mut self.said.which, Which::This);
        }
        if self.said.weekend && self.unit.take().is_some() {
            shift(&mut self.said, Unit::Week, Which::This);
        }
        if let Some(n) = self.nth {
            self.said.nth = Some(Nth { n, of: self.nth_unit.unwrap_or(Unit::Day) });
        }
        // A count without what it counts, a unit without a place.
        if self.count.is_some() {
            return None;
        }
        Some(self.said)
    }

    pub(super) fn finish(mut self) -> Option<Said> {
        let first = self.first.take();
        let last = self.close()?;
        Some(match first {
            Some(mut first) => {
                first.to = Some(Box::new(last));
                first
            }
            None => last,
        })
    }
}

/// Says that a unit is so far from the anchor's.
fn shift(said: &mut Said, unit: Unit, which: Which) -> bool {
    let by = match which {
        Which::BeforeLast => -2,
        Which::Last => -1,
        Which::This => 0,
        Which::Next => 1,
        Which::AfterNext => 2,
        Which::Same => return set(&mut said.which, Which::Same),
    };
    let field = match unit {
        Unit::Day => &mut said.days,
        Unit::Week => &mut said.weeks,
        Unit::Month => &mut said.months,
        Unit::Quarter => &mut said.quarters,
        Unit::Year => &mut said.years,
        Unit::Decade => &mut said.decades,
        Unit::Century => &mut said.centuries,
        Unit::Hour | Unit::Minute | Unit::Second => return set(&mut said.shift, (unit, by)),
        Unit::HalfYear | Unit::Season => return false,
    };
    set(field, by)
}
