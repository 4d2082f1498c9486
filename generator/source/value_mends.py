"""Guesses at faults in the value of a line: its quotes, its brackets, a sign of YAML in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from generator.problem import Span
from generator.source.yaml_lines import (
    FIELD,
    ITEM,
    MOST_RUN,
    Mend,
    depth_of,
    has_value,
    is_inside_brackets,
    value_of,
    without_note,
)
from generator.source.yaml_writer import quoted

_SPECIAL = {"&": "yaml-alias", "*": "yaml-alias", "!": "yaml-tag"}
_CLOSING = {"[": "]", "{": "}"}
_SIGN = re.compile(r"(?:[&*!|>%@`#,]|[-?:](?=[ ,\]}]|$))")
"""Signs with which YAML does not let a value begin."""
_ALIAS = re.compile(r"([&*])([\w-]+)(?: +(\S.*))?")
_HASH_IN_LIST = re.compile(r"(\[(?:[^\[\]#]*, )?)([^\[\]#,]* #[^\[\],]*)((?:,[^\[\]#]*)?\])\s*")
_NESTED = re.compile(r"""(?<=: )(["'])(?=[^,\]}]{0,200}[ (]\1).{0,400}?\1(?=, *(?:[a-z_]+|\d{4}): |[}\]]+$)""")
"""A text in quotes with other quotes in it, up to the next field."""
_STRAY = re.compile(r"""(?:(?<=[:,\[{] )|(?<=[\[{,]))(["'])((?:(?!\1).)*)\1(?=\s*[^\s,\]}:#"'\[{])[^,\]}]*""")
_MAPPINGS = {"by_year", "by_period", "period", "issued", "source", "signer", "due", "roles"}
"""Fields whose values have fields, which need braces if written in one line."""
_UNOPENED = re.compile(r"(?<=: )[^\[\]{}:]+\](?=[,}])")


def _mend(rule: str, index: int, head: str, value: str, at: int = 0, *, length: int = 1, **values: str) -> Mend:
    """Return the mend of a line by another value behind its head; `at` is where in the value the fault is."""
    example = f"{head.strip()} {value}".strip()
    return Mend(
        rule, Span(index + 1, len(head) + at + 1, length), {index: head + value}, {"example": example, **values}
    )


def guess_quotes(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a quote that is not closed, or is closed before the value ends."""
    if not has_value(lines, index):
        return
    head, value = value_of(lines[index])
    plain = without_note(value)
    if value[:1] in {'"', "'"}:
        closed, text = _end_of_quote(value), value[1:].rstrip()
        if closed < 0:
            yield _mend("yaml-quote", index, head, value[0] + _without_odd_quote(text) + value[0])
            yield _mend("yaml-quote", index, head, quoted(text.strip(value[0])))
        elif plain[closed:].strip():
            yield _mend("yaml-stray", index, head, _requoted(plain), closed)
    if plain[:1] in {"[", "{"} or "," in plain:
        yield from _flow_quotes(index, head, value, plain)


def _flow_quotes(index: int, head: str, value: str, plain: str) -> Iterator[Mend]:
    """Guess quotes inside brackets: a missing one, or a piece with text after its quote."""
    for sign in ('"', "'"):
        if value.count(sign) % 2:
            for match in re.finditer(r",\s*[a-z_]+: ", value):
                opened = value.rfind(sign, 0, match.start())
                mended = value[: match.start()] + sign + value[match.start() :]
                yield _mend("yaml-quote", index, head, mended, max(0, opened))
            last = value.rindex(sign)
            for position in [*(m.start() for m in re.finditer(r"[,\]}]", value) if m.start() > last), len(plain)]:
                mended = value[:position].rstrip() + sign + value[position:]
                yield _mend("yaml-quote", index, head, mended, last)
    for match in [*_NESTED.finditer(value), *_STRAY.finditer(value)]:
        text = match[0].rstrip()
        mended = value[: match.start()] + _requoted(text) + value[match.start() + len(text) :]
        yield _mend("yaml-stray", index, head, mended, match.start(), length=len(text))


def _requoted(text: str) -> str:
    """Return a text that begins with a quote, in quotes; quotes around the whole text are removed first.

    >>> print(_requoted('"Phong trào "5 không" toàn tỉnh"'), _requoted('"Zalo OA" của Hội'))
    'Phong trào "5 không" toàn tỉnh' '"Zalo OA" của Hội'
    """
    inner = text[1:-1]
    is_around = text[-1] == text[0] and re.match(rf"(?:[^{text[0]}]*[ (])?{text[0]}", inner)
    return quoted(inner if is_around else text)


def _without_odd_quote(text: str) -> str:
    """Return a text without a final curly quote that has no opening one: it was meant to close the value."""
    opening = {"”": "“", "’": "‘"}.get(text[-1:], "")
    return text[:-1] if opening and text.count(text[-1]) > text.count(opening) else text


def guess_list(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a list whose first bracket is missing, or whose last one is after a `#`."""
    if not has_value(lines, index):
        return
    head, value = value_of(lines[index])
    plain = without_note(value)
    opening = 0 if plain.endswith("]") and plain[:1] not in _CLOSING else None
    if match := _HASH_IN_LIST.fullmatch(value):
        mended = f"{match[1]}{quoted(match[2])}{match[3]}"
        hash_at = value.index("#")
        yield _mend("hash-in-text", index, head, mended, hash_at, found=value[hash_at:].strip())
    elif inner := _UNOPENED.search(plain):
        opening = inner.start()
    if opening is not None and "[" not in plain:
        yield _mend("yaml-bracket", index, head, f"{plain[:opening]}[{plain[opening:]}", opening)


def guess_brackets(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess brackets that do not match, a missing comma, text after the bracket, or a printed bracket."""
    if not has_value(lines, index):
        return
    head, value = value_of(lines[index])
    plain = without_note(value)
    if plain[:1] not in _CLOSING:
        stray = plain.rstrip(",")
        if plain.endswith(("]", "}")):
            yield _mend("yaml-bracket", index, head, plain[:-1], len(plain) - 1)
        if not stray.endswith(("]", "}")) and plain and is_inside_brackets(lines, index):
            yield _mend("yaml-bracket", index, head, f"{plain},", len(plain) - 1, example=f"{plain},")
        return
    closing = _CLOSING[plain[0]]
    if (last := _last_below(lines, index)) > index:
        mended = lines[last].rstrip().rstrip(",") + closing
        values = {"example": f"{head.strip()} {plain} … {mended.strip()}"}
        yield Mend("yaml-bracket", Span(index + 1, len(head) + 1), {last: mended}, values)
    for mended in (plain + closing, plain + "]" + closing, plain + "}" + closing, plain[:-1] + closing, f"{plain},"):
        yield _mend("yaml-bracket", index, head, mended)
    if plain[-1:] in {"]", "}"}:
        yield _mend("yaml-bracket", index, head, plain[:-1], len(plain) - 1)
    for match in re.finditer(r"""(?<=["'\]}\w]) +(?=["'\[{])""", plain):
        yield _mend("yaml-bracket", index, head, f"{plain[: match.start()]}, {plain[match.end() :]}", match.start())
    if re.search(r"[a-z_]+: ", plain):
        return  # these are fields in braces: quotes would make them one text
    yield _mend("yaml-stray", index, head, quoted(plain))


def _last_below(lines: Sequence[str], index: int) -> int:
    """Return the last line that continues a line: such lines are deeper and no items."""
    for below in range(index + 1, min(index + MOST_RUN, len(lines))):
        if not lines[below].strip() or ITEM.match(lines[below]) or depth_of(lines[below]) <= depth_of(lines[index]):
            return below - 1
    return min(index + MOST_RUN, len(lines)) - 1


def guess_signs(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a value that begins with a sign of YAML, alone or inside brackets."""
    head, value = value_of(lines[index])
    plain = without_note(value)
    if not plain or not has_value(lines, index):
        return
    if plain[0] in "&*" and (alias := _alias(lines, index, head, plain)):
        yield alias
        return
    if _SIGN.match(plain):
        yield _mend(_SPECIAL.get(plain[0], "yaml-character"), index, head, quoted(plain), tag=plain[0])
    for match in re.finditer(rf"(?:(?<=[\[{{,:] )|(?<=[\[{{,]))({_SIGN.pattern}[^,\]}}]*)", plain):
        text = match[1].rstrip()
        mended = plain[: match.start()] + quoted(text) + plain[match.start() + len(text) :]
        yield _mend(_SPECIAL.get(text[0], "yaml-character"), index, head, mended, match.start(), tag=text[0])
    if "\\" in plain and plain[0] == '"':
        yield _mend("yaml-escape", index, head, quoted(plain.strip('"')), plain.index("\\"))


def _alias(lines: Sequence[str], index: int, head: str, plain: str) -> Mend | None:
    """Return the mend of a real anchor or alias: both exist, or there is a value after the anchor."""
    match = _ALIAS.fullmatch(plain)
    if not match:
        return None
    name = f"{'*' if match[1] == '&' else '&'}{match[2]}"
    other = re.compile(rf"(?:: |- |[\[,] *){re.escape(name)}(?![\w-])")
    is_meant = head.strip() == "<<:" or any(name in line and other.search(line) for line in lines)
    span = Span(index + 1, len(head) + 1, len(match[1] + match[2]))
    if match[1] == "&" and (is_meant or (match[3] or "")[:1] in {*"[{\"'"}):
        mended = f"{head}{match[3] or ''}".rstrip()
        return Mend("yaml-alias", span, {index: mended}, {"why": "anchor", "example": mended.strip()})
    if match[1] == "*" and is_meant and not match[3]:
        found = lines[index].strip() if head.strip() == "<<:" else plain
        mended = "" if head.strip() == "<<:" else head.rstrip()
        return Mend("yaml-alias", span, {index: mended}, {"why": "alias", "found": found})
    return None


def guess_colons(lines: Sequence[str], index: int, fields: Collection[str]) -> Iterator[Mend]:
    """Guess a text with a colon in it."""
    head, value = value_of(lines[index])
    plain = without_note(value)
    colon = re.search(r":(?= |$)", plain)
    if colon and plain[:1] not in {'"', "'", "[", "{"}:
        if (field := FIELD.match(lines[index])) and field[3] in _MAPPINGS:
            yield _mend("yaml-bracket", index, head, f"{{{plain}}}")
        yield _mend("yaml-colon", index, head, quoted(plain), colon.start())
    item = ITEM.match(lines[index])
    if item and ": " in item[2] and not item[2].startswith(('"', "'", "[", "{")):
        text = without_note(item[2])
        yield _mend("yaml-colon", index, lines[index][: -len(item[2])], quoted(text), text.find(":"))


def _end_of_quote(value: str) -> int:
    """Return the place after the quote that closes a value, or -1."""
    pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(pattern, value)
    return match.end() if match else -1
