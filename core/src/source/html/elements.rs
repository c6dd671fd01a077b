//! What the elements of HTML are to a text, by `data/source/html.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::writer::Gap;
use crate::KnowledgeError;
use crate::maps::Map;

/// What an element is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// What stands at the least between the text before its tags and the text after them.
    pub(super) gap: Gap,
    pub(super) ends_line: bool,
    pub(super) preformatted: bool,
    pub(super) code: bool,
    /// Its number among those that are left out.
    pub(super) left_out: Option<usize>,
}

impl Element {
    /// One of which the data say nothing.
    const INLINE: Self =
        Self { gap: Gap::Nothing, ends_line: false, preformatted: false, code: false, left_out: None };
}

/// No element of the lists has a longer name.
pub(super) const LONGEST_NAME: usize = 16;

/// The elements, by their names in lower case.
pub(super) struct Elements {
    by_name: Map<Vec<u8>, Element>,
    /// How many are left out.
    pub(super) left_out: usize,
}

impl Elements {
    /// Those of the data.
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN.0
    }

    pub(super) fn get(&self, name: &[u8]) -> Element {
        self.by_name.get(name).copied().unwrap_or(Element::INLINE)
    }
}

static BUILT_IN: LazyLock<(Elements, Option<String>)> =
    LazyLock::new(|| match read(include_str!("../../../../data/source/html.toml")) {
        Ok(elements) => (elements, None),
        Err(problem) => (Elements { by_name: Map::default(), left_out: 0 }, Some(problem)),
    });

/// Says whether the data that are compiled in are sound.
///
/// # Errors
/// [`KnowledgeError`]: what is wrong with them.
pub fn check_data() -> Result<(), KnowledgeError> {
    BUILT_IN.1.clone().map_or(Ok(()), |problem| {
        Err(KnowledgeError { file: "source/html.toml".to_owned(), line: 0, problem })
    })
}

fn read(content: &str) -> Result<Elements, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        paragraph: Vec<String>,
        line: Vec<String>,
        line_end: Vec<String>,
        preformatted: Vec<String>,
        code: Vec<String>,
        left_out: Vec<String>,
    }
    let file: File = toml::from_str(content).map_err(|error| error.to_string())?;
    let mut by_name: Map<Vec<u8>, Element> = Map::default();
    let mut put = |names: &[String], set: &mut dyn FnMut(&mut Element)| {
        for name in names {
            let sound = (1..=LONGEST_NAME).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            if !sound {
                return Err(format!("{name:?} is no name of an element"));
            }
            let element = by_name.entry(name.clone().into_bytes()).or_insert(Element::INLINE);
            let before = *element;
            set(element);
            if *element == before {
                return Err(format!("{name:?} stands twice in a list, or in two of paragraph and line"));
            }
        }
        Ok(())
    };
    put(&file.paragraph, &mut |element| element.gap = Gap::Paragraph)?;
    put(&file.line, &mut |element| element.gap = element.gap.max(Gap::Line))?;
    put(&file.line_end, &mut |element| element.ends_line = true)?;
    put(&file.preformatted, &mut |element| element.preformatted = true)?;
    put(&file.code, &mut |element| element.code = true)?;
    let mut numbers = 0..;
    put(&file.left_out, &mut |element| element.left_out = element.left_out.or_else(|| numbers.next()))?;
    Ok(Elements { by_name, left_out: file.left_out.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_are_sound() {
        check_data().unwrap();
        let elements = Elements::built_in();
        assert_eq!(elements.get(b"h1").gap, Gap::Paragraph);
        assert_eq!(elements.get(b"li").gap, Gap::Line);
        assert_eq!(elements.get(b"b"), Element::INLINE);
        assert!(elements.get(b"pre").preformatted && elements.get(b"br").ends_line);
    }

    #[test]
    fn what_is_wrong_with_a_list_is_said() {
        let with = |line: &str, left_out: &str| {
            let lists = format!(
                "paragraph = [\"p\"]\nline = {line}\nline_end = []\npreformatted = []\ncode = []\nleft_out = {left_out}\n"
            );
            read(&lists).map(|_| ()).unwrap_err()
        };
        assert!(with("[\"DIV\"]", "[]").contains("\"DIV\" is no name"));
        assert!(with("[\"p\"]", "[]").contains("\"p\" stands twice"));
        assert!(with("[]", "[\"nav\", \"nav\"]").contains("\"nav\" stands twice"));
        assert!(with("[]", "[]\nblock = []").contains("block"));
    }
}
