//! Reads tab separated tables: `#` comments, a header row, then rows.

use std::str::FromStr;

use crate::{KnowledgeError, normalize};

/// A table with its name, for errors.
pub(super) struct Table<'a> {
    file: &'a str,
    columns: usize,
    lines: Vec<(usize, &'a str)>,
}

impl<'a> Table<'a> {
    /// The table in `content`, whose header must be `columns` (so that a column which moved is an
    /// error and not another meaning).
    pub(super) fn parse(file: &'a str, content: &'a str, columns: &[&str]) -> Result<Self, KnowledgeError> {
        let mut lines = content
            .lines()
            .enumerate()
            .map(|(number, line)| (number + 1, line))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let Some((number, header)) = lines.next() else {
            return Err(error(file, 0, "the table has no header row"));
        };
        if !header.split('\t').eq(columns.iter().copied()) {
            return Err(error(file, number, &format!("the header row is not `{}`", columns.join("` `"))));
        }
        Ok(Self { file, columns: columns.len(), lines: lines.collect() })
    }

    /// The rows; reading their fields says whether they have as many as there are columns.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        let (file, columns) = (self.file, self.columns);
        self.lines.iter().map(move |&(line, content)| Row { file, columns, line, content })
    }

    /// The rows, each with its first field folded. All are folded at once: one at a time, the calls
    /// would take most of the time that loading takes.
    pub(super) fn rows_with_folded_names(&self) -> Result<Vec<(Row<'a>, String)>, KnowledgeError> {
        let names: Vec<&str> = self.rows().map(|row| row.first()).collect();
        let folded = normalize::fold(&names.join("\n")).text;
        let mut folded_names = folded.split('\n').map(str::to_owned);
        let rows = self.rows().map(|row| {
            let folded = folded_names.next().ok_or_else(|| row.error("the name does not fold"))?;
            Ok((row, folded))
        });
        rows.collect()
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    file: &'a str,
    columns: usize,
    line: usize,
    content: &'a str,
}

impl<'a> Row<'a> {
    /// The first field.
    pub(super) fn first(&self) -> &'a str {
        self.content.split('\t').next().unwrap_or_default()
    }

    /// The fields. `N` is the number of columns that the table was parsed with.
    pub(super) fn fields<const N: usize>(&self) -> Result<[&'a str; N], KnowledgeError> {
        debug_assert_eq!(N, self.columns);
        let wrong = || self.error(&format!("the row does not have {} fields", self.columns));
        let mut fields = [""; N];
        let mut given = self.content.split('\t');
        for field in &mut fields {
            *field = given.next().ok_or_else(wrong)?;
        }
        if given.next().is_some() { Err(wrong()) } else { Ok(fields) }
    }

    pub(super) fn parse<T: FromStr>(&self, field: &str, what: &str) -> Result<T, KnowledgeError> {
        field.parse().map_err(|_| self.error(&format!("`{field}` is not {what}")))
    }

    pub(super) fn error(&self, problem: &str) -> KnowledgeError {
        error(self.file, self.line, problem)
    }
}

fn error(file: &str, line: usize, problem: &str) -> KnowledgeError {
    KnowledgeError { file: file.to_owned(), line, problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_folded_at_once_are_the_names_folded() {
        let table = Table::parse("t.tsv", "name\nأبو\nكُتُب\n\u{640}\nهـ\n", &["name"]).expect("parses");
        for (row, folded) in table.rows_with_folded_names().expect("folds") {
            let [name] = row.fields().expect("one field");
            assert_eq!(normalize::fold(name).text, folded);
        }
    }

    fn read(content: &str) -> Result<Vec<[String; 2]>, String> {
        let table = Table::parse("t.tsv", content, &["name", "number"]).map_err(|e| e.to_string())?;
        let rows = table.rows();
        rows.map(|row| Ok(row.fields::<2>().map_err(|e| e.to_string())?.map(str::to_owned))).collect()
    }

    #[test]
    fn comments_and_empty_lines_are_skipped() {
        let rows = read("# a\nname\tnumber\n\nx\t1\n# b\ny\t\n").expect("reads");
        assert_eq!(rows, [["x", "1"], ["y", ""]]);
    }

    #[test]
    fn errors_name_file_and_line() {
        assert_eq!(read("").unwrap_err(), "t.tsv, line 0: the table has no header row");
        assert_eq!(read("# a\nname\n").unwrap_err(), "t.tsv, line 2: the header row is not `name` `number`");
        assert_eq!(
            read("name\tnumber\nx\t1\nx\n").unwrap_err(),
            "t.tsv, line 3: the row does not have 2 fields"
        );
        let table = Table::parse("t.tsv", "name\tnumber\nx\tz\n", &["name", "number"]).expect("parses");
        let row = table.rows().next().expect("a row");
        assert_eq!(
            row.parse::<u8>("z", "a number").unwrap_err().to_string(),
            "t.tsv, line 2: `z` is not a number"
        );
    }
}
