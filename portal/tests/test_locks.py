"""The locks are what the pins say, whole and free of addresses."""

import json
import re

import pytest

from portal.bootstrap import ROOT

PIN = re.compile(r"^([A-Za-z0-9_-]+)(?:\[[a-z]+\])?==([^\s;]+)", re.MULTILINE)
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]


def pins(name):
    found = PIN.findall((ROOT / name).read_text())
    return {package.lower().replace("_", "-"): version for package, version in found}


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_every_pin_stands_in_the_lock_with_its_version(stem):
    direct, locked = pins(f"{stem}.in"), pins(f"{stem}.txt")
    assert {package: locked.get(package) for package in direct} == direct


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_every_pin_says_why(stem):
    lines = (ROOT / f"{stem}.in").read_text().splitlines()
    assert [line for line in lines if PIN.match(line) and "  # " not in line] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index(name):
    assert re.findall(r"^-.*$|https?://\S+", (ROOT / name).read_text(), re.MULTILINE) == []


def test_the_two_python_locks_agree_where_they_overlap():
    run, tests = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {p: v for p, v in tests.items() if p in run} == {
        p: v for p, v in run.items() if p in tests
    }


def test_the_npm_lock_names_versions_and_hashes_but_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assets = {name: package for name, package in packages.items() if name}
    assert [name for name, package in assets.items() if not package["integrity"]] == []
    assert [name for name, package in assets.items() if "resolved" in package] == []
    assert (
        packages[""]["dependencies"]
        == json.loads((ROOT / "package.json").read_text())["dependencies"]
    )
