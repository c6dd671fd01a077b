//! The script of a token.

use std::fmt;

/// The ISO 15924 code of a script (`Arab`); `Zyyy` for what has none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScriptCode([u8; 4]);

impl ScriptCode {
    pub(super) const COMMON: Self = Self(*b"Zyyy");
    pub(super) const ARABIC: Self = Self(*b"Arab");
    pub(super) const LATIN: Self = Self(*b"Latn");

    /// The code that Unicode gives a script.
    pub(super) fn new(code: &str) -> Self {
        code.as_bytes().try_into().map_or(Self::COMMON, Self)
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for ScriptCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for ScriptCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl PartialEq<&str> for ScriptCode {
    fn eq(&self, code: &&str) -> bool {
        self.as_str() == *code
    }
}
