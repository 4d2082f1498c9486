"""What stands around a plan's table: letterhead, number, day, title, basis, prose, recipients, signer.

The places are those of Decree 30/2020/NĐ-CP, Annex I; offices keep them in tables without borders. What is blank in the
document (a number that is not stamped yet) stays out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.language.folding import exact
from generator.reading.office_document import Grid, OfficeParagraph
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
_BODIES = ("Ban Chấp hành", "Ban Thường vụ", "Đoàn Chủ tịch", "Ban Chỉ đạo", "Thường trực")
_BEHALF = re.compile(r"(?:TM|KT|Q|TL|TUQ)\.\s*(.*)")
_POSITION = re.compile(
    r"(?:Phó |Quyền )?(?:Chủ tịch|Trưởng ban|Chánh Văn phòng|Bí thư|Giám đốc)(?: thường trực)?", re.I
)
_PERSON = re.compile(r"[^\W\d_a-zđ][^\W\d_]*(?: [^\W\d_][^\W\d_]*){1,5}")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?", re.I)


@dataclass(frozen=True)
class FrameLine:
    """A printed line outside of the plan's table, and the tokens of its paragraph."""

    text: str
    tokens: tuple[int, ...]


@dataclass
class LetterFrame:
    """The fields that were found, and the tokens that went to each field."""

    fields: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, list[int]] = field(default_factory=dict)

    def put(self, path: str, line: FrameLine) -> None:
        """Note that the words of a line went to a field."""
        self.tokens.setdefault(path, []).extend(line.tokens)


def frame_lines(blocks: Iterable[OfficeParagraph | Grid]) -> Iterator[FrameLine]:
    """Yield the lines of paragraphs and of tables without borders, cell by cell."""
    for block in blocks:
        paragraphs = [block] if isinstance(block, OfficeParagraph) else _of_grid(block)
        for paragraph in paragraphs:
            label = f"{paragraph.label.text} " if paragraph.label else ""
            for line in f"{label}{paragraph.text}".split("\n"):
                if line.strip():
                    yield FrameLine(line.strip(), paragraph.tokens)


def read_head(lines: Sequence[FrameLine], issuers: Callable[[str], Sequence[str]]) -> LetterFrame:
    """Return what stands before the plan's table. `issuers` gives the units that a name may mean."""
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
        if not title and _TITLE.match(line.text):
            title.append(line.text)
            frame.put("title", line)
            while index < len(lines) and _goes_on(lines[index]):
                title.append(lines[index].text)
                frame.put("title", lines[index])
                index += 1
        elif _read_day(line, frame) or _read_number(line, frame):
            continue
        elif _ATTACHED.fullmatch(line.text):
            frame.put("letterhead", line)
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
    return frame


def _with_long_names(lines: Sequence[FrameLine], issuers: Callable[[str], Sequence[str]]) -> Sequence[FrameLine]:
    """Return the lines; two lines of one paragraph that are a unit's name together become one."""
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
    """Return how the official document is named in `source`."""
    title = str(fields.get("title", ""))
    number = f" số {fields['number']}" if "number" in fields else ""
    day = f" ngày {fields['issued']['date']}" if "date" in fields.get("issued", {}) else ""
    body = f"{fields['issuing_body']} " if "issuing_body" in fields else ""
    return f"Kế hoạch{number}{day} của {body}{issuer}" if number or day else title or issuer


def _of_grid(grid: Grid) -> list[OfficeParagraph]:
    return [paragraph for row in grid.rows for cell in row.cells for paragraph in cell.paragraphs]


def _lowered(line: str) -> str:
    """Return a further line of the title, which goes on with a small letter.

    >>> [_lowered(line) for line in ("Thực hiện Nghị quyết", "Năm 2027 của Thành Đoàn", "Thành Đoàn Cần Thơ")]
    ['thực hiện Nghị quyết', 'năm 2027 của Thành Đoàn', 'Thành Đoàn Cần Thơ']
    """
    return line[:1].lower() + line[1:] if _GOING_ON.match(line) else line


def _goes_on(line: FrameLine) -> bool:
    """Return whether a line still belongs to the title."""
    return not (
        _BASIS.fullmatch(line.text)
        or _ATTACHED.fullmatch(line.text)
        or _DAY.fullmatch(line.text)
        or re.match(r"([IVX]+|\d+|[A-Z])[.)]\s|[-+•]", line.text)
        or len(line.text) > 400
    )


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
        frame.fields["issuer"] = units[0]  # the lowest unit stands last
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
