"""The rules as a whole: code, words, examples, cases and levels agree, and each example does what it says."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from built_site import BuiltSite
from click.testing import CliRunner
from golden import sources_of, write_files

from generator.check import check_files
from generator.check.examples import FOLDER, SAMPLE, check_example, examples_of, parts_of
from generator.check.explain import format_explanation
from generator.check.rules import RULES
from generator.cli import main
from generator.language.catalogue import LANGUAGES, catalogue
from generator.source.source_files import SourceFile

# What else a failing example cannot help being told.
COMPANIONS = {"special-space": {"yaml-no-colon"}, "too-many": {"duplicate-key", "missing-field"}}

RULE_IDS = list(RULES)


def test_rules_have_words_in_both_languages_and_no_words_are_left_over() -> None:
    for language in LANGUAGES:
        words = {key for key in catalogue(language).texts if key.startswith("problems.")}
        needed = {f"problems.{rule}.{part}" for rule in RULES for part in ("title", "message", "hint", "why")}
        assert needed <= words, language
        extra = re.compile(r"\.(?:near|many|many_hint|(?:message|hint|many_hint)-[a-z]+)$")
        assert {key for key in words - needed if not extra.search(key)} == set(), language
        assert all(f"rules.{rule.group}" in catalogue(language).texts for rule in RULES.values())


def test_rules_have_examples_and_no_example_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} - {SAMPLE.stem} == set(RULE_IDS)


@pytest.mark.parametrize("rule", RULE_IDS)
def test_the_passing_example_passes_every_rule(rule: str) -> None:
    examples = examples_of(rule)
    assert examples.passing
    assert check_example(examples.passing).problems == []


@pytest.mark.parametrize("rule", RULE_IDS)
def test_the_failing_example_fails_its_rule_and_no_other(rule: str) -> None:
    examples = examples_of(rule)
    assert examples.failing
    found = {problem.rule for problem in check_example(examples.failing).problems}
    assert rule in found
    assert found <= {rule} | COMPANIONS.get(rule, set())


@pytest.mark.parametrize("rule", RULE_IDS)
def test_every_problem_has_its_rules_level(rule: str) -> None:
    for problem in check_example(examples_of(rule).failing).problems:
        assert problem.level == RULES[problem.rule].level


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_explain_shows_both_examples_and_what_check_says(rule: str, language: str) -> None:
    words = catalogue(language)
    text = format_explanation(RULES[rule], words)
    assert text.startswith(f"{rule} ({words.text(f'check.{RULES[rule].level}')}): ")
    assert words.text("explain.pass") in text and words.text("explain.fail") in text
    assert f"{words.text(f'check.{RULES[rule].level}')}[{rule}]" in text.partition(words.text("explain.told"))[2]
    assert not {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cf"}} - {"\n"}


def test_the_command_explains_lists_and_suggests() -> None:
    run = CliRunner().invoke(main, ["explain"])
    assert run.exit_code == 0 and all(f"  {rule} " in run.output for rule in RULES)
    run = CliRunner().invoke(main, ["explain", "unused-unit", "--lang", "en"])
    assert run.exit_code == 0 and "id: so-y-te" in run.output
    run = CliRunner().invoke(main, ["explain", "unused-unt"])
    assert run.exit_code == 2 and '"unused-unit"' in run.output


def test_a_warning_stops_a_strict_build_only(tmp_path: Path) -> None:
    """Exit 0 of `check` with the warning told, and counted apart; exit 1 of a strict build, which writes nothing."""
    sample = parts_of(SAMPLE)
    sample["plans/minh-hoa.yml"] = sample["plans/minh-hoa.yml"].replace('value: "500"', 'value: "550"')
    sample["units/so-x.yml"] = "id: so-x\nname: Sở X\nkind: partner\n"
    write_files(tmp_path / "content", sample)
    content = ["--content", str(tmp_path / "content")]
    run = CliRunner().invoke(main, ["check", *content])
    assert run.exit_code == 0
    assert "lưu ý[number-not-stated]" in run.output and "0 lỗi, 1 lưu ý trong 1 tệp." in run.output
    assert "để biết[unused-unit]" in run.output and "make site" in run.output
    run = CliRunner().invoke(main, ["build", "--strict", "--site", str(tmp_path / "site"), *content])
    assert run.exit_code == 1
    assert "[number-not-stated]" in run.output and "--strict" in run.output
    assert not (tmp_path / "site").exists()


def test_the_guides_page_has_every_rule(site: BuiltSite) -> None:
    """Each under its own anchor, with what the real check says of its failing example."""
    page = (site.root / "dong-gop" / "quy-tac" / "index.html").read_text(encoding="utf-8")
    for rule in RULES:
        assert f'id="{rule}"' in page
        assert f"[{rule}]: " in page


def test_the_sample_is_clean() -> None:
    assert check_files(sources_of(parts_of(SAMPLE))).problems == []


def test_the_first_of_two_agencies_is_named_by_its_whole_path() -> None:
    """The content may lie in a folder with a blank in its name."""
    text = "id: {id}\nname: Hội xã {id}\nkind: union\nagencies:\n  - {{id: cong-an, name: Công an xã}}\n"
    paths = {id_: f"cây của tôi/units/{id_}.yml" for id_ in ("xa-an", "xa-binh")}
    result = check_files([SourceFile("unit", path, id_, text.format(id=id_).encode()) for id_, path in paths.items()])
    assert [(error.rule, error.path, error.values["first"]) for error in result.errors] == [
        ("duplicate-id", paths["xa-binh"], paths["xa-an"])
    ]
