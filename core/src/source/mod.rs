//! From what the caller sent to text, and from bytes of the text to the caller's offsets.

mod decode;
mod html;
mod index;

pub use decode::{DecodeError, TooLong, charset_labels, decode};
pub use html::{check_data, reduce};
pub use index::{OffsetIndex, Unit};
