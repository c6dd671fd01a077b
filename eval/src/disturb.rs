//! Clean text is not what feeds send: an article as hurried writers, other systems and web pages have it, with its
//! gold carried along.
//!
//! Each disturbance draws from its own stream of chance, which the seed, its name and the text determine.

use std::ops::Range;

use warraq_core::segment::BlockKind;

use crate::edit::{Edge, Edit, apply};
use crate::gold::Article;
use crate::random::Random;
use crate::score::Layer;

/// A way in which text is not clean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disturbance {
    /// Hard line ends within blocks, at about 70 characters.
    Wrap,
    /// All line ends are one space; blocks are then not scored.
    OneLine,
    /// Lines end as Windows ends them.
    CrLf,
    /// A page of HTML with tags and entities, of which spans are.
    Html,
    /// Spaces after stops and commas, and at brackets, are left out here and there.
    NoSpace,
    /// أ إ آ are written ا.
    NoHamza,
    /// In some blocks ي at the end of words is written ى, in the others ى is written ي.
    NoYa,
    /// ة is written ه.
    NoTaa,
    /// Words are drawn long here and there.
    Tatweel,
    /// Digits are ٠١٢٣٤٥٦٧٨٩.
    IndicDigits,
    /// Some letters have their vowels.
    Vowels,
    /// Numbers and Latin words stand between marks of direction.
    Bidi,
}

impl Disturbance {
    /// All, in the order in which they are applied and shown: HTML is made of what the others leave.
    pub const ALL: [Self; 12] = [
        Self::NoSpace,
        Self::NoHamza,
        Self::NoYa,
        Self::NoTaa,
        Self::Vowels,
        Self::Tatweel,
        Self::IndicDigits,
        Self::Bidi,
        Self::Wrap,
        Self::OneLine,
        Self::CrLf,
        Self::Html,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wrap => "wrap",
            Self::OneLine => "oneline",
            Self::CrLf => "crlf",
            Self::Html => "html",
            Self::NoSpace => "nospace",
            Self::NoHamza => "nohamza",
            Self::NoYa => "noya",
            Self::NoTaa => "notaa",
            Self::Tatweel => "tatweel",
            Self::IndicDigits => "indicdigits",
            Self::Vowels => "vowels",
            Self::Bidi => "bidi",
        }
    }

    /// The disturbance of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|disturbance| disturbance.name() == name)
    }

    /// The layers of which the disturbed article says nothing.
    pub const fn unscored(self) -> &'static [Layer] {
        match self {
            Self::OneLine => &[Layer::Blocks],
            _ => &[],
        }
    }

    /// The disturbed article.
    #[must_use]
    pub fn apply(self, article: &Article, seed: u64) -> Article {
        let mut random = Random::new(seed, &[self.name(), &article.text]);
        let random = &mut random;
        let letters = Letters::new(&article.text);
        let edits = match self {
            Self::Wrap => wrap(article, random),
            Self::OneLine => one_line(&article.text),
            Self::CrLf => letters.each(|letter| (letter.c == '\n').then(|| "\r\n".to_owned())),
            Self::Html => html(article, random),
            Self::NoSpace => no_space(&letters, random),
            Self::NoHamza => letters.each(|letter| "أإآ".contains(letter.c).then(|| "ا".to_owned())),
            Self::NoYa => no_ya(article, &letters, random),
            Self::NoTaa => letters.each(|letter| (letter.c == 'ة').then(|| "ه".to_owned())),
            Self::Tatweel => tatweel(&letters, random),
            Self::IndicDigits => letters.each(|letter| indic(letter.c).map(String::from)),
            Self::Vowels => vowels(&letters, random),
            Self::Bidi => bidi(&article.text, random),
        };
        let mut disturbed = apply(article, &edits);
        if self == Self::OneLine {
            disturbed.blocks.clear();
        }
        disturbed.html |= self == Self::Html;
        disturbed
    }
}

/// How wide lines are at most before a word goes to the next, about: a system counts its own way.
const WIDTH: Range<usize> = 66..75;
/// The share of places where a hurried writer forgets a space.
const FORGOTTEN: f64 = 0.3;
/// The share of words that are drawn long.
const DRAWN: f64 = 0.1;
/// The share of words that have vowels, and of their letters.
const VOWELLED: (f64, f64) = (0.4, 0.6);
/// The share of numbers and Latin words with marks of direction.
const MARKED: f64 = 0.7;

/// A letter and its neighbours.
#[derive(Clone, Copy)]
struct Letter {
    at: usize,
    before: Option<char>,
    c: char,
    after: Option<char>,
}

struct Letters(Vec<Letter>);

impl Letters {
    fn new(text: &str) -> Self {
        let mut before = None;
        let mut letters = Vec::with_capacity(text.len() / 2);
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            letters.push(Letter { at, before, c, after: rest.peek().map(|(_, after)| *after) });
            before = Some(c);
        }
        Self(letters)
    }

    fn each(&self, mut written: impl FnMut(Letter) -> Option<String>) -> Vec<Edit> {
        let edit = |letter: &Letter| {
            Some(Edit::replace(letter.at..letter.at + letter.c.len_utf8(), written(*letter)?))
        };
        self.0.iter().filter_map(edit).collect()
    }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| ('ء'..='ي').contains(&c) && c != 'ـ' || ('ٱ'..='ە').contains(&c))
}

/// Whether the letter after is written on to it.
fn joins(c: char) -> bool {
    is_letter(Some(c)) && !"ءآأؤإاةدذرزوىٱ".contains(c)
}

fn is_mark(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{064B}'..='\u{0655}').contains(&c) || c == '\u{0670}')
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit() || ('٠'..='٩').contains(&c))
}

fn indic(c: char) -> Option<char> {
    char::from_u32(u32::from('٠') + c.to_digit(10)?)
}

fn wrap(article: &Article, random: &mut Random) -> Vec<Edit> {
    let mut edits = Vec::new();
    for block in &article.blocks {
        let (mut wide, mut space) = (0, None);
        let mut limit = WIDTH.start + random.below(WIDTH.len());
        for (at, c) in block.span.of(&article.text).char_indices() {
            wide += 1;
            if c == ' ' {
                space = Some((block.span.range().start + at, wide));
            }
            if wide > limit
                && let Some((at, before)) = space.take()
            {
                edits.push(Edit::replace(at..at + 1, "\n"));
                wide -= before;
                limit = WIDTH.start + random.below(WIDTH.len());
            }
        }
    }
    edits
}

fn one_line(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (at, _) in text.match_indices('\n') {
        match edits.last_mut().filter(|last| last.range.end == at) {
            Some(last) => last.range.end += 1,
            None => edits.push(Edit::replace(at..at + 1, " ")),
        }
    }
    edits
}

fn no_space(letters: &Letters, random: &mut Random) -> Vec<Edit> {
    letters.each(|letter| {
        let Letter { before: Some(before), c: ' ', after: Some(after), .. } = letter else { return None };
        let stop = ".،؛:!؟,".contains(before);
        let bracket = "([«".contains(after) || ")]»".contains(before);
        // Two numbers would become one.
        let digits = is_digit(Some(after)) && stop;
        ((stop || bracket) && !digits && random.chance(FORGOTTEN)).then(String::new)
    })
}

fn no_ya(article: &Article, letters: &Letters, random: &mut Random) -> Vec<Edit> {
    // A writer does one of the two; what an agency puts together has both.
    let first = random.chance(0.5);
    let block_of = |at: usize| article.blocks.iter().position(|block| block.span.range().contains(&at));
    letters.each(|letter| {
        let is_last = !is_letter(letter.after) && !is_mark(letter.after);
        if !is_last || !is_letter(letter.before) {
            return None;
        }
        let dotless = (block_of(letter.at)? % 2 == 0) == first;
        match letter.c {
            'ي' if dotless => Some("ى".to_owned()),
            'ى' if !dotless => Some("ي".to_owned()),
            _ => None,
        }
    })
}

fn tatweel(letters: &Letters, random: &mut Random) -> Vec<Edit> {
    let mut edits = Vec::new();
    for word in letters.0.chunk_by(|a, b| is_letter(Some(a.c)) == is_letter(Some(b.c))) {
        let places: Vec<&Letter> =
            word.iter().filter(|letter| joins(letter.c) && is_letter(letter.after)).collect();
        if places.is_empty() || !random.chance(DRAWN) {
            continue;
        }
        if let Some(letter) = random.pick(&places) {
            let drawn = format!("{}{}", letter.c, "ـ".repeat(1 + random.below(3)));
            edits.push(Edit::replace(letter.at..letter.at + letter.c.len_utf8(), drawn));
        }
    }
    edits
}

fn vowels(letters: &Letters, random: &mut Random) -> Vec<Edit> {
    const SHORT: [&str; 5] = ["\u{064E}", "\u{064F}", "\u{0650}", "\u{0652}", "\u{0651}\u{064E}"];
    const LAST: [&str; 6] = ["\u{064E}", "\u{064F}", "\u{0650}", "\u{0652}", "\u{064C}", "\u{064D}"];
    let mut edits = Vec::new();
    for word in letters.0.chunk_by(|a, b| is_letter(Some(a.c)) == is_letter(Some(b.c))) {
        if !random.chance(VOWELLED.0) {
            continue;
        }
        for letter in word {
            // A long vowel has no vowel of its own; what has marks keeps them.
            let bare = is_letter(Some(letter.c)) && !"اىآ".contains(letter.c) && !is_mark(letter.after);
            if !bare || !random.chance(VOWELLED.1) {
                continue;
            }
            let marks: &[&str] = if is_letter(letter.after) { &SHORT } else { &LAST };
            let mark = random.pick(marks).copied().unwrap_or_default();
            edits.push(Edit::replace(
                letter.at..letter.at + letter.c.len_utf8(),
                format!("{}{mark}", letter.c),
            ));
        }
    }
    edits
}

fn bidi(text: &str, random: &mut Random) -> Vec<Edit> {
    const MARKS: [(&str, &str); 5] = [
        ("\u{200F}", "\u{200F}"),
        ("\u{200E}", "\u{200E}"),
        ("\u{202A}", "\u{202C}"),
        ("\u{202B}", "\u{202C}"),
        ("\u{2066}", "\u{2069}"),
    ];
    let foreign = |c: char| c.is_ascii_alphanumeric() || ('٠'..='٩').contains(&c);
    let mut edits = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((begin, c)) = rest.next() {
        if !foreign(c) {
            continue;
        }
        let mut end = begin + c.len_utf8();
        // A dot or a comma within a number or an address is of it.
        while let Some((at, c)) = rest.next_if(|(at, c)| {
            let after = text.get(at + c.len_utf8()..).and_then(|after| after.chars().next());
            foreign(*c) || (".,/:-_".contains(*c) && after.is_some_and(foreign))
        }) {
            end = at + c.len_utf8();
        }
        if random.chance(MARKED)
            && let Some((open, close)) = random.pick(&MARKS)
        {
            edits.push(Edit::insert(begin, *open, Edge::OfLine));
            edits.push(Edit::insert(end, *close, Edge::OfLine));
        }
    }
    edits
}

/// The article's lines as elements of a page; between them the head and what every page has around.
fn html(article: &Article, random: &mut Random) -> Vec<Edit> {
    let text = &article.text;
    let title = article.meta.get("title").map_or("", String::as_str);
    let mut edits = vec![Edit::insert(
        0,
        format!(
            "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n<article>\n",
            title
                .chars()
                .map(|c| entity(c).map_or_else(|| c.to_string(), ToOwned::to_owned))
                .collect::<String>()
        ),
        Edge::Outside,
    )];
    for (at, block) in article.blocks.iter().enumerate() {
        let span = block.span.range();
        let tag = match block.kind {
            BlockKind::Title => "h1",
            BlockKind::TitleRepeat | BlockKind::Subhead => "h2",
            _ => "p",
        };
        // Two lines with no empty one between are one paragraph with a line end in it.
        let follows = |other: Option<&crate::gold::Block>| {
            tag == "p"
                && other.is_some_and(|other| {
                    let (first, second) = (block.span.min(other.span), block.span.max(other.span));
                    !matches!(other.kind, BlockKind::Title | BlockKind::TitleRepeat | BlockKind::Subhead)
                        && text.get(first.range().end..second.range().start) == Some("\n")
                })
        };
        let before = at.checked_sub(1).and_then(|before| article.blocks.get(before));
        if !follows(before) {
            edits.push(Edit::insert(span.start, format!("<{tag}>"), Edge::Outside));
        }
        inline(text, span.clone(), random, &mut edits);
        let close = if follows(article.blocks.get(at + 1)) { "<br>".to_owned() } else { format!("</{tag}>") };
        edits.push(Edit::insert(span.end, close, Edge::Outside));
    }
    edits.push(Edit::insert(text.len(), "\n</article>\n</body>\n</html>\n", Edge::Outside));
    edits
}

/// What no text has as it is, and what editors write instead.
fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\u{A0}' => Some("&nbsp;"),
        _ => None,
    }
}

/// Entities in a line, and here and there a word in bold.
fn inline(text: &str, line: Range<usize>, random: &mut Random, edits: &mut Vec<Edit>) {
    let mut at = line.start;
    for word in text.get(line).unwrap_or_default().split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        let bold = !bare.is_empty() && random.chance(0.03);
        if bold {
            edits.push(Edit::insert(at, "<b>", Edge::Outside));
        }
        for (offset, c) in bare.char_indices() {
            let range = at + offset..at + offset + c.len_utf8();
            if let Some(name) = entity(c) {
                edits.push(Edit::replace(range, name));
            } else if "«»–—…".contains(c) || (!c.is_ascii() && random.chance(0.01)) {
                edits.push(Edit::replace(range, format!("&#{};", u32::from(c))));
            }
        }
        at += bare.len();
        if bold {
            edits.push(Edit::insert(at, "</b>", Edge::Outside));
        }
        if bare.len() < word.len() {
            if random.chance(0.05) {
                edits.push(Edit::replace(at..at + 1, "&nbsp;"));
            }
            at += word.len() - bare.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use warraq_core::Span;

    use super::*;
    use crate::markup::parse;

    /// An article of our own in which every disturbance finds something.
    const ARTICLE: &str = "\
# title: «المعهد» يفتتح أبوابه & يعلن \"خطته\" في 2024
# place: تونس
title\t«[[ORG i|المعهد]]» يفتتح أبوابه & يعلن \"خطته\" في [[DATE 2024|2024]]
byline\tكتب [[PER s|سالم الميناوي]]

paragraph\t<<DATELINE|[[LOC tunis|تونس]] (وكالة) ->> قالت [[PER leila|ليلى سالم]] إن [[ORG i|المعهد [[NAT TN|التونسي]]]] (أكبر معاهد البلاد) سيفتتح أبوابه غدا، وإن {{leila|«كل شيء جاهز. // لن نتأخر»}} عن الموعد. // ثم زارت ل[[LOC quay|لميناء]] وصرفت [[MONEY 1200.5 USD|1,200.5 دولار]] على مستشفى [[LOC g|القرية الكبرى]].
subhead\tأرقام من [[LOC quay|الميناء]]
paragraph\tبلغت الزيادة [[PERCENT 7.5|7.5%]] في مبنى ABC News، وفق [[ORG r|Radio 24]].
source\t[[ORG r|Radio 24]]
";

    fn article() -> Article {
        parse("ours", ARTICLE).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What is left of words where no disturbance counts.
    fn bare(words: &str) -> String {
        let mut words = words.to_owned();
        while let Some((before, rest)) = words.split_once("&#") {
            let (number, rest) = rest.split_once(';').expect("an entity ends");
            let c = number.parse().ok().and_then(char::from_u32).expect("a code point");
            words = format!("{before}{c}{rest}");
        }
        for c in ['<', '>', '"', '\u{A0}', '&'] {
            words = words.replace(entity(c).unwrap(), &c.to_string());
        }
        let mut in_tag = false;
        let mut out = String::new();
        for c in words.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if in_tag => {}
                'أ' | 'إ' | 'آ' => out.push('ا'),
                'ى' => out.push('ي'),
                'ة' => out.push('ه'),
                'ـ'
                | '\u{064B}'..='\u{0652}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{202A}'..='\u{202C}'
                | '\u{2066}'
                | '\u{2069}' => {}
                '٠'..='٩' => out.extend(char::from_digit(u32::from(c) - u32::from('٠'), 10)),
                c if c.is_whitespace() => {}
                c => out.push(c),
            }
        }
        out
    }

    fn spans(article: &Article) -> Vec<Span> {
        let mut spans: Vec<Span> = article.mentions.iter().map(|mention| mention.span).collect();
        spans.extend(article.quotations.iter().map(|quotation| quotation.span));
        spans.extend(&article.datelines);
        spans.extend(&article.sentences);
        spans
    }

    fn surfaces(article: &Article) -> Vec<String> {
        spans(article).into_iter().map(|span| bare(span.of(&article.text))).collect()
    }

    fn disturbed(disturbance: Disturbance) -> Article {
        disturbance.apply(&article(), 1)
    }

    #[test]
    fn each_disturbs() {
        for disturbance in Disturbance::ALL {
            let changed = (0..8).any(|seed| disturbance.apply(&article(), seed).text != article().text);
            assert!(changed, "{}", disturbance.name());
            assert_eq!(Disturbance::from_name(disturbance.name()), Some(disturbance));
        }
        assert_eq!(Disturbance::from_name("none"), None);
    }

    #[test]
    fn lines_end_as_they_should() {
        let wrapped = disturbed(Disturbance::Wrap);
        assert!(wrapped.text.lines().all(|line| line.chars().count() <= WIDTH.end), "{}", wrapped.text);
        assert!(wrapped.text.lines().count() > article().text.lines().count());
        assert_eq!(wrapped.blocks.len(), article().blocks.len());
        let line = disturbed(Disturbance::OneLine);
        assert!(!line.text.contains('\n') && !line.text.contains("  ") && line.blocks.is_empty());
        let windows = disturbed(Disturbance::CrLf);
        assert_eq!(windows.text, article().text.replace('\n', "\r\n"));
        assert!(windows.blocks.iter().all(|block| !block.span.of(&windows.text).contains('\r')));
    }

    #[test]
    fn letters_are_as_a_hurried_writer_has_them() {
        assert!(disturbed(Disturbance::NoHamza).text.contains("ابوابه"));
        assert!(!disturbed(Disturbance::NoTaa).text.contains('ة'));
        // Of the two letters a block has one at the end of its words; the article has both in one block.
        let both = |article: &Article| -> usize {
            let of = |text: &str, c: char| text.split([' ', '.', '\n']).any(|word| word.ends_with(c));
            let texts = article.blocks.iter().map(|block| block.span.of(&article.text));
            texts.filter(|text| of(text, 'ى') && of(text, 'ي')).count()
        };
        assert!(both(&article()) > 0);
        assert_eq!(both(&disturbed(Disturbance::NoYa)), 0);
        let digits = disturbed(Disturbance::IndicDigits);
        assert!(digits.text.contains("٢٠٢٤") && digits.text.contains("٧.٥%"));
        assert_eq!(digits.meta["title"], "«المعهد» يفتتح أبوابه & يعلن \"خطته\" في ٢٠٢٤");
    }

    #[test]
    fn a_page_has_its_lines_in_elements() {
        let page = disturbed(Disturbance::Html);
        assert!(page.text.starts_with("<!DOCTYPE html>") && page.text.ends_with("</html>\n"));
        for part in ["<h1>", "</h1>", "<p>", "<br>", "&amp;", "&quot;", "&#171;"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        let first = page.blocks[0].span.of(&page.text);
        assert!(!first.contains("h1>"), "{first}");
    }

    proptest! {
        #[test]
        fn every_span_covers_what_it_covered(seed in any::<u64>(), which in prop::collection::vec(0..12_usize, 1..4)) {
            let before = article();
            let mut which = which;
            which.sort_unstable();
            which.dedup();
            let mut after = before.clone();
            for at in &which {
                after = Disturbance::ALL[*at].apply(&after, seed);
            }
            prop_assert_eq!(surfaces(&after), surfaces(&before));
            if !which.iter().any(|at| Disturbance::ALL[*at] == Disturbance::OneLine) {
                let blocks = |article: &Article| -> Vec<String> {
                    article.blocks.iter().map(|block| bare(block.span.of(&article.text))).collect()
                };
                prop_assert_eq!(blocks(&after), blocks(&before));
            }
            let told = |article: &Article| -> Vec<String> {
                ["title", "place"].iter().map(|key| bare(&article.meta[*key])).collect()
            };
            prop_assert_eq!(told(&after), told(&before));
        }

        #[test]
        fn a_seed_gives_the_same_text(seed in any::<u64>(), which in 0..12_usize) {
            let disturb = || Disturbance::ALL[which].apply(&article(), seed);
            prop_assert_eq!(disturb(), disturb());
        }
    }
}
