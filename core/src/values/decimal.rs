//! Decimal numbers of any length, exact: an amount that was rounded would be a wrong answer.

/// A number that is not negative or is, with its digits as they count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// ASCII digits, without the point.
    digits: String,
    /// How many of them stand after the point.
    after_point: usize,
}

impl Decimal {
    /// The number that has these ASCII digits before and after its point.
    pub(super) fn new(whole: &str, fraction: &str) -> Self {
        debug_assert!(whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()));
        Self { negative: false, digits: [whole, fraction].concat(), after_point: fraction.len() }
    }

    /// `count` parts of `of`, to fifteen digits where it does not come out even.
    pub(super) fn fraction(count: u32, of: u32) -> Option<Self> {
        const PLACES: usize = 15;
        let scaled = u128::from(count).checked_mul(10_u128.pow(15))?;
        let quotient = (scaled + u128::from(of) / 2).checked_div(u128::from(of))?;
        Some(Self {
            negative: false,
            digits: format!("{quotient:0width$}", width = PLACES + 1),
            after_point: PLACES,
        })
    }

    /// The number, if it is whole and not large.
    pub(super) fn to_u32(&self) -> Option<u32> {
        if self.is_fraction() || self.negative {
            return None;
        }
        self.whole_digits().parse().ok()
    }

    /// In thousandths, if it has no more places than that.
    pub(super) fn thousandths(&self) -> Option<i64> {
        let (thousandths, rest) = self.cut_at_thousandths()?;
        rest.bytes().all(|digit| digit == b'0').then_some(thousandths)
    }

    /// In thousandths, rounded.
    pub(super) fn thousandths_rounded(&self) -> Option<i64> {
        let (thousandths, rest) = self.cut_at_thousandths()?;
        Some(thousandths + i64::from(rest.starts_with(['5', '6', '7', '8', '9'])))
    }

    /// The whole thousandths, and the digits behind them.
    fn cut_at_thousandths(&self) -> Option<(i64, &str)> {
        let whole = self.whole_digits();
        let places = self.digits.get(whole.len()..)?;
        let (first, rest) = places.split_at_checked(3).unwrap_or((places, ""));
        let scale = 10_i64.pow(3 - u32::try_from(first.len()).ok()?);
        let parts: i64 = if first.is_empty() { 0 } else { first.parse().ok()? };
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let thousandths = whole.checked_mul(1000)?.checked_add(parts * scale)?;
        Some((if self.negative { -thousandths } else { thousandths }, rest))
    }

    /// The digits before the point.
    fn whole_digits(&self) -> &str {
        self.digits.get(..self.digits.len().saturating_sub(self.after_point)).unwrap_or_default()
    }

    /// Whether it has anything behind its point.
    pub(super) fn is_fraction(&self) -> bool {
        let point = self.digits.len().saturating_sub(self.after_point);
        self.digits.get(point..).is_some_and(|places| places.bytes().any(|digit| digit != b'0'))
    }

    /// The power of ten that it is.
    pub(super) fn power_of_ten(&self) -> Option<u8> {
        let zeros = self.written();
        let zeros = zeros.strip_prefix('1')?;
        zeros.bytes().all(|digit| digit == b'0').then(|| u8::try_from(zeros.len()).ok())?
    }

    /// The number divided by ten to the power of `power`.
    pub(super) fn divided_by_ten(mut self, power: u8) -> Self {
        let power = usize::from(power);
        self.after_point += power;
        let missing = (self.after_point + 1).saturating_sub(self.digits.len());
        self.digits.insert_str(0, &"0".repeat(missing));
        self
    }

    pub(super) fn is_negative(&self) -> bool {
        self.negative
    }

    pub(super) fn negated(mut self) -> Self {
        self.negative = !self.negative;
        self
    }

    /// Ten to the power of `power` times the number.
    pub(super) fn scaled(mut self, power: u8) -> Self {
        let power = usize::from(power);
        let zeros = power.saturating_sub(self.after_point);
        self.digits.extend(std::iter::repeat_n('0', zeros));
        self.after_point = self.after_point.saturating_sub(power);
        self
    }

    /// Whether the number is smaller than ten to the power of `power`, its sign aside.
    pub(super) fn is_below(&self, power: u8) -> bool {
        let whole = self.digits.len().saturating_sub(self.after_point);
        self.digits
            .get(..whole)
            .is_some_and(|whole| whole.trim_start_matches('0').len() <= usize::from(power))
    }

    /// The sum of two numbers that are not negative.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        if self.negative || other.negative {
            return None;
        }
        let after_point = self.after_point.max(other.after_point);
        let digits_from_right = |number: &Self| {
            let zeros = std::iter::repeat_n(0, after_point - number.after_point);
            zeros.chain(number.digits.bytes().rev().map(|b| b - b'0')).collect::<Vec<u8>>()
        };
        let (a, b) = (digits_from_right(self), digits_from_right(other));
        let mut carry = 0;
        let mut sum: Vec<u8> = Vec::with_capacity(a.len().max(b.len()) + 1);
        for place in 0..=a.len().max(b.len()) {
            let digit = |of: &[u8]| of.get(place).copied().unwrap_or_default();
            let total = digit(&a) + digit(&b) + carry;
            sum.push(b'0' + total % 10);
            carry = total / 10;
        }
        sum.reverse();
        Some(Self { negative: false, digits: String::from_utf8(sum).ok()?, after_point })
    }

    /// The number in ASCII, without superfluous zeros.
    pub(super) fn written(&self) -> String {
        let point = self.digits.len().saturating_sub(self.after_point);
        let (whole, fraction) = self.digits.split_at_checked(point).unwrap_or((&self.digits, ""));
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.negative && !(whole.is_empty() && fraction.is_empty()) { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        [sign, if whole.is_empty() { "0" } else { whole }, point, fraction].concat()
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self { negative: false, digits: number.to_string(), after_point: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_superfluous_zeros() {
        let written = |whole, fraction| Decimal::new(whole, fraction).written();
        assert_eq!(written("007", "50"), "7.5");
        assert_eq!(written("0", "00"), "0");
        assert_eq!(Decimal::new("0", "").negated().written(), "0");
        assert_eq!(Decimal::new("5", "2").negated().written(), "-5.2");
    }

    #[test]
    fn scaling_and_adding_are_exact() {
        assert_eq!(Decimal::new("1", "2").scaled(9).written(), "1200000000");
        assert_eq!(Decimal::new("1", "23456").scaled(3).written(), "1234.56");
        let sum = Decimal::new("5", "").scaled(6).plus(&Decimal::new("300", "5").scaled(3));
        assert_eq!(sum.map(|s| s.written()).as_deref(), Some("5300500"));
        let carried = Decimal::new("999", "9").plus(&Decimal::new("0", "1"));
        assert_eq!(carried.map(|s| s.written()).as_deref(), Some("1000"));
        assert!(Decimal::new("999", "").is_below(3) && !Decimal::new("1000", "").is_below(3));
    }
}
