"""Spans in the three units, and the surfaces that they cut."""

from warraq.v1 import document_pb2

# The encoding whose code units the offsets count, and the bytes of one unit.
ENCODINGS = {
    document_pb2.OFFSET_UNIT_UTF8_BYTE: ("utf-8", 1),
    document_pb2.OFFSET_UNIT_UNICODE_CODE_POINT: ("utf-32-le", 4),
    document_pb2.OFFSET_UNIT_UTF16_CODE_UNIT: ("utf-16-le", 2),
}


class Text:
    """A text that can be cut by spans of one unit."""

    def __init__(self, text, unit):
        self.encoding, self.width = ENCODINGS[unit]
        self.units = text.encode(self.encoding)
        self.length = len(self.units) // self.width
        # From an offset in the unit to one in code points; offsets inside a code point are missing.
        self.code_point_at = {0: 0}
        offset = 0
        for index, character in enumerate(text, start=1):
            offset += len(character.encode(self.encoding)) // self.width
            self.code_point_at[offset] = index

    def cut(self, span):
        """The surface of a span. It raises where the span is out of the text or cuts a code point."""
        begin, end = span.begin, span.end
        if not 0 <= begin <= end <= self.length:
            raise AssertionError(f"span {begin}..{end} is not within 0..{self.length}")
        return self.units[begin * self.width : end * self.width].decode(self.encoding)

    def in_code_points(self, span):
        for offset in (span.begin, span.end):
            if offset not in self.code_point_at:
                raise AssertionError(f"offset {offset} is beyond the text or inside a code point")
        span.begin, span.end = self.code_point_at[span.begin], self.code_point_at[span.end]


def in_code_points(message, source, unit):
    """Rewrites, in place, every span of an answer that came in `unit` to code points, so that answers
    in two units can be compared as messages: equal messages have equal surfaces everywhere."""
    _rewrite(message, Text(source, unit), None, unit)
    return message


def _rewrite(message, source, normalized, unit):
    name = message.DESCRIPTOR.full_name
    if name == "warraq.v1.Span":
        source.in_code_points(message)
        return
    if name == "warraq.v1.AlignmentEdit":
        # Present even where it is empty at the very beginning.
        source.in_code_points(message.source)
        normalized.in_code_points(message.output)
        return
    if name == "warraq.v1.NormalizeResponse":
        normalized = Text(message.text, unit)
    for field, value in message.ListFields():
        if field.name == "offset_unit":
            if value != unit:
                raise AssertionError(f"{name} answers in unit {value}, asked for {unit}")
            message.offset_unit = document_pb2.OFFSET_UNIT_UNICODE_CODE_POINT
        elif field.message_type is not None:
            for inner in value if field.is_repeated else [value]:
                _rewrite(inner, source, normalized, unit)
