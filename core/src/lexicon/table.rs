//! Reads tab separated tables: `#` comments, a header row, then rows.

use std::str::FromStr;

use crate::KnowledgeError;

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

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The rows, each with as many fields as there are columns.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Row<'a>, KnowledgeError>> {
        self.lines.iter().map(|&(line, content)| {
            let row = Row { file: self.file, line, content };
            if content.split('\t').count() == self.columns {
                Ok(row)
            } else {
                Err(row.error(&format!("the row does not have {} fields", self.columns)))
            }
        })
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    file: &'a str,
    line: usize,
    content: &'a str,
}

impl<'a> Row<'a> {
    /// The fields, as an array for patterns. `N` is the number of columns that the table was parsed with.
    pub(super) fn fields<const N: usize>(&self) -> Result<[&'a str; N], KnowledgeError> {
        let mut fields = [""; N];
        let mut given = self.content.split('\t');
        for field in &mut fields {
            *field = given.next().ok_or_else(|| self.error(&format!("the row does not have {N} fields")))?;
        }
        Ok(fields)
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

    fn read(content: &str) -> Result<Vec<[String; 2]>, String> {
        let table = Table::parse("t.tsv", content, &["name", "number"]).map_err(|e| e.to_string())?;
        table
            .rows()
            .map(|row| {
                Ok(row
                    .map_err(|e| e.to_string())?
                    .fields::<2>()
                    .map_err(|e| e.to_string())?
                    .map(str::to_owned))
            })
            .collect()
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
        let row = table.rows().next().expect("a row").expect("fits");
        assert_eq!(
            row.parse::<u8>("z", "a number").unwrap_err().to_string(),
            "t.tsv, line 2: `z` is not a number"
        );
    }
}
