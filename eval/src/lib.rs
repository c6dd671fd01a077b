//! Measures what warraq says of texts against what people say of them.
//!
//! | module | what |
//! |---|---|
//! | [`gold`] | an article with what people say of it |
//! | [`markup`] | reads, writes and shows gold articles (`*.markup`) |
//! | [`score`] | compares the two, layer by layer |
//! | [`bcubed`] | how well mentions are joined |

pub mod bcubed;
pub mod gold;
pub mod markup;
pub mod score;
