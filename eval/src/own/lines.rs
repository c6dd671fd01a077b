//! Which line of its file a place of an article's text is in.

use warraq_core::Span;

/// Where each line of the text begins, and which line of the file it is.
pub(crate) struct Lines(Vec<(u32, usize)>);

impl Lines {
    /// The lines of `content`, whose article has that text.
    pub(crate) fn new(content: &str, text: &str) -> Self {
        let mut begins = text.split('\n').scan(0_usize, |at, line| {
            let begin = *at;
            *at += line.len() + 1;
            Some(Span::from_range(&(begin..begin)).begin)
        });
        let of_text = content.lines().enumerate().filter(|(_, line)| metadata(line).is_none());
        Self(of_text.map_while(|(at, _)| Some((begins.next()?, at + 1))).collect())
    }

    /// The line of the file, from 1, in which the text at `at` stands.
    pub(crate) fn of(&self, at: u32) -> usize {
        let after = self.0.partition_point(|(begin, _)| *begin <= at);
        after.checked_sub(1).and_then(|at| self.0.get(at)).map_or(1, |(_, line)| *line)
    }

    /// The first line of the file that is text.
    pub(crate) fn first(&self) -> Option<usize> {
        self.0.first().map(|(_, line)| *line)
    }
}

/// Key and value of a line of metadata.
pub(crate) fn metadata(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix("# ")?.split_once(':')?;
    Some((key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_no_text() {
        let lines = Lines::new("# ref: 2024-01-01\ntitle\tab\n\nparagraph\tc\n", "ab\n\nc");
        assert_eq!([0, 2, 3, 4, 5].map(|at| lines.of(at)), [2, 2, 3, 4, 4]);
        assert_eq!((lines.first(), metadata("# a : b")), (Some(2), Some(("a", "b"))));
    }
}
