/// Which way a quotation mark faces by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facing {
    Open,
    Close,
    Straight,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) character: char,
    /// Double, not single.
    pub(super) double: bool,
    pub(super) facing: Facing,
}
