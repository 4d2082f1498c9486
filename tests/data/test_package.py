"""The data package and its data pass its own validator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from built_site import read_yaml
from frictionless import Package, Resource, validate
from golden import write_files

from generator.data.package import PACKAGE


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`/du-lieu/` as it is published."""
    return write_files(tmp_path_factory.mktemp("data"), files)


def test_the_validator_accepts_package_and_data(folder: Path) -> None:
    report = validate(folder / PACKAGE)
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    assert report.stats["tasks"] == 1 + len(read_yaml("plans"))


def test_every_csv_file_is_a_resource(folder: Path, files: dict[str, bytes]) -> None:
    package = json.loads((folder / PACKAGE).read_text("utf-8"))
    paths = [f"du-lieu/{resource['path']}" for resource in package["resources"]]
    assert sorted(paths) == sorted(path for path in files if path.endswith(".csv"))
    assert len({resource["name"] for resource in package["resources"]}) == len(paths)


def test_the_validator_would_find_a_fault(folder: Path) -> None:
    """The check is one that can fail: a missing key, and a heading that is not the schema's."""
    package = Package.from_descriptor(str(folder / PACKAGE))
    resource = package.get_resource("hoat-dong")
    text = (folder / "du-lieu/hoat-dong.csv").read_text("utf-8-sig")
    for old, new in (('"Mã hoạt động"', '"Mã"'), ('"nv1-a-i-1","0"', '"nv1-a-i-1",""')):
        assert old in text
        (folder / "du-lieu" / "fault.csv").write_text(text.replace(old, new, 1), "utf-8", newline="")
        fault = Resource.from_descriptor({**resource.to_dict(), "path": "fault.csv"}, basepath=str(folder / "du-lieu"))
        assert not fault.validate().valid


def test_fields_of_the_whole_table_are_explained(folder: Path) -> None:
    package = json.loads((folder / PACKAGE).read_text("utf-8"))
    whole = next(resource for resource in package["resources"] if resource["name"] == "hoat-dong")
    assert all(field["description"] and field["type"] for field in whole["schema"]["fields"])
    assert whole["schema"]["primaryKey"] == ["Mã kế hoạch", "Mã hoạt động", "Dòng con"]
