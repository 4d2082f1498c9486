"""The YAML language server, as in VS Code's YAML extension, with our schemas and settings."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from built_site import ROOT
from language_server import SERVER, LanguageServer
from vscode import read_settings

NODE = shutil.which("node") or ""
SOURCES = ["plans/da-nang-2023", "plans/thai-nguyen-2021-2026", "plans/national-2022-2027"]
SOURCES += ["units/thai-nguyen-ban-tg-cslp", "programmes/de-an-938"]
PLAN = ROOT / "content" / "plans" / "thu.yml"
PLAN_HEAD = "# yaml-language-server: $schema=../../schema/plan.schema.json\n"
CURSOR = "‸"

Offers = Callable[[str], dict[str, str]]


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """The server, with the settings of `.vscode/settings.json`."""
    if not NODE or not SERVER.exists():
        pytest.fail(
            "this test needs Node.js and the YAML language server: run `sudo apt-get install nodejs npm`, "
            "then `npm ci` in tests/editor",
            pytrace=False,
        )
    started = LanguageServer(NODE, ROOT, read_settings("yaml"))
    yield started
    started.ends()


@pytest.fixture
def offers(server: LanguageServer) -> Iterator[Offers]:
    """What is offered where the text has its cursor: what would be typed, by label."""

    def offered(text: str) -> dict[str, str]:
        before, after = (PLAN_HEAD + text).split(CURSOR)
        server.opens(PLAN, before + after)
        line = before.count("\n")
        items = server.completes(PLAN, line, len(before) - before.rfind("\n") - 1)
        return {label: item["textEdit"]["newText"] for label, item in items.items()}

    yield offered
    server.closes(PLAN)


@pytest.mark.parametrize("source", SOURCES)
def test_our_own_content_has_no_fault(server: LanguageServer, source: str) -> None:
    """The editor reads YAML by its own rules, where ours keep every scalar as text: it must not cry where we do not."""
    path = ROOT / "content" / f"{source}.yml"
    found = server.opens(path, path.read_text("utf-8"))
    server.closes(path)
    assert found == []


def test_a_broken_file_is_told_on_its_lines(server: LanguageServer) -> None:
    """A mistyped field, a value that is none and a badly written id, each at its place, under the field's own title."""
    path = ROOT / "content" / "plans" / "da-nang-2023.yml"
    text = path.read_text("utf-8")
    text = text.replace("\nkind: theme\n", "\nkind: chuyende\n").replace("\n  - id: nv2\n", "\n  - id: Nhiệm vụ 2\n")
    text = text.replace("\n    when: Hằng năm\n", "\n    whne: Hằng năm\n", 1)
    found = [(one["range"]["start"], one["message"], one["source"]) for one in server.opens(path, text)]
    server.closes(path)

    def place_of(word: str) -> dict[str, int]:
        before = text[: text.index(word)]
        return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}

    mistyped, no_value, bad_id = (place_of(word) for word in ("whne:", "chuyende", "Nhiệm vụ 2\n"))
    assert [place for place, message, _ in found if "whne" in message] == [mistyped]
    assert (no_value, "yaml-schema: Loại kế hoạch") in [(place, source) for place, _, source in found]
    words = "Mã chỉ gồm chữ thường không dấu, chữ số và gạch nối, ví dụ: ct5-1."
    assert (bad_id, words, "yaml-schema: Mã đề mục") in found
    assert len(found) == 3


def test_values_are_offered_with_their_meaning(server: LanguageServer) -> None:
    """Who types `kind:` sees the four kinds, each explained in Vietnamese."""
    server.opens(PLAN, f"{PLAN_HEAD}id: thu\nkind: \n")
    offered = {label: item["documentation"] for label, item in server.completes(PLAN, 2, 6).items()}
    server.closes(PLAN)
    assert offered == {
        "term": "Toàn khóa, cả nhiệm kỳ",
        "annual": "Kế hoạch của một năm",
        "resolution": "Thực hiện một nghị quyết",
        "theme": "Theo một chuyên đề",
    }


def test_fields_of_an_activity_are_offered(offers: Offers) -> None:
    """Those that are still missing, and none of those that stand there."""
    offered = offers(f"id: thu\nactivities:\n  - id: a-1\n    section: nv1\n    {CURSOR}\n")
    assert {"title", "when", "years", "by_year", "lead", "partners", "programmes", "note"} <= offered.keys()
    assert not {"id", "section", "statement"} & offered.keys()


@pytest.mark.parametrize(
    ("place", "label", "first"),
    [("outline", "đề mục", "kind"), ("targets", "chỉ tiêu", "statement"), ("activities", "hoạt động", "title")],
)
def test_a_new_entry_is_offered_whole(offers: Offers, place: str, label: str, first: str) -> None:
    """After the dash of a list, one choice brings the usual fields, to be filled by pressing Tab."""
    typed = offers(f"id: thu\n{place}:\n  - {CURSOR}\n")[label]
    assert typed.startswith("id: ${1:")
    assert re.search(rf"^  {first}: \$\{{\d[:|]", typed, re.MULTILINE)


def test_cells_are_offered_in_quotes(offers: Offers) -> None:
    """What an editor brings must not become a number: `2.500` unquoted would."""
    typed = offers(f"id: thu\nactivities:\n  - id: a-1\n    by_year: {CURSOR}\n")
    assert typed["ô của một năm"].strip() == '${1:2022}: "${2:x}"'
    assert offers(f"id: thu\nactivities:\n  - id: a-1\n    label: {CURSOR}\n")["trong dấu nháy"] == '"${1}"'


def test_a_field_is_explained_under_the_pointer(server: LanguageServer) -> None:
    """Title, explanation, values and their meanings, an example."""
    text = f"{PLAN_HEAD}id: thu\nlayout: years\nactivities:\n  - id: a-1\n    when: Hằng năm\n"
    server.opens(PLAN, text)
    layout, when = server.explains(PLAN, 2, 2), server.explains(PLAN, 5, 6)
    server.closes(PLAN)
    assert "Dạng bảng" in layout
    assert "`roles`: Bảng có cột thời gian và cột vai trò của các cấp" in layout
    assert "Thời gian" in when
    assert "Đúng chữ của văn bản." in when
