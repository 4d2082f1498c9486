"""The parts of a letter around a plan's table: letterhead, number, day, title, basis, prose, recipients, signer.

Their places are those of Decree 30/2020/NĐ-CP, Annex I; offices keep them in tables without borders. What is blank in
the document, such as a number not yet stamped, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.language.folding import exact
from generator.reading.letter_lines import FrameLine
from generator.reading.lines_above import ATTACHED, begins_annex, numbers_annex, unit_below
from generator.reading.money_cells import money_unit
from generator.reading.plan_tables import ENDING_WORDS
from generator.reading.plan_title import (
    BASIS,
    DATED_TITLE,
    DAY,
    TITLE,
    begins_title,
    is_attached,
    lowered,
    title_goes_on,
    title_words,
)
from generator.reading.short_titles import sentence_case

_MOTTOES = "cộng hòa xã hội chủ nghĩa việt nam|độc lập ?- ?tự do ?- ?hạnh phúc|đảng cộng sản việt nam"
_NATION = re.compile(rf"(?:{exact(_MOTTOES)}|[*_\s-])+")
_NUMBER = re.compile(r"Số\s*:?\s*(.*)", re.I)
_WRITTEN_NUMBER = re.compile(r"\d+\s*[-/]\s*\S.*")
_BLANK_DAY = re.compile(r"(?:.{2,40}?,\s*)?ngày[\s.…]*tháng[\s.…\d]*năm[\s.…\d]*", re.I)
_OF_LETTER = re.compile(
    r".*kèm theo (kế hoạch|chương trình|đề án|nghị quyết|phương án) số:? *(\d+ ?[-/] ?[^\s,;)]+),? *"
    r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4}).*",
    re.I,
)
_ANNEX = re.compile(r"(?:phụ lục|biểu|danh mục)\b", re.I)
_BODIES = ("Ban Chấp hành", "Ban Thường vụ", "Đoàn Chủ tịch", "Ban Chỉ đạo", "Thường trực")
_BEHALF = re.compile(r"(?:TM|KT|Q|TL|TUQ)\.\s*(.*)")
_POSITION = re.compile(
    r"(?:Phó |Quyền )?(?:Chủ tịch|Trưởng ban|Chánh Văn phòng|Bí thư|Giám đốc)(?: thường trực)?", re.I
)
_PERSON = re.compile(r"[^\W\d_a-zđ][^\W\d_]*(?: [^\W\d_][^\W\d_]*){1,5}")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?", re.I)


@dataclass
class LetterFrame:
    """The fields that were found, and the tokens that went to each field."""

    fields: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, list[int]] = field(default_factory=dict)
    attached: list[FrameLine] = field(default_factory=list)
    """Lines that name the letter to which an annex belongs."""
    is_title_doubtful: bool = False
    """Whether the title is only a line that names years."""

    def add(self, other: LetterFrame) -> None:
        """Add what was found in another part of the letter."""
        self.fields |= other.fields
        for path, tokens in other.tokens.items():
            self.tokens.setdefault(path, []).extend(tokens)

    def put(self, path: str, line: FrameLine) -> None:
        """Record that the words of a line went to a field."""
        self.tokens.setdefault(path, []).extend(line.tokens)


def read_head(lines: Sequence[FrameLine], issuers: Callable[[str], Sequence[str]]) -> LetterFrame:
    """Return what stands before the plan's table. `issuers` returns the units that a name may mean.

    Before the table of an annex stands a whole, signed letter: its end is read as an end.
    """
    frame = LetterFrame()
    title: list[str] = []
    prose: list[str] = []
    lines = _with_long_names(lines, issuers)
    words = title_words(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not title and not prose and _read_letterhead(line, frame, issuers):
            continue
        if begins_title(line, title, words) and not prose and "basis" not in frame.fields:
            index = _read_title(lines, index - 1, frame, title)
        elif _read_day(line, frame) or _read_number(line, frame):
            continue
        elif is_attached(line):
            frame.put("letterhead", line)
            frame.attached.append(line)
        elif begins_annex(line.text) or unit_below(line.text):
            _put_line_above(line, frame)
        elif title and ENDING_WORDS.match(line.text):
            annex = next((i for i in range(index, len(lines)) if _begins_annex(lines[i])), len(lines))
            frame.add(read_end(lines[index - 1 : annex]))
            _read_annex(lines[annex:], frame, issuers)
            break
        elif title and not prose and BASIS.fullmatch(line.text):
            frame.fields.setdefault("basis", []).append(line.text.rstrip(" ;.,").removeprefix("- "))
            frame.put("basis", line)
        elif title:
            prose.append(line.text)
            frame.put("purpose", line)
    frame.is_title_doubtful = words is DATED_TITLE
    if title:
        frame.fields["title"] = " ".join(map(sentence_case, [title[0], *map(lowered, title[1:])]))
    if prose:
        frame.fields["purpose"] = "\n\n".join(prose)
    _take_number_of_letter(frame, title)
    return frame


def _with_long_names(lines: Sequence[FrameLine], issuers: Callable[[str], Sequence[str]]) -> Sequence[FrameLine]:
    """Return the lines; two lines of one paragraph that together are a unit's name become one."""
    joined: list[FrameLine] = []
    for line in lines:
        name = f"{joined[-1].text} {line.text}" if joined and joined[-1].tokens == line.tokens else ""
        if name and len(issuers(name)) == 1:
            joined[-1] = FrameLine(name, line.tokens)
        else:
            joined.append(line)
    return joined


def read_end(lines: Sequence[FrameLine]) -> LetterFrame:
    """Return what stands after the plan's table: prose, recipients, signer."""
    frame = LetterFrame()
    signer: dict[str, str] = {}
    prose: list[str] = []
    is_end = False
    for line in lines:
        text = line.text
        if _RECIPIENTS.match(text) or _BEHALF.match(text):
            is_end = True
        if begins_annex(text) or unit_below(text):
            _put_line_above(line, frame)
        elif not is_end:
            prose.append(text)
            frame.put("organisation", line)
        elif _RECIPIENTS.fullmatch(text):
            frame.put("letterhead", line)
        elif text.startswith(("-", "–", "+")) or re.match(r"(Như |Lưu)", text):
            frame.fields.setdefault("recipients", []).append(text.strip(" -–+").rstrip(" ;.,"))
            frame.put("recipients", line)
        else:
            _read_signer(line, signer, frame)
    if prose:
        frame.fields["organisation"] = "\n\n".join(prose)
    if "name" in signer:
        names = ("name", "position", "on_behalf_of")
        frame.fields["signer"] = {name: signer[name] for name in names if name in signer}
    return frame


def source_document(fields: Mapping[str, Any], issuer: str) -> str:
    """Return the name of the official document for `source`."""
    title = str(fields.get("title", ""))
    number = f" số {fields['number']}" if "number" in fields else ""
    day = f" ngày {fields['issued']['date']}" if "date" in fields.get("issued", {}) else ""
    body = f"{fields['issuing_body']} " if "issuing_body" in fields else ""
    return f"Kế hoạch{number}{day} của {body}{issuer}" if number or day else title or issuer


def _put_line_above(line: FrameLine, frame: LetterFrame) -> None:
    """Put an annex's number and the unit of money below; more words of an annex, other units are left to a person."""
    if numbers_annex(line.text) or money_unit(unit_below(line.text)):
        frame.put("letterhead", line)


def _read_title(lines: Sequence[FrameLine], start: int, frame: LetterFrame, title: list[str]) -> int:
    """Put the lines of the title into `title`; return where they end. Text boxes are no part of it."""
    if title:
        frame.tokens.setdefault("letterhead", []).extend(frame.tokens.pop("title", []))
        title.clear()
    end = start
    while end < len(lines) and (end == start or title_goes_on(lines[end], lines[start], title)):
        if not lines[end].is_boxed:
            title.append(lines[end].text)
            frame.put("title", lines[end])
        elif is_attached(lines[end]):
            frame.put("letterhead", lines[end])
        end += 1
    return end


def _begins_annex(line: FrameLine) -> bool:
    text = line.text
    return bool(_ANNEX.match(text) or TITLE.match(text) or ATTACHED.fullmatch(text) or _NATION.fullmatch(exact(text)))


def _read_annex(lines: Sequence[FrameLine], frame: LetterFrame, issuers: Callable[[str], Sequence[str]]) -> None:
    """Read what stands between a letter and its annex's table; what is no letterhead is left to a person."""
    for line in lines:
        if ATTACHED.fullmatch(line.text):
            frame.attached.append(line)
        elif not numbers_annex(line.text) and not _NATION.fullmatch(exact(line.text)) and len(issuers(line.text)) != 1:
            continue
        frame.put("letterhead", line)


def _take_number_of_letter(frame: LetterFrame, title: Sequence[str]) -> None:
    """Take number and day of the annex's letter, if nothing else gives them and the annex is the plan itself."""
    for line in frame.attached:
        match = _OF_LETTER.fullmatch(line.text)
        if (
            not match
            or "number" in frame.fields
            or not title
            or not title[0].casefold().startswith(match[1].casefold())
        ):
            continue
        frame.fields["number"] = re.sub(r"\s", "", match[2])
        frame.put("number", line)
        if "issued" not in frame.fields:
            frame.fields["issued"] = {"date": f"{int(match[3]):02}/{int(match[4])}/{match[5]}"}
            frame.put("issued", line)


def _read_letterhead(line: FrameLine, frame: LetterFrame, issuers: Callable[[str], Sequence[str]]) -> bool:
    if _NATION.fullmatch(exact(line.text)):
        frame.put("letterhead", line)
        return True
    body = next((body for body in _BODIES if f" {line.text}".casefold().endswith(f" {body}".casefold())), None)
    if body:
        unit = line.text[: -len(body)].strip()  # a sheet's cell has both in one line
        units = issuers(unit) if unit else ()
        if unit and len(units) != 1:
            return False
        frame.fields |= {"issuing_body": body} | ({"issuer": units[0]} if units else {})
        frame.put("issuing_body", line)
        return True
    if _read_number(line, frame) or _read_day(line, frame):
        return True
    units = issuers(line.text)
    if len(units) == 1:
        frame.fields["issuer"] = units[0]  # the lowest unit comes last
        frame.put("issuer", line)
        return True
    return False


def _read_number(line: FrameLine, frame: LetterFrame) -> bool:
    match = _NUMBER.fullmatch(line.text)
    if not match or "number" in frame.fields:
        return False
    if _WRITTEN_NUMBER.fullmatch(match[1]):
        frame.fields["number"] = re.sub(r"\s*([-/])\s*", r"\1", match[1]).strip()
        frame.put("number", line)
    else:
        frame.put("letterhead", line)
    return True


def _read_day(line: FrameLine, frame: LetterFrame) -> bool:
    if match := DAY.fullmatch(line.text):
        day = {"date": f"{int(match[2]):02}/{int(match[3])}/{match[4]}"}
        frame.fields["issued"] = day | ({"place": match[1].strip()} if match[1] else {})
        frame.put("issued", line)
        return True
    if _BLANK_DAY.fullmatch(line.text):
        frame.put("letterhead", line)
        return True
    return False


def _read_signer(line: FrameLine, signer: dict[str, str], frame: LetterFrame) -> None:
    text = line.text
    if match := _BEHALF.fullmatch(text):
        body = next((name for name in _BODIES if name.casefold() == match[1].casefold()), sentence_case(match[1]))
        signer.setdefault("on_behalf_of", body)
    elif _POSITION.fullmatch(text):
        signer["position"] = sentence_case(text)
    elif _PERSON.fullmatch(text) and len(text) < 40 and "name" not in signer:
        signer["name"] = text
    else:
        return
    frame.put("signer", line)
