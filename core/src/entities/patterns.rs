//! URLs, e-mail addresses, hashtags and handles.
//!
//! A scanner instead of a regular expression: each kind has a rare byte that must be in it, memchr
//! jumps from one such byte to the next, and what is looked at around it is bounded or consumed, so
//! that no text takes more than linear time. Tokens need the result before any other layer exists.

use memchr::memchr2_iter;

use super::EntityType;
use super::candidate::{Candidate, Identity, MentionSource, Origin};
use crate::lexicon::is_mark;
use crate::{Document, Span};

/// Something with a shape of its own: a URL, an e-mail address, a hashtag, a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its place.
    pub span: Span,
    /// Url, Email, Hashtag or Handle.
    pub kind: EntityType,
}

/// Proposes the document's patterns.
pub(super) struct Patterns;

impl MentionSource for Patterns {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        out.extend(document.patterns().iter().map(|pattern| {
            let surface = pattern.span.of(document.text());
            Candidate {
                span: pattern.span,
                kind: Some(pattern.kind),
                identity: match pattern.kind {
                    // A path tells capital letters apart; a hashtag is as its spelling folds.
                    EntityType::Url => Identity::Canonical(surface.to_owned()),
                    EntityType::Hashtag => Identity::Surface,
                    _ => Identity::Canonical(surface.to_lowercase()),
                },
                country: None,
                value: None,
                subtype: None,
                is_built: false,
                is_closed: false,
                score: f32::INFINITY,
                origin: Origin::Pattern,
            }
        }));
    }
}

const SCHEMES: [&str; 4] = ["http", "https", "ftp", "ftps"];
/// RFC 5321: an address's local part and domain.
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_DOMAIN: usize = 255;
/// The longest that any of the large networks gives (Telegram's 32; most stop at 15 or 30).
const LONGEST_HANDLE: usize = 32;

/// The patterns of `text`, in order, disjoint.
pub fn patterns(text: &str) -> Vec<Pattern> {
    let urls = urls(text);
    let mut others: Vec<Pattern> = memchr2_iter(b'@', b'#', text.as_bytes())
        .filter_map(|at| match text.as_bytes().get(at) {
            Some(b'#') => hashtag(text, at),
            _ => email(text, at).or_else(|| handle(text, at)),
        })
        .collect();
    // An address begins before its sign, so that order of signs is not order of beginnings.
    others.sort_by_key(|pattern| (pattern.span.begin, u32::MAX - pattern.span.end));

    let mut found: Vec<Pattern> = Vec::with_capacity(urls.len() + others.len());
    let mut urls = urls.into_iter().peekable();
    for pattern in others {
        while let Some(url) = urls.next_if(|url| url.span.begin <= pattern.span.begin) {
            push_disjoint(&mut found, url);
        }
        // `user@host` of a URL is not an address: the URL goes first.
        if urls.peek().is_none_or(|url| !url.span.overlaps(pattern.span)) {
            push_disjoint(&mut found, pattern);
        }
    }
    for url in urls {
        push_disjoint(&mut found, url);
    }
    found
}

fn push_disjoint(found: &mut Vec<Pattern>, pattern: Pattern) {
    if found.last().is_none_or(|last| last.span.end <= pattern.span.begin) {
        found.push(pattern);
    }
}

fn pattern(kind: EntityType, begin: usize, end: usize) -> Pattern {
    Pattern { span: Span::from_range(&(begin..end)), kind }
}

/// The part of `text` before (after) byte `at`, which is an ASCII character's.
fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The URLs of `text`, in order, disjoint.
pub(crate) fn urls(text: &str) -> Vec<Pattern> {
    let mut found = Vec::new();
    let mut done = 0;
    for at in memchr2_iter(b':', b'.', text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some((begin, host)) = scheme(text, at).or_else(|| www(text, at)) else { continue };
        if begin < done {
            continue;
        }
        let end = host + url_length(after(text, host));
        // Whatever is inside has been read; going on after it keeps the scan linear.
        done = end.max(at + 1);
        if after(text, host).starts_with(|c: char| c.is_alphanumeric() || c == '[') && end > host {
            found.push(pattern(EntityType::Url, begin, end));
        }
    }
    found
}

/// Where the URL whose scheme ends at `colon` begins, and where its host does.
fn scheme(text: &str, colon: usize) -> Option<(usize, usize)> {
    if !after(text, colon).starts_with("://") {
        return None;
    }
    let ahead = before(text, colon);
    let longest = SCHEMES.iter().map(|name| name.len()).max().unwrap_or_default();
    let length = ahead.bytes().rev().take(longest + 1).take_while(u8::is_ascii_alphanumeric).count();
    let begin = colon - length;
    let name = after(ahead, begin);
    SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(name)).then_some((begin, colon + 3))
}

/// The same for a URL that begins with `www` before `dot`; the host is taken to begin after it.
fn www(text: &str, dot: usize) -> Option<(usize, usize)> {
    let ahead = before(text, dot);
    let begin = dot.checked_sub(3)?;
    if !ahead.get(begin..)?.eq_ignore_ascii_case("www") {
        return None;
    }
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"-_.@/".contains(&b);
    if before(ahead, begin).bytes().next_back().is_some_and(inside) {
        return None;
    }
    // `www.` alone, or `www.x` with no second dot, is no address.
    let host = after(text, dot + 1);
    let label = host.find(|c: char| !(c.is_alphanumeric() || c == '-'))?;
    let rest = host.get(label..)?.strip_prefix('.')?;
    (label > 0 && rest.starts_with(char::is_alphanumeric)).then_some((begin, dot + 1))
}

/// How far a URL goes: to white space or to what prose puts after a URL, less its closing marks.
fn url_length(rest: &str) -> usize {
    let inside = |c: char| {
        if c.is_ascii() {
            c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
        } else {
            // Letters of any script stand in addresses as people copy them; other signs do not.
            c.is_alphanumeric() || is_mark(c)
        }
    };
    let reach = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
    let mut url = before(rest, reach);
    let count = |bracket: char| url.matches(bracket).count();
    let (mut round, mut square) = ((count('('), count(')')), (count('['), count(']')));
    while let Some(last) = url.chars().next_back() {
        let drop = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '(' | '[' => true,
            ')' => close(&mut round),
            ']' => close(&mut square),
            _ => false,
        };
        if !drop {
            break;
        }
        url = before(url, url.len() - last.len_utf8());
    }
    url.len()
}

/// Whether the last closing bracket has no partner inside; if so it is counted off.
fn close(bracket: &mut (usize, usize)) -> bool {
    let unpaired = bracket.1 > bracket.0;
    if unpaired {
        bracket.1 -= 1;
    }
    unpaired
}

fn email(text: &str, sign: usize) -> Option<Pattern> {
    let local_byte = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
    let ahead = before(text, sign);
    let length = ahead.bytes().rev().take(LONGEST_LOCAL_PART + 1).take_while(local_byte).count();
    if length > LONGEST_LOCAL_PART {
        return None;
    }
    let local = after(ahead, sign - length);
    let trimmed = local.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if trimmed.is_empty() || trimmed.ends_with('.') || trimmed.contains("..") {
        return None;
    }
    let domain = domain(after(text, sign + 1))?;
    Some(pattern(EntityType::Email, sign - trimmed.len(), sign + 1 + domain))
}

/// The length of the domain at the head of `rest`: two labels or more, the last one of letters.
fn domain(rest: &str) -> Option<usize> {
    let domain_byte = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b);
    let length = rest.bytes().take(LONGEST_DOMAIN + 1).take_while(domain_byte).count();
    if length > LONGEST_DOMAIN {
        return None;
    }
    let domain = before(rest, length).trim_end_matches(['.', '-']);
    let (head, top) = domain.rsplit_once('.')?;
    let label = |l: &str| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-');
    let sound = head.split('.').all(label) && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let ends = !after(rest, domain.len()).starts_with(['@', '_']);
    (sound && ends).then_some(domain.len())
}

fn handle(text: &str, sign: usize) -> Option<Pattern> {
    let name_byte = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    // Latin letters before the sign make it an address; Arabic ones are the word before, unspaced.
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"_@#$%&*!./".contains(&b);
    if before(text, sign).bytes().next_back().is_some_and(inside) {
        return None;
    }
    let rest = after(text, sign + 1);
    let length = rest.bytes().take(LONGEST_HANDLE + 1).take_while(name_byte).count();
    if length == 0 || length > LONGEST_HANDLE {
        return None;
    }
    let end = sign + 1 + length;
    match after(text, end).strip_prefix('@') {
        // Fediverse handles name their server.
        Some(server) => Some(pattern(EntityType::Handle, sign, end + 1 + domain(server)?)),
        None => Some(pattern(EntityType::Handle, sign, end)),
    }
}

fn hashtag(text: &str, sign: usize) -> Option<Pattern> {
    let inside = |c: char| c.is_alphanumeric() || is_mark(c) || "_&/#".contains(c);
    if before(text, sign).chars().next_back().is_some_and(inside) {
        return None;
    }
    let rest = after(text, sign + 1);
    // The zero width non-joiner stands inside Persian words and so inside their hashtags.
    let tag_char = |c: char| c.is_alphanumeric() || is_mark(c) || c == '_' || c == '\u{200C}';
    let reach = rest.find(|c: char| !tag_char(c)).unwrap_or(rest.len());
    let tag = before(rest, reach).trim_end_matches('\u{200C}');
    // `#1` is a rank, not a tag.
    tag.contains(char::is_alphabetic).then(|| pattern(EntityType::Hashtag, sign, sign + 1 + tag.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::EntityType::{Email, Handle, Hashtag, Url};
    use super::*;

    fn found(text: &str) -> Vec<(EntityType, &str)> {
        patterns(text).into_iter().map(|pattern| (pattern.kind, pattern.span.of(text))).collect()
    }

    #[test]
    fn urls_end_before_the_punctuation_of_the_sentence() {
        assert_eq!(
            found("انظر (https://example.org/a_(b)/c?x=1&y=2#z)، ثم HTTP://Example.com."),
            [(Url, "https://example.org/a_(b)/c?x=1&y=2#z"), (Url, "HTTP://Example.com")]
        );
        assert_eq!(found("«https://example.org/خبر/١٢»؟"), [(Url, "https://example.org/خبر/١٢")]);
        assert_eq!(found("[http://example.org/]: هنا"), [(Url, "http://example.org/")]);
        assert_eq!(found("http://[2001:db8::1]:80/x"), [(Url, "http://[2001:db8::1]:80/x")]);
        assert_eq!(found("زوروا www.example.com، وشكرا"), [(Url, "www.example.com")]);
        assert_eq!(found("\u{202A}https://example.org\u{202C}"), [(Url, "https://example.org")]);
    }

    #[test]
    fn what_only_looks_like_a_url_is_none() {
        for text in
            ["http://", "http:// x", "www.", "www.x", "xhttp://a.b", "الساعة 10:30", "أ://ب", "awww.b.c"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_url_right_after_an_arabic_word_is_found() {
        assert_eq!(found("الرابطhttps://example.org"), [(Url, "https://example.org")]);
    }

    #[test]
    fn addresses_and_handles_are_told_apart() {
        assert_eq!(
            found(
                "راسلوا info@example.org. أو @warraq_ar، أو @a@social.example وأيضا a.b+c@mail.example.co.uk"
            ),
            [
                (Email, "info@example.org"),
                (Handle, "@warraq_ar"),
                (Handle, "@a@social.example"),
                (Email, "a.b+c@mail.example.co.uk")
            ]
        );
        for text in ["@", "@ user", "a@b", "a@b.1", "a..b@c.org", "x@@y", "5@6"] {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(
            found("https://a@example.org/@x#y @z"),
            [(Url, "https://a@example.org/@x#y"), (Handle, "@z")]
        );
    }

    #[test]
    fn hashtags_hold_letters_marks_and_digits_of_any_script() {
        assert_eq!(
            found("#القمة_العربية، (#قِمّة٢٠٢٤) #News2024! كلمة#لا &#39; #1 ##س #"),
            [(Hashtag, "#القمة_العربية"), (Hashtag, "#قِمّة٢٠٢٤"), (Hashtag, "#News2024")]
        );
    }

    #[test]
    fn signs_without_end_take_linear_time() {
        let begun = std::time::Instant::now();
        for unit in
            ["@a", "a@", "#", "#ا", "http://", "www.", ".", ":", "a.", "(", "http://x(", "a@b.", "ـ", "@@a.b"]
        {
            let text = unit.repeat(200_000);
            patterns(&text);
        }
        // Quadratic work would take minutes here.
        assert!(begun.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn any_text_gives_ordered_disjoint_spans_of_whole_characters(
            text in r"([@#:./()a-z\[\]]|http://|www\.|a@b\.co|[ء-ي\u{64b}-\u{652}]|\PC){0,60}"
        ) {
            let mut end = 0;
            for pattern in patterns(&text) {
                prop_assert!(pattern.span.begin >= end && !pattern.span.is_empty());
                prop_assert!(text.get(pattern.span.range()).is_some());
                end = pattern.span.end;
            }
        }
    }
}
