"""Reading and writing the lexicons: TSV with `#` comments, a header row, sorted rows."""

from pathlib import Path

from arabic import fold


def render(columns, rows, comment):
    """The bytes of a table. Rows are dictionaries or tuples in the order of `columns`."""
    lines = [f"# {line}".rstrip() for line in comment.strip().splitlines()]
    lines.append("\t".join(columns))
    for row in rows:
        cells = [str(row[column]) for column in columns] if isinstance(row, dict) else [str(cell) for cell in row]
        if any("\t" in cell or "\n" in cell for cell in cells) or len(cells) != len(columns):
            raise ValueError(f"a row of {columns[0]} that cannot be written: {cells}")
        lines.append("\t".join(cells))
    return ("\n".join(lines) + "\n").encode("utf-8")


def read(path):
    """The rows of a table as dictionaries; an absent file has none."""
    if not Path(path).exists():
        return []
    rows, columns = [], None
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise ValueError(f"{path}:{number}: {len(cells)} cells, the header has {len(columns)}")
        rows.append(dict(zip(columns, cells)))
    return rows


class Tally:
    """How many rows each package gave and how many of its rows were dropped."""

    def __init__(self):
        self.taken = {}
        self.dropped = {}

    def take(self, package, count=1):
        self.taken[package] = self.taken.get(package, 0) + count

    def drop(self, package, count=1):
        self.dropped[package] = self.dropped.get(package, 0) + count


def apply_flags(rows, decisions, id_column, name_column="name"):
    """Adds and removes flags as the curated table says, in any spelling; returns the decisions that matched nothing.

    Without the column of ids a decision is for every row of the name.
    """
    unused = []
    for decision in decisions:
        hit, key = False, fold(decision[name_column])
        for row in rows:
            if fold(row[name_column]) == key and decision.get(id_column, "*") in ("*", row.get(id_column)):
                hit = True
                flags = set(filter(None, row["flags"].split(",")))
                flags |= set(filter(None, decision["add"].split(",")))
                flags -= set(filter(None, decision["drop"].split(",")))
                row["flags"] = ",".join(sorted(flags))
        if not hit:
            unused.append(decision[name_column])
    return unused
