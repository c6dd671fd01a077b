use proptest::prelude::*;

use super::*;
use crate::Span;

fn text(html: &str) -> String {
    check(html).text
}

/// Reduces, and holds what is true of every reduction.
fn check(html: &str) -> Normalized {
    let reduced = reduce(html).unwrap();
    let Normalized { text, alignment } = &reduced;
    let (mut rebuilt, mut in_source, mut in_text) = (String::new(), 0, 0);
    for edit in alignment.edits() {
        let (source, output) = (edit.source.range(), edit.output.range());
        let kept = &html[in_source..source.start];
        assert_eq!(kept, &text[in_text..output.start], "{html:?}");
        assert_ne!(html[source.clone()], text[output.clone()], "an edit of nothing in {html:?}");
        rebuilt.push_str(kept);
        rebuilt.push_str(&text[output.clone()]);
        (in_source, in_text) = (source.end, output.end);
    }
    rebuilt.push_str(&html[in_source..]);
    assert_eq!(&rebuilt, text, "{html:?}");
    assert!(!text.starts_with('\n') && !text.ends_with('\n'), "{text:?} of {html:?}");
    reduced
}

/// What the source has for `words` of the reduced text.
fn source_of<'h>(html: &'h str, words: &str) -> &'h str {
    let reduced = check(html);
    let at = reduced.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {:?}", reduced.text));
    reduced.alignment.to_source(Span::from_range(&(at..at + words.len()))).of(html)
}

#[test]
fn elements_break_lines_or_do_not() {
    for (html, plain) in [
        ("plain", "plain"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<h1>a</h1>b<div>c</div>d", "a\n\nb\nc\nd"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a\nb\nc"),
        ("a<br>b<br/>c<br />d</br>e", "a\nb\nc\nd\ne"),
        ("a<br><br>b<br>\n<br>\n<br>c", "a\n\nb\n\nc"),
        ("<p>a<br></p><p>b</p>", "a\n\nb"),
        ("<div>a<br></div><div><br></div><div>b</div>", "a\n\nb"),
        ("<p>كل<b>م</b>ة <a href='x'>أخرى</a>،<span> هنا</span></p>", "كلمة أخرى، هنا"),
        ("a<wbr>b a&shy;b a&zwnj;b a&zwj;b", "ab a\u{AD}b a\u{200C}b a\u{200D}b"),
        ("<P>a<P>b<LI>c", "a\n\nb\nc"),
        ("<o:p>a</o:p><x-y>b</x-y>", "ab"),
        ("a<hr>b", "a\n\nb"),
        ("word<img src='x' alt='alt'>word", "wordword"),
    ] {
        assert_eq!(text(html), plain, "{html}");
    }
}

#[test]
fn white_space_is_what_a_browser_shows() {
    for (html, plain) in [
        (" \r\n\t a \n b\x0Cc \r\n", "a b c"),
        ("<p> a </p> <p> b </p>", "a\n\nb"),
        ("a <b> b</b> <i> c </i>d", "a b c d"),
        ("a<b> b </b>c", "a b c"),
        ("a &nbsp; b&nbsp;&nbsp;c", "a \u{A0} b\u{A0}\u{A0}c"),
        ("a&#10;&#32;&Tab;b&#13;c", "a b c"),
        ("a\u{85}b\u{2028}c", "a\u{85}b\u{2028}c"),
        ("<p>سطر طويل\nيكمل هنا\r\nويكمل</p>", "سطر طويل يكمل هنا ويكمل"),
        ("a<p>\n</p>b", "a\n\nb"),
        ("<pre>\na  b\n\n c\r\nd\re </pre>f", "a  b\n\n c\nd\ne \n\nf"),
        ("<pre>a&#10;b <b> c</b>\n  \n\n\nd\n</pre>", "a\nb  c\n\nd"),
        ("<textarea>a\n <b>b</b> &amp;</textarea> c  d", "a\n <b>b</b> &\nc d"),
        ("<pre>a</pre> b  c", "a\n\nb c"),
    ] {
        assert_eq!(text(html), plain, "{html:?}");
    }
}

#[test]
fn references_are_what_they_mean() {
    for (html, plain) in [
        ("&amp;&lt;&gt;&quot;&apos;&laquo;&raquo;&hellip;", "&<>\"'«»…"),
        ("&#1593;&#x631;&#X628;&#1610", "عرب\u{64A}"),
        ("&#147;a&#148;&#133;", "\u{201C}a\u{201D}…"),
        ("&#0;&#xD800;&#x110000;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("AT&T &ampb &notit; & &x; &; &# &#x &#xg; a&", "AT&T &b ¬it; & &x; &; &# &#x &#xg; a&"),
        ("&amp;amp; &amp;lt;b&amp;gt;", "&amp; &lt;b&gt;"),
        ("&fjlig;&NotEqualTilde;", "fj\u{2242}\u{338}"),
        ("a\0b", "ab"),
    ] {
        assert_eq!(text(html), plain, "{html:?}");
    }
}

#[test]
fn what_is_no_text_is_left_out() {
    for (html, plain) in [
        ("<!DOCTYPE html><html><head><title>a</title><meta charset=utf-8></head><body>b</body></html>", "b"),
        ("a<script>if (x < 1) { y = '<p>' }</script>b<style>p { }</style>c", "abc"),
        ("<script><!-- <script> x </script> --></script>a", "a"),
        ("a<!-- b -- > <p> -->c<!>d<!->e<?php f ?>g</>h", "acdegh"),
        ("a<![CDATA[b]]>c", "ac"),
        ("<nav><ul><li>a<nav>b</nav></ul></nav><p>c", "c"),
        ("a<svg><title>b</title><text>c</text></svg>d<svg/>e", "ade"),
        ("<p>a<noscript><img src=x>b</noscript></p><template><p>c</p></template>d", "a\n\nd"),
        ("a <button>b</button> c<select><option>d</select>e", "a ce"),
        ("a<iframe src=x>b</iframe>c", "ac"),
        ("<p title='b > c' data-x=\"<p>\">a", "a"),
    ] {
        assert_eq!(text(html), plain, "{html:?}");
    }
}

#[test]
fn tags_that_are_missing_cost_no_text() {
    for (html, plain) in [
        ("<p>a<p>b<div>c<b>d", "a\n\nb\ncd"),
        ("<b><p>a</b>b</p></i></div>c", "ab\n\nc"),
        ("<nav>a<p>b", "a\n\nb"),
        ("<nav>a<nav>b</nav>c", "a\n\nc"),
        ("<title>a<p>b", "a\n\nb"),
        ("<iframe src=x />a<iframe src=y />b", "ab"),
        ("<script src=x />a", "a"),
        ("<select>a<nav>b</select>c</nav>d", "c\n\nd"),
        ("</nav></p>a</svg>", "a"),
        ("5 < 6 <7 <م> a<", "5 < 6 <7 <م> a<"),
        ("a</", "a</"),
        ("<pre>a\nb", "a\nb"),
    ] {
        assert_eq!(text(html), plain, "{html:?}");
    }
}

#[test]
fn only_markup_is_no_text() {
    for html in
        ["", " ", "<p></p>", "<p> <br> </p>", "<!-- a -->", "<title>a</title>", "<script>a", "<p title=a"]
    {
        assert_eq!(text(html), "", "{html:?}");
    }
}

#[test]
fn spans_begin_and_end_with_their_text() {
    let html = "\r\n<h1> عنوان &quot;الخبر&quot;</h1>\r\n<p><b>بيروت</b> &ndash; قال <a href=x>سالم</a>&nbsp;<i>&amp;</i> \
        أخو<wbr>ه: &#171;<em>نعم</em>&#187;.</p>";
    for (words, source) in [
        ("عنوان", "عنوان"),
        ("\"الخبر\"", "&quot;الخبر&quot;"),
        ("بيروت", "بيروت"),
        ("بيروت –", "بيروت</b> &ndash;"),
        ("سالم", "سالم"),
        ("&", "&amp;"),
        ("\u{A0}", "&nbsp;"),
        ("أخوه", "أخو<wbr>ه"),
        ("«نعم»", "&#171;<em>نعم</em>&#187;"),
        ("نعم", "نعم"),
        ("»", "&#187;"),
    ] {
        assert_eq!(source_of(html, words), source);
    }
    // What a reference means may be its own last character.
    assert_eq!(source_of("a&#59;b", ";"), "&#59;");
    assert_eq!(source_of("<b></b>&amp;</>&lt;", "<"), "&lt;");
    assert_eq!(source_of("<pre>a\r\nb</pre>", "a\nb"), "a\r\nb");
}

#[test]
fn a_blank_before_a_tag_is_the_one_that_is_written() {
    let reduced = check("a <b>b</b> c");
    let edits: Vec<_> =
        reduced.alignment.edits().iter().map(|edit| (edit.source, edit.output.len())).collect();
    assert_eq!(edits, [(Span::new(2, 5), 0), (Span::new(6, 10), 0)]);
}

/// Seconds for what takes some milliseconds; what grows with the square of the length would take minutes.
#[test]
fn a_mebibyte_of_anything_takes_no_minutes() {
    const SIZE: usize = 1 << 20;
    for piece in [
        "<",
        "&",
        "<a",
        "<b>",
        "<nav>",
        "<nav>a",
        "</nav>",
        "<nav></svg>",
        "<pre>",
        "<p>",
        "<br>",
        " ",
        "&lt;",
        "&#9",
        "\r\n",
        "<!--",
        "<!",
        "</",
        "\0",
        "a ",
        "<script>",
        "<textarea>",
        "<svg><nav>a</svg>",
        "&a",
        "<p a=\"",
    ] {
        let html = piece.repeat(SIZE / piece.len());
        let start = std::time::Instant::now();
        let reduced = reduce(&html).unwrap();
        let took = start.elapsed();
        assert!(took.as_secs() < 10, "{piece:?}: {took:?}");
        assert!(
            reduced.text.len() <= html.len() && reduced.alignment.edits().len() <= html.len() / 2,
            "{piece:?}"
        );
    }
}

/// Pieces of pages, whole and broken.
fn html() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zا-ي ]{0,6}",
        2 => prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<br>", "<div>", "</div>", "<nav>", "</nav>", "<svg>", "</svg>", "<pre>", "</pre>",
            "<script>", "</script>", "<textarea>", "</textarea>", "<title>", "</title>", "<td a='>'>", "<nav/>", "<!-- a -->",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "&amp;", "&nbsp;", "&#59;", "&#10;", "&#1593", "&laquo", "&x;", "&", "&#", "&#x", "&shy;", "&#150;", "&fjlig;",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "<", ">", "</", "<!", "<!--", "-->", "<?", "\"", "'", "=", "/", "\r", "\n", "\r\n", "\t", "\0", ";", "]]>", "<![CDATA[",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The text as a careful writer puts it into a page, some of its characters as references.
fn escaped(plain: &str, by_number: &[bool]) -> String {
    let mut by_number = by_number.iter().cycle();
    let mut html = String::new();
    for c in plain.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            c if !c.is_ascii_whitespace() && by_number.next() == Some(&true) => {
                html.extend(["&#", &u32::from(c).to_string(), ";"]);
            }
            c => html.push(c),
        }
    }
    html
}

proptest! {
    #[test]
    fn no_source_is_too_odd(html in html()) {
        let reduced = check(&html);
        // Each character comes from something that, by itself, is that character.
        for (at, c) in reduced.text.char_indices().filter(|(_, c)| !c.is_ascii_whitespace()) {
            let span = Span::from_range(&(at..at + c.len_utf8()));
            let source = reduced.alignment.to_source(span).of(&html);
            prop_assert!(
                source.starts_with(c) && source.len() == c.len_utf8() || source.starts_with(['&', '\0']),
                "{c:?} from {source:?} in {html:?}"
            );
        }
    }

    #[test]
    fn what_was_escaped_comes_back(
        words in prop::collection::vec("[^\u{0}-\u{20}\u{7f}-\u{9f}]{1,8}", 1..12),
        by_number in prop::collection::vec(any::<bool>(), 1..8),
    ) {
        let plain = words.join(" ");
        prop_assert_eq!(text(&escaped(&plain, &by_number)), plain.clone());
        let lines = words.join("\n\n");
        let page: String = words.iter().flat_map(|word| ["<p>".to_owned(), escaped(word, &by_number), "</p>\n".to_owned()]).collect();
        prop_assert_eq!(text(&page), lines);
    }
}
