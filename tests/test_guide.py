"""The contributors' guide, followed exactly on a fresh clone: only what it says is typed.

Its files, edits, commands and reports are read from the pages themselves, so that the guide stays true.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from built_site import ROOT, BuiltSite, text_of, with_class
from clone import lay_files, lend_environment
from golden import source_of
from guide import AMENDING, STEPS, block, blocks_of, commands_of, typed_files, types
from lxml import html

from generator.check import check_files
from generator.cli import main

PLAN = "minh-hoa-2026-2027"
PICTURES = STEPS.parent / "hinh"


class Contributor:
    """Who follows the guide: a server with the repository, a clone of it, and what the commands said."""

    def __init__(self, folder: Path) -> None:
        self.server, self.clone = folder / "server.git", folder / "so-ke-hoach"
        # A new machine: git knows nobody on it.
        self.environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        source = folder / "source"
        lay_files(source)
        self.does(["git", "init", "--quiet", "--initial-branch=main"], source)
        self.does(["git", "add", "--all"], source)
        author = ("-c", "user.name=Maintainer", "-c", "user.email=maintainer@example.org")
        self.does(["git", *author, "commit", "--quiet", "--message", "The repository as it is"], source)
        self.does(["git", "clone", "--quiet", "--bare", str(source), str(self.server)], folder)

    def does(self, command: list[str], where: Path) -> subprocess.CompletedProcess[str]:
        """A command as typed, with its output in one piece."""
        return subprocess.run(
            command,
            cwd=where,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def runs(self, name: str) -> subprocess.CompletedProcess[str]:
        """The commands of a block of the guide, all but the last of which must succeed; what the last one said."""
        where, done = self.clone, None
        for command in commands_of(block(STEPS, "run", name)):
            assert done is None or done.returncode == 0, done.stdout
            words = [word.strip('"') for word in command]
            if words[:2] == ["git", "clone"]:
                # The address in the guide is made up: this server stands for it. Nobody waits for a new installation.
                done = self.does(["git", "clone", "--quiet", str(self.server), str(self.clone)], self.clone.parent)
                self.environment |= lend_environment(self.clone)
            elif words[0] == "cd":
                assert self.clone.name == words[1]
            else:
                done = self.does(words, where)
        assert done
        return done

    def types(self, name: str, text: str) -> None:
        """A file written in the clone."""
        (self.clone / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Contributor:
    """All ten steps, in the order of the page."""
    contributor = Contributor(tmp_path_factory.mktemp("guide"))
    files: dict[str, str] = {}
    for one in blocks_of(STEPS):
        if one.kind == "file":
            files[one.name] = types(files.get(one.name, ""), one)
            contributor.types(one.name, files[one.name])
        elif one.kind == "run":
            done = contributor.runs(one.name)
            if one.name == "fault":
                assert done.returncode != 0
                assert block(STEPS, "report", "fault").text in done.stdout
            else:
                assert done.returncode == 0, done.stdout
                assert one.name not in {"clone", "clean"} or "không có lỗi" in done.stdout
    return contributor


@pytest.mark.slow
def test_the_sixth_plan_has_its_page(followed: Contributor) -> None:
    """Its document, its targets and every row, with the cells that the guide has typed."""
    site = BuiltSite(followed.clone / "site")
    assert len(site.plans) == len(list((ROOT / "content" / "plans").glob("*.yml"))) + 1
    article = text_of(site.page(f"ke-hoach/{PLAN}").article)
    for words in ("05/KH-BTV", "ngày 15 tháng 01 năm 2026", "Nguyễn Thị Mẫu", "2 lớp", "Trạm Khuyến nông Minh Họa"):
        assert words in article
    activities = {one["id"]: one for one in site.plans[PLAN]["activities"]}
    assert list(activities) == ["nv1-1", "nv1-2", "nv2-1", "nv2-2"]
    assert activities["nv2-1"]["numbers"] == {"2026": 25, "2027": 30}
    assert activities["nv2-2"]["years"] == [2026, 2027]
    assert activities["nv1-1"]["lead"] == ["hoi-lhpn-xa-minh-hoa"]
    for address in (f"chi-tieu/{PLAN}/ct2", f"nhiem-vu/{PLAN}/nv1", "don-vi/hoi-lhpn-xa-minh-hoa"):
        assert site.page(address)
    upper = text_of(site.page("chi-tieu/thai-nguyen-2021-2026/ct2").article)
    assert "Hộ có phụ nữ thoát nghèo, thoát cận nghèo" in upper
    assert "Xã Minh Họa 2026–2027" in upper


def test_without_the_four_lines_that_it_names_the_steps_fit_any_content() -> None:
    """Where nothing of the Women's Union is, one fault is left: the one that step 9 shows and mends."""
    note = re.search(r"^Bốn dòng của ví dụ (.+)$", STEPS.read_text("utf-8"), re.M)
    assert note
    named = tuple(f"{field}:" for field in re.findall(r"`(\w+)`", note[1]))
    assert len(named) == 4
    before_mending = {name: text for name, text in typed_files(STEPS).items() if "khuyen-nong" not in name}
    files = [
        source_of(
            name.removeprefix("content/"),
            "".join(line for line in text.splitlines(True) if not line.lstrip().startswith(named)),
        )
        for name, text in before_mending.items()
    ]
    assert len(files) == 2
    (problem,) = check_files(files).errors
    assert (problem.rule, problem.values["found"]) == ("unknown-name", "Trạm Khuyến nông Minh Họa")


@pytest.mark.slow
def test_what_was_sent_is_on_the_server_and_nothing_else(followed: Contributor) -> None:
    command = ["git", "diff", "--name-only", "main...ke-hoach-minh-hoa"]
    changed = followed.does(command, followed.server).stdout.split()
    assert sorted(changed) == sorted(typed_files(STEPS))


@pytest.mark.slow
def test_amending_is_as_the_guide_says(followed: Contributor, tmp_path: Path) -> None:
    """Each edit fits one place of what the ten steps made, and leaves no problem behind it."""
    content = tmp_path / "content"
    shutil.copytree(followed.clone / "content", content)
    files = typed_files(STEPS)
    edits = [one for one in blocks_of(AMENDING) if one.kind == "edit"]
    assert edits
    new = files[f"content/plans/{PLAN}.yml"].replace("2026", "2028").replace("2027", "2029")
    (content / "plans" / "minh-hoa-2028-2029.yml").write_text(
        new.replace("thai-nguyen-2021-2028", "thai-nguyen-2021-2026"), encoding="utf-8"
    )
    for one in edits:
        files[one.name] = types(files[one.name], one)
        (tmp_path / one.name).write_text(files[one.name], encoding="utf-8")
        done = followed.does([".venv/bin/sokehoach", "check", "--content", str(content)], followed.clone)
        assert done.returncode == 0, f"after this edit of the guide:\n{one.text}\n{done.stdout}"


@pytest.mark.slow
def test_parts_norms_and_levels_are_as_the_guide_says(followed: Contributor, tmp_path: Path) -> None:
    """Lines that the guide shows beside its steps, typed into the plan of the steps, leave nothing to mend."""
    content = tmp_path / "content"
    shutil.copytree(followed.clone / "content", content)
    head, outline, rest = typed_files(STEPS)[f"content/plans/{PLAN}.yml"].partition("\noutline:\n")
    targets, activities, rows = rest.partition("\nactivities:\n")
    shown = {name: block(STEPS, "example", name).text for name in ("parts", "norm", "row", "annual", "levels")}
    typed = [head, "\n", shown["parts"], outline, targets, "\n", shown["norm"], activities, rows]
    years = [shown[name].replace("     ", "     years: 2026, ", 1) for name in ("row", "annual", "levels")]
    (content / "plans" / f"{PLAN}.yml").write_text("".join([*typed, *years]), encoding="utf-8")
    agencies = "".join(
        f"  - {{id: xa-minh-hoa-{id_}, name: {name}}}\n"
        for id_, name in (("cong-an", "Công an xã"), ("tram-y-te", "Trạm Y tế xã"))
    )
    with (content / "units" / "hoi-lhpn-xa-minh-hoa.yml").open("a", encoding="utf-8") as unit:
        unit.write(f"agencies:\n{agencies}")
    done = followed.does([".venv/bin/sokehoach", "check", "--content", str(content)], followed.clone)
    assert done.returncode == 0, done.stdout
    assert "không có lỗi" in done.stdout


@pytest.mark.slow
def test_withdrawing_is_as_the_guide_says(followed: Contributor, tmp_path: Path) -> None:
    """The guide's lines take the place of the plan's status and of all entries; nothing is left to mend."""
    content = tmp_path / "content"
    shutil.copytree(followed.clone / "content", content)
    plan = content / "plans" / f"{PLAN}.yml"
    head = plan.read_text("utf-8").partition("\noutline:")[0]
    kept = re.sub(r"^status:.*\n", "", head, flags=re.MULTILINE)
    plan.write_text(f"{kept}\n{block(AMENDING, 'example', 'withdrawn').text}", encoding="utf-8")
    done = followed.does([".venv/bin/sokehoach", "check", "--content", str(content)], followed.clone)
    assert done.returncode == 0, done.stdout
    assert "không có lỗi" in done.stdout


def test_the_printed_plan_of_the_picture_is_the_one_that_is_typed() -> None:
    """Every heading, target, row and cell of the file stands in the document of step 1."""
    printed = text_of(html.document_fromstring((ROOT / "docs" / "pictures" / "van-ban.html").read_bytes()))
    plan = typed_files(STEPS)[f"content/plans/{PLAN}.yml"]
    typed = [line.split(" #")[0].strip() for line in plan.split("\n")]
    words = [
        line.split(": ", 1)[1].strip('"') for line in typed if line.startswith(("title:", "statement:", "number:"))
    ]
    words += [
        line.removeprefix("- ").strip('"') for line in typed if line.startswith(("- Hội", "- Thường", '- "Lưu', "- Kế"))
    ]
    words = [each for each in words if not each.startswith(("Kế hoạch thực hiện", "Hộ thoát", "Hội viên mới"))]
    assert len(words) > 10
    assert [each for each in words if each not in printed] == []


def test_every_picture_is_small_described_and_used() -> None:
    """An office line is slow; who cannot see a picture reads what it shows."""
    pages = [path.read_text("utf-8") for path in STEPS.parent.rglob("*.md")]
    for picture in PICTURES.glob("*.png"):
        assert picture.stat().st_size < 80_000, picture.name
        assert any(f"hinh/{picture.name})" in page for page in pages), f"{picture.name} is shown nowhere"
    for page in pages:
        assert "![](" not in page


def test_every_command_of_the_guide_is_run_by_these_tests() -> None:
    """A block of commands without a name would be a step that no test follows."""
    for page in STEPS.parent.rglob("*.md"):
        text = page.read_text("utf-8")
        assert "```sh" not in text
        assert "```yaml" not in text
        assert "``` yaml" not in text


def test_every_command_that_the_guide_mentions_exists() -> None:
    """In the text, beside those in blocks: our tool's commands and make's targets."""
    targets = set(re.findall(r"^([\w./-]+):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = main.list_commands(click.Context(main))
    mentioned = {
        tuple(found.split()[:2])
        for page in STEPS.parent.rglob("*.md")
        for found in re.findall(r"`(?:\.venv/bin/)?((?:sokehoach|make) [^`]+)`", page.read_text("utf-8"))
    }
    assert mentioned
    for tool, name in mentioned:
        assert name in (targets if tool == "make" else commands), f"{tool} {name}"


def test_every_field_of_the_schemas_is_explained(site: BuiltSite) -> None:
    """Each has its place on `/dong-gop/truong/`, with its title, and each value with its meaning."""
    page = site.page("dong-gop/truong")
    assert len(page.article.xpath(f".//*[{with_class('sk-field')}]")) > 90
    for anchor, title in {
        "plan-issuer": "Đơn vị ban hành",
        "plan-signer-position": "Chức vụ",
        "activity-by_year": "Ô từng năm",
        "measure-comparator": "So sánh",
        "row-title": "Tên dòng",
        "unit-successors": "Đơn vị kế tiếp",
        "programme-kind": "Loại",
    }.items():
        assert title in text_of(page.by_id[anchor][0])
    assert "Toàn khóa, cả nhiệm kỳ" in text_of(page.by_id["plan-kind"][0])
    assert "bắt buộc" in text_of(page.by_id["plan-issuer"][0].find("dt"))
    assert "bắt buộc" not in text_of(page.by_id["plan-number"][0].find("dt"))
