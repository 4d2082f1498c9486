"""The parts of a letter around a plan's table: letterhead, number, day, title, basis, prose, recipients, signer.

Their places are those of Decree 30/2020/NĐ-CP, Annex I; offices keep them in tables without borders. What is blank in
the document, such as a number not yet stamped, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.language.folding import exact
from generator.reading.office_document import Grid, OfficeParagraph
from generator.reading.plan_tables import ENDING_WORDS
from generator.reading.short_titles import sentence_case

_MOTTOES = "cộng hòa xã hội chủ nghĩa việt nam|độc lập ?- ?tự do ?- ?hạnh phúc|đảng cộng sản việt nam"
_NATION = re.compile(rf"(?:{exact(_MOTTOES)}|[*_\s-])+")
_NUMBER = re.compile(r"Số\s*:?\s*(.*)", re.I)
_WRITTEN_NUMBER = re.compile(r"\d+\s*[-/]\s*\S.*")
_DAY = re.compile(r"(?:(.{2,40}?),\s*)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*", re.I)
_BLANK_DAY = re.compile(r"(?:.{2,40}?,\s*)?ngày[\s.…]*tháng[\s.…\d]*năm[\s.…\d]*", re.I)
_TITLE = re.compile(r"(KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|NGHỊ QUYẾT|PHƯƠNG ÁN|PHÂN CÔNG)\b")
_BASIS = re.compile(r"(?:-\s*)?(Căn cứ|Thực hiện|Theo)\s.*[;.,]\s*")
_GOING_ON = re.compile(r"(?:Thực hiện|Triển khai|Công tác|Tổ chức|Hoạt động|Phối hợp|Về|Của|Toàn|Năm|Quý|Tháng)\s")
_ATTACHED = re.compile(r"\(?(?:ban hành )?kèm theo.*|phụ lục( số)?( [ivx\d]+)?", re.I)
_DRAFT = re.compile(r"\(?dự thảo(?: lần(?: thứ)? \w+)?\)?", re.I)
_OF_LETTER = re.compile(
    r".*kèm theo (kế hoạch|chương trình|đề án|nghị quyết|phương án) số:? *(\d+ ?[-/] ?[^\s,;)]+),? *"
    r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4}).*",
    re.I,
)
_ANNEX = re.compile(r"(?:phụ lục|biểu|danh mục)\b", re.I)
_LONGEST_TITLE_LINE = 400
_SENTENCE = 80
"""A line of at least this many letters with a final full stop is a sentence."""
_BARE_TITLE = 2
"""Words of a title that is not complete: `KẾ HOẠCH`; a blank line may follow it."""
_BODIES = ("Ban Chấp hành", "Ban Thường vụ", "Đoàn Chủ tịch", "Ban Chỉ đạo", "Thường trực")
_BEHALF = re.compile(r"(?:TM|KT|Q|TL|TUQ)\.\s*(.*)")
_POSITION = re.compile(
    r"(?:Phó |Quyền )?(?:Chủ tịch|Trưởng ban|Chánh Văn phòng|Bí thư|Giám đốc)(?: thường trực)?", re.I
)
_PERSON = re.compile(r"[^\W\d_a-zđ][^\W\d_]*(?: [^\W\d_][^\W\d_]*){1,5}")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?", re.I)


@dataclass(frozen=True)
class FrameLine:
    """A printed line outside the plan's table, with the tokens of its paragraph."""

    text: str
    tokens: tuple[int, ...]
    is_apart: bool = False
    """Whether a blank line comes before it."""
    is_set_off: bool = False
    """Whether it is centred or bold."""
    is_centred: bool = False
    is_boxed: bool = False
    """Whether it is in a text box."""


@dataclass
class LetterFrame:
    """The fields that were found, and the tokens that went to each field."""

    fields: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, list[int]] = field(default_factory=dict)
    attached: list[FrameLine] = field(default_factory=list)
    """Lines that name the letter to which an annex belongs."""

    def add(self, other: LetterFrame) -> None:
        """Add what was found in another part of the letter."""
        self.fields |= other.fields
        for path, tokens in other.tokens.items():
            self.tokens.setdefault(path, []).extend(tokens)

    def put(self, path: str, line: FrameLine) -> None:
        """Record that the words of a line went to a field."""
        self.tokens.setdefault(path, []).extend(line.tokens)


def frame_lines(blocks: Iterable[OfficeParagraph | Grid]) -> Iterator[FrameLine]:
    """Yield the lines of paragraphs and of tables without borders, cell by cell."""
    is_apart = False
    for block in blocks:
        paragraphs = [block] if isinstance(block, OfficeParagraph) else _of_grid(block)
        for paragraph in paragraphs:
            label = f"{paragraph.label.text} " if paragraph.label else ""
            for line in f"{label}{paragraph.text}".split("\n"):
                if line.strip():
                    yield FrameLine(
                        line.strip(),
                        paragraph.tokens,
                        is_apart=is_apart,
                        is_set_off=paragraph.centred or paragraph.is_bold,
                        is_centred=paragraph.centred,
                        is_boxed=paragraph.is_boxed,
                    )
                is_apart = not line.strip()


def read_head(lines: Sequence[FrameLine], issuers: Callable[[str], Sequence[str]]) -> LetterFrame:
    """Return what stands before the plan's table. `issuers` returns the units that a name may mean.

    Before the table of an annex stands a whole, signed letter: its end is read as an end.
    """
    frame = LetterFrame()
    title: list[str] = []
    prose: list[str] = []
    lines = _with_long_names(lines, issuers)
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not title and not prose and _read_letterhead(line, frame, issuers):
            continue
        if _begins_title(line, title) and not prose and "basis" not in frame.fields:
            index = _read_title(lines, index - 1, frame, title)
        elif _read_day(line, frame) or _read_number(line, frame):
            continue
        elif _ATTACHED.fullmatch(line.text) or _DRAFT.fullmatch(line.text):
            frame.put("letterhead", line)
            frame.attached.append(line)
        elif title and ENDING_WORDS.match(line.text):
            annex = next((i for i in range(index, len(lines)) if _begins_annex(lines[i])), len(lines))
            frame.add(read_end(lines[index - 1 : annex]))
            _read_annex(lines[annex:], frame, issuers)
            break
        elif title and not prose and _BASIS.fullmatch(line.text):
            frame.fields.setdefault("basis", []).append(line.text.rstrip(" ;.,").removeprefix("- "))
            frame.put("basis", line)
        elif title:
            prose.append(line.text)
            frame.put("purpose", line)
    if title:
        frame.fields["title"] = " ".join(map(sentence_case, [title[0], *map(_lowered, title[1:])]))
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
        if not is_end:
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


def _of_grid(grid: Grid) -> list[OfficeParagraph]:
    return [paragraph for row in grid.rows for cell in row.cells for paragraph in cell.paragraphs]


def _lowered(line: str) -> str:
    """Return a further line of the title, with a small first letter.

    >>> [_lowered(line) for line in ("Thực hiện Nghị quyết", "Năm 2027 của Thành Đoàn", "Thành Đoàn Cần Thơ")]
    ['thực hiện Nghị quyết', 'năm 2027 của Thành Đoàn', 'Thành Đoàn Cần Thơ']
    """
    return line[:1].lower() + line[1:] if _GOING_ON.match(line) else line


def _begins_title(line: FrameLine, title: Sequence[str]) -> bool:
    """Return whether a title begins here; of two the longer one is the plan's, because a cover has a short one."""
    return _TITLE.match(line.text) is not None and (not title or len(line.text) > len(" ".join(title)))


def _read_title(lines: Sequence[FrameLine], start: int, frame: LetterFrame, title: list[str]) -> int:
    """Put the lines of the title into `title`; return where they end. Text boxes are no part of it."""
    if title:
        frame.tokens.setdefault("letterhead", []).extend(frame.tokens.pop("title", []))
        title.clear()
    end = start
    while end < len(lines) and (end == start or _goes_on(lines[end], lines[start], title)):
        if not lines[end].is_boxed:
            title.append(lines[end].text)
            frame.put("title", lines[end])
        elif _DRAFT.fullmatch(lines[end].text):
            frame.put("letterhead", lines[end])
        end += 1
    return end


def _goes_on(line: FrameLine, first: FrameLine, title: Sequence[str]) -> bool:
    """Return whether a line belongs to the title: it looks like it, and is no sentence that opens the letter."""
    if line.is_boxed:
        return True
    is_sentence = line.text.endswith(":") or (line.text.endswith((".", ";")) and len(line.text) > _SENTENCE)
    is_bare = len(title) == 1 and len(title[0].split()) <= _BARE_TITLE
    return not (
        is_sentence
        or (line.is_apart and not line.is_set_off and not is_bare)
        or (first.is_centred and not line.is_set_off)
        or _BASIS.fullmatch(line.text)
        or _ATTACHED.fullmatch(line.text)
        or _DAY.fullmatch(line.text)
        or (_TITLE.match(line.text) is not None and line.text.split()[:2] == first.text.split()[:2])
        or re.match(r"([IVX]+|\d+|[A-Z])[.)]\s|[-+•]", line.text)
        or len(line.text) > _LONGEST_TITLE_LINE
    )


def _begins_annex(line: FrameLine) -> bool:
    text = line.text
    return bool(_ANNEX.match(text) or _TITLE.match(text) or _ATTACHED.fullmatch(text) or _NATION.fullmatch(exact(text)))


def _read_annex(lines: Sequence[FrameLine], frame: LetterFrame, issuers: Callable[[str], Sequence[str]]) -> None:
    """Read what stands between a letter and its annex's table; what is no letterhead is left to a person."""
    for line in lines:
        if _ATTACHED.fullmatch(line.text):
            frame.attached.append(line)
        elif not _NATION.fullmatch(exact(line.text)) and len(issuers(line.text)) != 1:
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
    if match := _DAY.fullmatch(line.text):
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
