"""Mends of lines that YAML cannot read: each is a guess at what a contributor meant, and names a cause.

`generator.source.recovery` tries them and believes one that lets the parser go on. Such a cause is proven: it can be
told by its own name at its own place, and everything else of the entry is still checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.problem import Span

_FIELD = re.compile(r"^( *)((?:- +)*)([^\s:#'\"\[\]{}&*!|>%@`,-][^:#'\"\[\]{},]*?) *:(?: +|$)(.*)$")
_ITEM = re.compile(r"^( *)- +(.*)$")
_BULLET = re.compile(r"^( *)([-*+–—•●◦▪·]|\uf0b7|\uf0a7)( *)(?=\S)(.*)$")
_GLUED_DASH = re.compile(r"^( *)-([a-z_]+): ")
_GLUED = re.compile(r"^( *(?:- +)*[A-Za-z_]+):(?=[^\s:/])(.*)$")
_NO_COLON = re.compile(r"^( *(?:- +)*)([a-z_]+)(?: *[=;：] *| +)(\S.*)$")
_CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})( |$)")
_BLOCK_START = re.compile(r"^[|>][-+]?\d?$")
_SPECIAL = {"&": "yaml-alias", "*": "yaml-alias", "!": "yaml-tag"}
_CLOSING = {"[": "]", "{": "}"}
_MOST_RUN = 40


@dataclass(frozen=True)
class Mend:
    """A guess: the rule that is broken, its place, values for its message, and the lines (from 0) as they should be."""

    rule: str
    span: Span
    lines: Mapping[int, str]
    values: Mapping[str, str] = field(default_factory=dict)


def quoted(text: str) -> str:
    """Return a text in quotes as YAML reads it back.

    >>> print(quoted("Giai đoạn 1: khảo sát"), quoted('"Zalo OA" của Hội'))
    "Giai đoạn 1: khảo sát" '"Zalo OA" của Hội'
    """
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def certain_mends(lines: Sequence[str], fields: Collection[str]) -> Iterator[Mend]:
    """Yield mends of lines that YAML reads as something else: a dash without its blank, a bullet in place of a dash."""
    list_begins = False
    for index, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        bullet, glued = _BULLET.match(line), _GLUED_DASH.match(line)
        if glued and glued[2] in fields:
            values = {"why": "glued", "example": f"- {line.strip()[1:]}"}
            mended = {index: f"{glued[1]}- {line.lstrip()[1:]}"}
            yield Mend("yaml-dash", Span(index + 1, len(glued[1]) + 1), mended, values)
        elif list_begins and bullet and bullet[2] not in "-*+":
            rest = bullet[4] if _FIELD.match(bullet[4]) else quoted(bullet[4])
            values = {"found": bullet[2], "example": f"- {rest}"}
            mended = {index: f"{bullet[1]}- {rest}"}
            yield Mend("yaml-bullet", Span(index + 1, len(bullet[1]) + 1), mended, values)
        else:
            match = _FIELD.match(line)
            list_begins = bool(match and not _without_note(match[4])) or (list_begins and bool(_ITEM.match(line)))


def mends_of(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Yield guesses at what is wrong with a line, the likeliest first; `fields` are the names of all fields."""
    line = lines[index]
    if not line.strip() or line.lstrip().startswith("#"):
        return
    for guess in _GUESSES:
        yield from guess(lines, index, fields)


def _conflict(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess marks of a merge: the first side is read, the other is left out."""
    if not _CONFLICT.match(lines[index]):
        return
    start = next((i for i in range(index, -1, -1) if lines[i].startswith("<<<<<<<")), index)
    mended: dict[int, str] = {}
    second = False
    for place in range(start, len(lines)):
        mark = _CONFLICT.match(lines[place])
        second = second or bool(mark and mark[1][0] in "|=")
        if mark or second:
            mended[place] = ""
        if mark and mark[1][0] == ">":
            break
    yield Mend("yaml-conflict", Span(start + 1, 1, max(1, len(lines[start]))), mended)


def _tab(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    line = lines[index]
    if "\t" not in line[: len(line) - len(line.lstrip())]:
        return
    run = [i for i in range(index, min(index + _MOST_RUN, len(lines))) if "\t" in lines[i][: _depth(lines[i])]]
    for width in (2, 4, 1, 8):
        mended = {i: lines[i][: _depth(lines[i])].replace("\t", " " * width) + lines[i].lstrip() for i in run}
        yield Mend("yaml-tab", Span(index + 1, line.index("\t") + 1), mended)
        yield Mend("yaml-tab", Span(index + 1, line.index("\t") + 1), {index: mended[index]})
    for column in _columns(lines, index):
        yield Mend("yaml-tab", Span(index + 1, line.index("\t") + 1), {index: " " * column + line.lstrip()})


def _bullet(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a dash without its blank, a long dash, a bullet of a word processor."""
    match = _BULLET.match(lines[index])
    if not match or (match[2] == "-" and match[3]):
        return
    indent, sign, _, rest = match.groups()
    rule, found = ("yaml-dash", {"why": "glued"}) if sign == "-" else ("yaml-bullet", {"found": sign})
    span = Span(index + 1, len(indent) + 1)
    columns = dict.fromkeys((len(indent), *_columns(lines, index)))
    for column in columns:
        for text in (rest, quoted(rest)):
            yield Mend(rule, span, {index: f"{' ' * column}- {text}"}, {**found, "example": f"- {rest}"})


def _colon(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a missing colon, a missing blank behind it, another sign in its place."""
    line = lines[index]
    if match := _GLUED.match(line):
        mended = f"{match[1]}: {match[2]}"
        values = {"why": "glued", "example": mended.strip()}
        yield Mend("yaml-no-colon", Span(index + 1, len(match[1]) + 1), {index: mended}, values)
    if (match := _NO_COLON.match(line)) and match[2] in fields:
        span = Span(index + 1, len(match[1]) + 1, len(match[2]))
        for text in (match[3], quoted(match[3])):
            mended = f"{match[1]}{match[2]}: {text}"
            yield Mend("yaml-no-colon", span, {index: mended}, {"why": "missing", "example": mended.strip()})
    if (name := line.strip().removeprefix("- ")) in fields:
        example = f"{name}: …"
        values = {"why": "missing", "example": example}
        span = Span(index + 1, line.index(name) + 1, len(name))
        yield Mend("yaml-no-colon", span, {index: f"{line.rstrip()}:"}, values)
        yield Mend("yaml-no-colon", span, {index: f"{line.rstrip()}: ''"}, values)


def _block(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a text after `|` or `>` that is not indented."""
    match = _FIELD.match(lines[index])
    value = match and _without_note(match[4])
    if not match or not value or not _BLOCK_START.match(value):
        return
    column = len(match[1]) + len(match[2])
    mended: dict[int, str] = {}
    for place in range(index + 1, min(index + 1 + _MOST_RUN, len(lines))):
        line = lines[place]
        inner = _FIELD.match(line)
        if inner and (inner[3] in fields or inner[2]) and _depth(line) <= column:
            break
        if line.strip():
            mended[place] = " " * (column + 2) + line.lstrip()
    if mended:
        first = min(mended)
        values = {"field": match[3], "sign": value[0]}
        yield Mend("yaml-block", Span(first + 1, _depth(lines[first]) + 1), mended, values)


def _quote(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a quote that is opened and not closed, or closed before the value ends."""
    if not _has_value(lines, index):
        return
    head, value = _value_of(lines[index])
    plain = _without_note(value)
    example = head.strip()
    if value[:1] in {'"', "'"}:
        closed = _end_of_quote(value)
        span = Span(index + 1, len(head) + 1)
        if closed < 0:
            whole = value[0] + value[1:].rstrip() + value[0]
            yield Mend("yaml-quote", span, {index: head + whole}, {"example": f"{example} {whole}"})
            whole = quoted(value[1:].rstrip().strip(value[0]))
            yield Mend("yaml-quote", span, {index: head + whole}, {"example": f"{example} {whole}"})
        elif plain[closed:].strip():
            whole = quoted(plain)
            values = {"example": f"{example} {whole}"}
            yield Mend("yaml-stray", Span(index + 1, len(head) + closed + 1), {index: head + whole}, values)
    if plain[:1] in {"[", "{"} or "," in plain:
        yield from _flow_quotes(index, head, value, plain)


def _flow_quotes(index: int, head: str, value: str, plain: str) -> Iterator[Mend]:
    """Guess quotes inside of brackets: one that is missing, or a piece with text behind its quote."""
    for sign in ('"', "'"):
        if value.count(sign) % 2:
            for match in re.finditer(r",\s*[a-z_]+: ", value):
                opened = value.rfind(sign, 0, match.start())
                mended = value[: match.start()] + sign + value[match.start() :]
                values = {"example": f"{head.strip()} {mended}"}
                yield Mend(
                    "yaml-quote", Span(index + 1, len(head) + max(0, opened) + 1), {index: head + mended}, values
                )
            last = value.rindex(sign)
            for place in [*(m.start() for m in re.finditer(r"[,\]}]", value) if m.start() > last), len(plain)]:
                mended = value[:place].rstrip() + sign + value[place:]
                values = {"example": f"{head.strip()} {mended.strip()}"}
                yield Mend("yaml-quote", Span(index + 1, len(head) + last + 1), {index: head + mended}, values)
    for match in re.finditer(r"""(["'])((?:(?!\1).)*)\1(?=\s*[^\s,\]}:#"'\[{])[^,\]}]*""", value):
        text = match[0].rstrip()
        mended = value[: match.start()] + quoted(text) + value[match.start() + len(text) :]
        span = Span(index + 1, len(head) + match.start() + 1, len(text))
        yield Mend("yaml-stray", span, {index: head + mended}, {"example": f"{head.strip()} {mended}"})


def _bracket(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess brackets that do not match, a missing comma, text behind the bracket, or a bracket that is printed."""
    if not _has_value(lines, index):
        return
    head, value = _value_of(lines[index])
    plain = _without_note(value)
    if plain[:1] not in _CLOSING:
        stray = plain.rstrip(",")
        if plain.endswith(("]", "}")):
            span = Span(index + 1, len(head) + len(plain))
            yield Mend("yaml-bracket", span, {index: head + plain[:-1]}, {"example": f"{head.strip()} {plain[:-1]}"})
        if not stray.endswith(("]", "}")) and plain and _inside_flow(lines, index):
            span = Span(index + 1, len(head) + len(plain))
            yield Mend("yaml-bracket", span, {index: f"{head}{plain},"}, {"example": f"{plain},"})
        return
    opening = Span(index + 1, len(head) + 1)
    closing = _CLOSING[plain[0]]
    last = index
    for place in range(index + 1, min(index + _MOST_RUN, len(lines))):
        if not lines[place].strip() or _ITEM.match(lines[place]) or _depth(lines[place]) <= _depth(lines[index]):
            break
        last = place
    if last > index:
        mended = lines[last].rstrip().rstrip(",") + closing
        yield Mend("yaml-bracket", opening, {last: mended}, {"example": f"{head.strip()} {plain} … {mended.strip()}"})
    for mended in (plain + closing, plain + "]" + closing, plain + "}" + closing, plain[:-1] + closing, f"{plain},"):
        yield Mend("yaml-bracket", opening, {index: head + mended}, {"example": f"{head.strip()} {mended}"})
    if plain[-1:] in {"]", "}"}:
        span = Span(index + 1, len(head) + len(plain))
        yield Mend("yaml-bracket", span, {index: head + plain[:-1]}, {"example": f"{head.strip()} {plain[:-1]}"})
    for match in re.finditer(r"""(?<=["'\]}\w]) +(?=["'\[{]|[a-z_]+:)""", plain):
        mended = f"{plain[: match.start()]}, {plain[match.end() :]}"
        span = Span(index + 1, len(head) + match.start() + 1)
        yield Mend("yaml-bracket", span, {index: head + mended}, {"example": f"{head.strip()} {mended}"})
    whole = quoted(plain)
    yield Mend("yaml-stray", opening, {index: head + whole}, {"example": f"{head.strip()} {whole}"})


def _special(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a value that begins with a sign of YAML, alone or inside of brackets."""
    head, value = _value_of(lines[index])
    plain = _without_note(value)
    if not plain or not _has_value(lines, index):
        return
    if not plain[0].isalnum() and plain[0] not in "\"'[{":
        rule = _SPECIAL.get(plain[0], "yaml-character")
        values = {"example": f"{head.strip()} {quoted(plain)}".strip(), "tag": plain[0]}
        yield Mend(rule, Span(index + 1, len(head) + 1), {index: head + quoted(plain)}, values)
    for match in re.finditer(r"(?:(?<=[\[{,:] )|(?<=[\[{,]))([^\s\w\"'\[{}\]][^,\]}]*)", plain):
        text = match[1].rstrip()
        mended = plain[: match.start()] + quoted(text) + plain[match.start() + len(text) :]
        rule = _SPECIAL.get(text[0], "yaml-character")
        span = Span(index + 1, len(head) + match.start() + 1)
        yield Mend(rule, span, {index: head + mended}, {"example": f"{head.strip()} {mended}", "tag": text[0]})
    if "\\" in plain and plain[0] == '"':
        mended = head + quoted(plain.strip('"'))
        span = Span(index + 1, len(head) + plain.index("\\") + 1)
        yield Mend("yaml-escape", span, {index: mended}, {"example": mended.strip()})


def _inner_colon(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a text with a colon in it."""
    head, value = _value_of(lines[index])
    plain = _without_note(value)
    place = re.search(r":(?= |$)", plain)
    if place and plain[:1] not in {'"', "'", "[", "{"}:
        span = Span(index + 1, len(head) + place.start() + 1)
        values = {"example": f"{head.strip()} {quoted(plain)}"}
        yield Mend("yaml-colon", span, {index: head + quoted(plain)}, values)
    item = _ITEM.match(lines[index])
    if item and ": " in item[2] and not item[2].startswith(('"', "'", "[", "{")):
        text = _without_note(item[2])
        column = len(lines[index]) - len(item[2])
        span = Span(index + 1, column + text.find(":") + 1)
        values = {"example": f"- {quoted(text)}"}
        yield Mend("yaml-colon", span, {index: lines[index][:column] + quoted(text)}, values)


def _indent(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a line, or the rest of its entry, that begins in the wrong column; a key in a dash's column misses it."""
    line = lines[index]
    match, item = _FIELD.match(line), _ITEM.match(line)
    if not match and not item:
        return
    depth = _depth(line)
    run = [index]
    for place in range(index + 1, min(index + _MOST_RUN, len(lines))):
        if lines[place].strip() and (_depth(lines[place]) < depth or _ITEM.match(lines[place])):
            break
        run.append(place)
    dashes = {len(above[1]) for i in range(index) if (above := _ITEM.match(lines[i]))} if match and not item else set()
    if match and not item and match[3] == "id" and depth in dashes:
        mended = {index: f"{' ' * depth}- {line.lstrip()}"}
        yield Mend("yaml-dash", Span(index + 1, depth + 1, len(line.strip())), mended, _dash_values(line))
    for column in _columns(lines, index):
        if column == depth:
            continue
        values = {"column": str(column + 1), "found": str(depth + 1), "field": match[3] if match else "-"}
        span = Span(index + 1, depth + 1, max(1, len(match[3]) if match else 1))
        yield Mend("yaml-indent", span, {index: " " * column + line.lstrip()}, values)
        shifted = {i: " " * max(0, _depth(lines[i]) + column - depth) + lines[i].lstrip() for i in run}
        yield Mend("yaml-indent", span, shifted, values)
    if depth in dashes:
        mended = {index: f"{' ' * depth}- {line.lstrip()}"}
        yield Mend("yaml-dash", Span(index + 1, depth + 1, len(line.strip())), mended, _dash_values(line))


def _continued(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a text that goes on in this line, or an item of a list without its dash."""
    line = lines[index]
    if _FIELD.match(line) or _ITEM.match(line) or line.lstrip()[0] in "[{?%":
        return
    before = next((i for i in range(index - 1, -1, -1) if lines[i].strip()), 0)
    yield from _block(lines, before, fields)
    above = lines[before]
    if _ITEM.match(above) and _depth(above) == _depth(line):
        values = {"why": "missing", "example": f"- {line.strip()}"}
        mended = {index: f"{' ' * _depth(line)}- {quoted(line.strip())}"}
        yield Mend("yaml-dash", Span(index + 1, _depth(line) + 1, len(line.strip())), mended, values)
    run = []
    for place in range(index, min(index + _MOST_RUN, len(lines))):
        if _FIELD.match(lines[place]) or _ITEM.match(lines[place]):
            break
        run.append(place)
    span = Span(index + 1, _depth(line) + 1, max(1, len(line.strip())))
    yield Mend("yaml-continued", span, dict.fromkeys(run, ""), {"found": line.strip()[:60]})


_GUESSES: tuple[Callable[[Sequence[str], int, Collection[str]], Iterator[Mend]], ...] = (
    _conflict,
    _tab,
    _bullet,
    _colon,
    _block,
    _quote,
    _special,
    _bracket,
    _inner_colon,
    _indent,
    _continued,
)


def _dash_values(line: str) -> Mapping[str, str]:
    return {"why": "missing", "example": f"- {line.strip()}"}


def is_stray(lines: Sequence[str], index: int) -> bool:
    """Return whether a line in the first column belongs to an entry: a field with a value has nothing below it."""
    match = _FIELD.match(lines[index])
    if not match or match[1] or match[2] or not (value := _without_note(match[4])) or _BLOCK_START.match(value):
        return False
    below = next((line for line in lines[index + 1 : index + _MOST_RUN] if line.strip()), "")
    if not below.startswith(" ") or value[0] in "[{\"'":
        return below.startswith(" ") and value[0] in "[{\"'" and value[-1] in "]}\"'"
    return bool(_FIELD.match(below) or _ITEM.match(below))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _columns(lines: Sequence[str], index: int) -> list[int]:
    """Return the columns in which a line like this may begin, those of the nearest lines first."""
    columns: list[int] = []
    is_item = bool(_ITEM.match(lines[index]) or _BULLET.match(lines[index]))
    for place in range(index - 1, max(-1, index - _MOST_RUN), -1):
        if item := _ITEM.match(lines[place]):
            columns.append(len(item[1]) if is_item else len(lines[place]) - len(item[2]))
        elif (match := _FIELD.match(lines[place])) and not is_item:
            columns.append(len(match[1]))
        elif match and not match[4]:
            columns.append(len(match[1]) + 2)
    return list(dict.fromkeys(columns))


def _value_of(line: str) -> tuple[str, str]:
    """Return what stands before the value of a line, with its blanks, and the value."""
    match = _FIELD.match(line) or _ITEM.match(line)
    value = match[match.lastindex or 0] if match else line.lstrip()
    return line[: len(line) - len(value)], value.rstrip()


def _has_value(lines: Sequence[str], index: int) -> bool:
    """Return whether a line is a field or an item of a list, or stands inside of brackets."""
    return bool(_FIELD.match(lines[index]) or _ITEM.match(lines[index])) or _inside_flow(lines, index)


def _without_note(value: str) -> str:
    """Return a value without the contributor's note behind it (` # …`)."""
    return re.split(r"\s+#(?: |$)", value, maxsplit=1)[0].rstrip()


def _end_of_quote(value: str) -> int:
    """Return the place behind the quote that closes a value, or -1."""
    pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(pattern, value)
    return match.end() if match else -1


def _inside_flow(lines: Sequence[str], index: int) -> bool:
    """Return whether a line may stand inside of brackets that a line above has opened."""
    above = "".join(lines[max(0, index - 8) : index])
    return above.count("{") > above.count("}") or above.count("[") > above.count("]")
