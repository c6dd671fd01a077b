//! Numbers out of a model's bytes.

/// Bytes that are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model {0}")]
pub struct Malformed(pub(super) &'static str);

/// What is left to read.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    /// All of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Malformed("ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn four(&mut self) -> Result<[u8; 4], Malformed> {
        self.take(4)?.try_into().map_err(|_| Malformed("ends too early"))
    }

    /// The next four bytes as a number, the lowest first.
    pub(super) fn number(&mut self) -> Result<u32, Malformed> {
        self.four().map(u32::from_le_bytes)
    }

    /// The next two bytes as a number, the lowest first.
    pub(super) fn small(&mut self) -> Result<i16, Malformed> {
        let two = self.take(2)?.try_into().map_err(|_| Malformed("ends too early"))?;
        Ok(i16::from_le_bytes(two))
    }

    /// The next four bytes as a finite number.
    pub(super) fn float(&mut self) -> Result<f32, Malformed> {
        let number = f32::from_le_bytes(self.four()?);
        number.is_finite().then_some(number).ok_or(Malformed("has a number that is none"))
    }

    /// Fails where something is left.
    pub(super) fn end(self) -> Result<(), Malformed> {
        self.0.is_empty().then_some(()).ok_or(Malformed("goes on behind its end"))
    }
}
