"""A real bare git server with our hooks: good content is published, bad content is refused with the report."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite
from clone import lay_files, lend_environment

pytestmark = pytest.mark.slow  # the whole site is built for each push
PLAN = Path("content") / "plans" / "da-nang-2023.yml"


class Desk:
    """Someone's clone of a repository on a bare server that has our hooks."""

    def __init__(self, folder: Path) -> None:
        self.server, self.clone, self.home = folder / "server.git", folder / "clone", folder / "home"
        self.site = folder / "www" / "so-ke-hoach"
        self.environment = {**os.environ, **lend_environment(self.home / "tree")}
        self.git("init", "--quiet", "--bare", "--initial-branch=main", self.server, at=folder)
        for hook in ("pre-receive", "post-receive"):
            (self.server / "hooks" / hook).symlink_to(ROOT / ".ci" / "hooks" / hook)
        self.git("config", "sokehoach.home", self.home, at=self.server)
        self.git("config", "sokehoach.site", self.site, at=self.server)
        self.git("init", "--quiet", "--initial-branch=main", self.clone, at=folder)
        self.git("remote", "add", "origin", self.server)
        lay_files(self.clone)
        self.commits("Everything")

    def git(self, *arguments: str | Path, at: Path | None = None) -> str:
        """A git command's whole output; its failure is raised."""
        who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
        return subprocess.run(
            ["git", *who, *arguments],
            cwd=at or self.clone,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        ).stdout

    def commits(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def writes(self, old: str, new: str) -> None:
        """Changes the plan's text in one place."""
        text = (self.clone / PLAN).read_text("utf-8")
        assert text.count(old) == 1
        (self.clone / PLAN).write_text(text.replace(old, new), encoding="utf-8")

    @property
    def head(self) -> str:
        """The commit that the server's main branch is at."""
        return self.git("rev-parse", "main", at=self.server).strip()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The first push, which is good."""
    made = Desk(tmp_path_factory.mktemp("git"))
    assert "Đã đăng / published" in made.git("push", "origin", "main")
    return made


def test_a_good_push_is_published(desk: Desk) -> None:
    site = BuiltSite(desk.site)
    assert len(site.plans) == len(list((ROOT / "content" / "plans").glob("*.yml")))
    assert "index.html" in site.files
    assert not desk.site.with_name("so-ke-hoach.new").exists()


def test_a_bad_push_is_refused_with_the_report(desk: Desk) -> None:
    before, page = desk.head, (desk.site / "ke-hoach" / "da-nang-2023" / "index.html").read_bytes()
    desk.writes("\nlayout: outline\n", "\nlayuot: outline\n")
    desk.commits("A slip")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        desk.git("push", "origin", "main")
    told = refused.value.stdout
    line = (desk.clone / PLAN).read_text("utf-8").split("\n").index("layuot: outline") + 1
    assert f'{PLAN.as_posix()}:{line}:1: lỗi[unknown-field]: kế hoạch "da-nang-2023" không có trường "layuot"' in told
    assert 'có phải "layout"' in told
    assert "Chưa nhận" in told
    assert desk.head == before
    assert (desk.site / "ke-hoach" / "da-nang-2023" / "index.html").read_bytes() == page


def test_another_branch_is_taken_as_it_is(desk: Desk) -> None:
    """Work in progress may have faults; it is not published."""
    before = desk.head
    told = desk.git("push", "origin", "HEAD:refs/heads/nhap")
    assert "published" not in told
    assert desk.head == before


def test_the_next_good_push_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.git("reset", "--quiet", "--hard", "origin/main")
    desk.writes("\nshort_title: Đà Nẵng 2023\n", "\nshort_title: Thành phố Đà Nẵng 2023\n")
    desk.commits("A better name")
    desk.git("push", "origin", "main")
    assert "Thành phố Đà Nẵng 2023" in (desk.site / "ke-hoach" / "index.html").read_text("utf-8")


def test_what_was_accepted_with_a_warning_is_published(desk: Desk) -> None:
    """And what the host has put beside the site stays there."""
    (desk.site / "robots.txt").write_text("User-agent: *\n", encoding="utf-8")
    desk.git("reset", "--quiet", "--hard", "origin/main")
    target = "{id: ct9, section: iv, label: Chỉ tiêu 9, title: Chưa có việc, statement: Chưa có việc nào}"
    desk.writes("\nactivities:\n", f"\ntargets:\n  - {target}\nactivities:\n")
    desk.commits("A target without work")
    told = desk.git("push", "origin", "main")
    assert "lưu ý[target-without-activities]" in told
    assert "Đã đăng / published" in told
    assert (desk.site / "chi-tieu" / "da-nang-2023" / "ct9" / "index.html").is_file()
    assert (desk.site / "robots.txt").is_file()


def test_a_folder_of_somebody_else_is_left_alone(desk: Desk) -> None:
    other = desk.site.with_name("anh")
    other.mkdir()
    (other / "index.html").write_text("Trang khác", encoding="utf-8")
    desk.git("config", "sokehoach.site", other, at=desk.server)
    desk.git("commit", "--quiet", "--allow-empty", "--message", "Nothing new")
    told = desk.git("push", "origin", "main")
    assert "Đã đăng / published" not in told
    assert str(other) in told
    assert [path.name for path in other.iterdir()] == ["index.html"]
