//! What an expression of time says by itself, before anything outside of it is asked.

use serde::Deserialize;

/// The calendar that days and months are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// The Gregorian one.
    #[default]
    Gregorian,
    /// The Hijri one, as Umm al-Qura has it.
    Hijri,
}

/// A unit of time, the longest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Century,
    Decade,
    Year,
    HalfYear,
    Quarter,
    Season,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

/// A season of the year, by the names of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of the day; the order is that of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartOfDay {
    /// فجر
    Dawn,
    /// صباح، ضحى
    Morning,
    /// ظهر
    Noon,
    /// بعد الظهر، عصر
    Afternoon,
    /// مساء، مغرب، عشاء
    Evening,
    /// ليل، ليلة
    Night,
    /// نهار
    Daytime,
}

/// Where in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stretch {
    /// مطلع، بداية
    Start,
    /// أوائل
    Early,
    /// منتصف، أواسط
    Mid,
    /// أواخر
    Late,
    /// نهاية، ختام
    End,
    /// بقية، باقي: from the anchor on
    Rest,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// 0 to 24, as it is written: of twelve hours where only `part` of the expression says which half is meant.
    pub(crate) hour: u8,
    /// 0 to 59.
    pub(crate) minute: Option<u8>,
    /// 0 to 59.
    pub(crate) second: Option<u8>,
    /// ص or م stands with it: whether it is after noon.
    pub(crate) after_noon: Option<bool>,
    /// Minutes east of Greenwich (`بتوقيت غرينتش`).
    pub(crate) offset: Option<i16>,
}

/// The n-th of something in what the other fields say: `الثلاثاء الثالث من أيلول`, `آخر يوم من الشهر`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nth {
    /// From 1; -1 is the last, -2 the one before it.
    pub(crate) n: i8,
    /// What is counted: the weekday of the expression where it has one, else this unit.
    pub(crate) of: Unit,
}

/// Which of several is meant: `الماضي`, `الجاري`, `المقبل`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Which {
    /// قبل الماضي
    BeforeLast,
    /// الماضي
    Last,
    /// الجاري، هذا
    This,
    /// المقبل
    Next,
    /// بعد المقبل
    AfterNext,
    /// نفسه، ذاته: that of the date before in the text.
    Same,
}

/// To which side of the anchor a length of time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    /// قبل ثلاثة أيام
    Before,
    /// بعد ثلاثة أيام
    After,
    /// منذ عام: from there to the anchor.
    Since,
    /// خلال أسبوعين (from the anchor)
    Within,
}

/// A length of one unit: `ثلاثة أشهر`. `thousandths` keeps fractions exact enough for units of time (`2.5 hours`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) thousandths: i64,
    pub(crate) unit: Unit,
}

/// A time, as far as an expression says it. All fields are what is written; what is absent is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Said {
    /// Of `year`, `month`, `day`.
    pub(crate) calendar: Calendar,
    /// The 21st: 21.
    pub(crate) century: Option<i32>,
    /// Its first year, 1980; below 100 where the century is not written (`الثمانينيات`: 80).
    pub(crate) decade: Option<i32>,
    /// In `calendar`; negative before Christ (`ق.م`).
    pub(crate) year: Option<i32>,
    /// 1 or 2.
    pub(crate) half: Option<u8>,
    /// 1 to 4.
    pub(crate) quarter: Option<u8>,
    pub(crate) season: Option<Season>,
    /// 1 to 12, in `calendar`.
    pub(crate) month: Option<u8>,
    /// 1 to 31, in `calendar`.
    pub(crate) day: Option<u8>,
    /// 1 (Monday) to 7 (Sunday), as ISO 8601 counts.
    pub(crate) weekday: Option<u8>,
    pub(crate) nth: Option<Nth>,
    pub(crate) clock: Option<Clock>,
    pub(crate) part: Option<PartOfDay>,
    pub(crate) stretch: Option<Stretch>,
    /// Said of the weekday, day, month, season, half … of the expression: `الثلاثاء المقبل`, `12 مارس الماضي`.
    pub(crate) which: Option<Which>,
    /// Days from the anchor: أمس -1, اليوم 0, بعد غد 2. The weekday or day beside it only says it again.
    pub(crate) days: Option<i32>,
    /// Weeks from the anchor's: الأسبوع الماضي -1. With a weekday: that day of that week.
    pub(crate) weeks: Option<i32>,
    /// Months from the anchor's: الشهر الجاري 0. With a day: that day of that month.
    pub(crate) months: Option<i32>,
    /// Quarters from the anchor's: الربع الماضي -1.
    pub(crate) quarters: Option<i32>,
    /// Years from the anchor's: العام الماضي -1; in `calendar`. With a month: that month of that year.
    pub(crate) years: Option<i32>,
    /// Decades (`العقد الماضي`) and centuries (`القرن الماضي`) from the anchor's.
    pub(crate) decades: Option<i32>,
    pub(crate) centuries: Option<i32>,
    /// Hours, minutes or seconds from the anchor's: الساعة الماضية -1.
    pub(crate) shift: Option<(Unit, i32)>,
    /// The end of the week that `weeks` says: عطلة نهاية الأسبوع.
    pub(crate) weekend: bool,
    /// The anchor's moment itself: الآن.
    pub(crate) now: bool,
    /// A length, the longest unit first: `عامان وثلاثة أشهر`.
    pub(crate) length: Vec<Length>,
    /// The text does not say how many there are of the unit of `length`: بضعة أيام.
    pub(crate) few: bool,
    /// Where the length goes from the anchor; of a length alone none.
    pub(crate) direction: Option<Direction>,
    /// The length is somebody's age: `عمره أربعون عاما`.
    pub(crate) age: bool,
    /// كل: a set (`كل يوم`, `كل خميس`).
    pub(crate) every: bool,
    /// The other end of a range, with what it has in common with the first end left out of one of them
    /// (`3 إلى 15 يونيو`: the first has a day alone).
    pub(crate) to: Option<Box<Said>>,
}
