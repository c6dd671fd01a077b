//! Changes to a gold article that carry its gold along.

use std::ops::Range;

use warraq_core::Span;
use warraq_core::segment::BlockKind;

use crate::gold::Article;

/// Whether an insertion at the end of a span is a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Of no span that begins or ends there: a tag of HTML.
    Outside,
    /// Of the line and the sentence, not of what is named or said there: a mark that nobody sees.
    OfLine,
}

/// What stands at `range` of the text is written as `with`. An insertion has an empty range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where, in bytes of the text before.
    pub range: Range<usize>,
    /// What stands there after.
    pub with: String,
    /// Of an insertion, to what it belongs.
    pub edge: Edge,
}

impl Edit {
    /// `with` instead of what is at `range`.
    pub fn replace(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into(), edge: Edge::Outside }
    }

    /// `with` between what is before and after `at`.
    pub fn insert(at: usize, with: impl Into<String>, edge: Edge) -> Self {
        Self { range: at..at, with: with.into(), edge }
    }
}

/// The article with `edits`, which are in order and do not overlap. Ends of spans that an edit swallows move to its
/// nearer end; spans are given up where nothing is left of them.
#[must_use]
pub fn apply(article: &Article, edits: &[Edit]) -> Article {
    let mut text = String::with_capacity(article.text.len() * 2);
    let mut moves = Vec::with_capacity(edits.len());
    let mut done = 0;
    for edit in edits {
        text.push_str(article.text.get(done..edit.range.start).unwrap_or_default());
        let begin = text.len();
        text.push_str(&edit.with);
        moves.push(Move { before: edit.range.clone(), after: begin..text.len(), edge: edit.edge });
        done = edit.range.end;
    }
    text.push_str(article.text.get(done..).unwrap_or_default());
    let map = Map { moves: &moves };

    let mut out = Article { text, ..article.clone() };
    let narrow = |span: &mut Span| {
        *span = map.span(*span, false);
        !span.is_empty()
    };
    let wide = |span: &mut Span| {
        let was_empty = span.is_empty();
        *span = map.span(*span, true);
        was_empty || !span.is_empty()
    };
    out.mentions.retain_mut(|mention| narrow(&mut mention.span));
    out.quotations.retain_mut(|quotation| narrow(&mut quotation.span));
    out.datelines.retain_mut(narrow);
    out.blocks.retain_mut(|block| wide(&mut block.span));
    out.sentences.retain_mut(wide);
    for key in ["title", "place", "source", "byline"] {
        // What is told of an article stands in its text, and is read there.
        if let Some(span) = place_of(article, key) {
            let carried = map.span(span, false).of(&out.text).to_owned();
            out.meta.insert(key.to_owned(), carried);
        }
    }
    out
}

struct Move {
    before: Range<usize>,
    after: Range<usize>,
    edge: Edge,
}

struct Map<'a> {
    moves: &'a [Move],
}

impl Map<'_> {
    fn span(&self, span: Span, wide: bool) -> Span {
        let Range { start, end } = span.range();
        let inside = |edge| wide && edge == Edge::OfLine;
        let begin = self.place(start, |edge| !inside(edge), true);
        let end = self.place(end, inside, false);
        Span::from_range(&(begin..end.max(begin)))
    }

    /// Where the place `at` is after the edits; `past` says of insertions there whether it is behind them.
    fn place(&self, at: usize, past: impl Fn(Edge) -> bool, is_begin: bool) -> usize {
        // All edits that end before `at`, and those insertions at it that it is past.
        let known = self.moves.partition_point(|one| one.before.end < at);
        let mut shift = known.checked_sub(1).and_then(|last| self.moves.get(last)).map_or((0, 0), ends);
        for one in self.moves.get(known..).unwrap_or_default() {
            if one.before.is_empty() && one.before.start == at {
                if past(one.edge) {
                    shift = ends(one);
                }
            } else if one.before.end == at {
                shift = ends(one);
            } else if one.before.start < at {
                return if is_begin { one.after.start } else { one.after.end };
            } else {
                break;
            }
        }
        shift.1 + (at - shift.0)
    }
}

fn ends(one: &Move) -> (usize, usize) {
    (one.before.end, one.after.end)
}

/// Where the text has what `meta` tells under `key`: in the block that such a thing stands in, else anywhere.
fn place_of(article: &Article, key: &str) -> Option<Span> {
    let value = article.meta.get(key).filter(|value| !value.is_empty())?;
    let kinds: &[BlockKind] = match key {
        "title" => &[BlockKind::Title],
        "place" => &[BlockKind::Dateline],
        "source" => &[BlockKind::Dateline, BlockKind::Source],
        _ => &[BlockKind::Byline],
    };
    let of_kinds =
        kinds.iter().flat_map(|kind| article.blocks.iter().filter(move |block| block.kind == *kind));
    let lines = article.datelines.iter().copied().filter(|_| kinds.contains(&BlockKind::Dateline));
    let whole = Span::from_range(&(0..article.text.len()));
    lines.chain(of_kinds.map(|block| block.span)).chain([whole]).find_map(|within| {
        let begin = within.range().start + within.of(&article.text).find(value.as_str())?;
        Some(Span::from_range(&(begin..begin + value.len())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::parse;

    fn article(content: &str) -> Article {
        parse("test", content).unwrap_or_else(|error| panic!("{error}"))
    }

    fn at(article: &Article, words: &str) -> Range<usize> {
        let begin = article.text.find(words).unwrap();
        begin..begin + words.len()
    }

    #[test]
    fn spans_move_with_their_text() {
        let before = article("paragraph\tزار [[PER a|سالم]] [[LOC b|الميناء]] ثم عاد");
        let edits = [
            Edit::replace(at(&before, "زار"), "وصل إلى بيت"),
            Edit::replace(at(&before, "سالم"), "نادر بن خالد"),
            Edit::replace(at(&before, " ثم"), ""),
        ];
        let after = apply(&before, &edits);
        assert_eq!(after.text, "وصل إلى بيت نادر بن خالد الميناء عاد");
        let surfaces: Vec<&str> = after.mentions.iter().map(|m| m.span.of(&after.text)).collect();
        assert_eq!(surfaces, ["نادر بن خالد", "الميناء"]);
        assert_eq!(after.blocks[0].span.of(&after.text), after.text);
    }

    #[test]
    fn insertions_belong_to_nothing_or_to_the_line() {
        let before = article("title\t[[DATE 2024|2024]]");
        let all = at(&before, "2024");
        for (edge, line) in [(Edge::Outside, "2024"), (Edge::OfLine, "<2024>")] {
            let edits = [Edit::insert(all.start, "<", edge), Edit::insert(all.end, ">", edge)];
            let after = apply(&before, &edits);
            assert_eq!(after.text, "<2024>");
            assert_eq!(after.mentions[0].span.of(&after.text), "2024");
            assert_eq!(after.blocks[0].span.of(&after.text), line);
            assert_eq!(after.sentences[0].of(&after.text), line);
        }
    }

    #[test]
    fn what_is_told_of_an_article_is_read_where_it_stands() {
        let before = article(
            "# title: زار تونس\n# place: تونس\ntitle\tزار تونس\nparagraph\t<<DATELINE|[[LOC t|تونس]] ->> زار",
        );
        let line = before.datelines[0].range();
        let after = apply(&before, &[Edit::replace(line.start..line.start + "تونس".len(), "صفاقس")]);
        assert_eq!((after.meta["title"].as_str(), after.meta["place"].as_str()), ("زار تونس", "صفاقس"));
    }

    #[test]
    fn what_nothing_is_left_of_is_given_up() {
        let before = article("paragraph\tزار [[PER a|سالم]] البلدة");
        let after = apply(&before, &[Edit::replace(at(&before, "سالم "), "")]);
        assert_eq!((after.text.as_str(), after.mentions.len()), ("زار البلدة", 0));
    }
}
