//! Measures what warraq says of texts against what people say of them.
//!
//! | module | what |
//! |---|---|
//! | [`gold`] | an article with what people say of it |
//! | [`markup`] | reads, writes and shows gold articles (`*.markup`) |
//! | [`conll`] | corpora of named entities |
//! | [`tsv`] | corpora of clitics |
//! | [`peers`] | test cases of other programs |
//! | [`mod@file`] | what is wrong with a file |
//! | [`corpus`] | which files there are, and what each is |
//! | [`left_out`] | what of them is not measured, and why |
//! | [`score`] | compares an article with its gold, layer by layer |
//! | [`bcubed`] | how well mentions are joined |
//! | [`scheme`] | our mentions in a corpus's own label scheme |
//! | [`mod@edit`] | changes to an article that carry its gold along |
//! | [`disturb`] | articles as feeds have them |
//! | [`swap`] | articles with other names |
//! | [`orthography`] | what the step `standard_orthography` restores |
//! | [`lexicons`] | the tables of names, read as rows |
//! | [`own`] | the corpus of our own: what breaks its rules, what it holds, how far two annotations agree |
//! | [`train`] | trains the tagger |
//! | [`random`] | chance that a seed determines |
//! | `groups` | figures of the articles of one kind |
//! | [`report`] | what is measured for the record, and what must not fall |
//! | [`run`] | measures files and adds up |

pub mod bcubed;
pub mod conll;
pub mod corpus;
pub mod disturb;
pub mod edit;
pub mod file;
pub mod gold;
mod groups;
pub mod left_out;
pub mod lexicons;
pub mod markup;
pub mod orthography;
pub mod own;
pub mod peers;
pub mod random;
pub mod report;
pub mod run;
pub mod scheme;
pub mod score;
pub mod swap;
pub mod train;
pub mod tsv;
