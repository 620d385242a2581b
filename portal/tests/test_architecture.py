"""The rules of the house that a machine can check. Where a test fails, the house is wrong, not the test."""

import ast
import re
import subprocess
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
LADDER = ("portal.kit", "accounts", "branches", "standards", "inspections", "scoring", "portal")
APPS = LADDER[1:-1]
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "GenericForeignKey"}
NOT_OURS = {".git", ".venv", "node_modules", "var", "__pycache__"}
# Split, so that this file does not name what it forbids.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "npm" + "mirror")
DEBIAN = ("deb." + "debian.org",)
MACHINE_PATH = re.compile(r"(?<![\w.:/}-])/(?:work|home|root|Users|tmp)/\w")
A_TEST = re.compile(r"^def test_", re.MULTILINE)
LATE = "acks" + "_late"


@cache
def tracked() -> tuple[Path, ...]:
    """What git knows; in an unpacked archive, every file that is not made by a set-up."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        files = [p for p in ROOT.rglob("*") if not NOT_OURS & set(p.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in files if path.is_file()))


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in tracked():
        if path.suffix == ".py" and path.parent != ROOT:
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def rung(name: str) -> int | None:
    """Where a dotted name stands on the ladder; None for what is not ours."""
    for place, part in enumerate(LADDER):
        if name == part or name.startswith(part + "."):
            return place
    return None


@cache
def texts() -> list[tuple[str, str]]:
    """Every tracked file that is text, under its name from the root."""
    found = []
    for path in tracked():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def imports(tree: ast.Module) -> set[str]:
    """Every module or name imported anywhere in a module, as dotted names."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def spelled(tree: ast.Module) -> set[str]:
    """Modules named by text: relations to "app.Model", get_model, import_module, import_string."""
    names = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if called in RELATIONS | {"get_model", "import_module", "import_string"}:
            given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "to")]
            names |= {
                g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str)
            }
    return names


def migrates_after(name: str, tree: ast.Module) -> set[str]:
    """Apps a migration depends on."""
    if ".migrations." not in name:
        return set()
    pairs = [
        pair
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "dependencies"
        for pair in node.value.elts
        if isinstance(pair, ast.Tuple)
    ]
    return {pair.elts[0].value for pair in pairs}


def test_imports_are_absolute_lead_down_the_ladder_and_never_come_round():
    """One test, for every process that has a part of it would parse eight hundred files."""
    trees = {name: ast.parse(path.read_bytes()) for name, path in modules().items()}
    imported = {name: imports(tree) for name, tree in trees.items()}
    assert [found for name, tree in trees.items() for found in relative(name, tree)] == []
    upward = [
        f"{name} -> {other}"
        for name, tree in trees.items()
        for other in sorted(imported[name] | spelled(tree) | migrates_after(name, tree))
        if is_upward(name, other)
    ]
    assert upward == []
    assert cycle_in(imported) == []


def relative(name: str, tree: ast.Module) -> list[str]:
    return [
        f"{name}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def is_upward(name: str, other: str) -> bool:
    here = rung(name)
    return here is not None and (rung(other) or 0) > here


def cycle_in(imported: dict[str, set[str]]) -> list[str]:
    graph = {
        name: {known(other) for other in them} - {None, name} for name, them in imported.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def known(dotted: str) -> str | None:
    """`accounts.actions.close` names the module `accounts.actions`."""
    while dotted:
        if dotted in modules():
            return dotted
        dotted = dotted.rpartition(".")[0]
    return None


def test_no_task_is_acknowledged_late():
    """A worker killed by a poison task would get it again without end (measured on Celery 5.7)."""
    assert [name for name, text in texts() if LATE in text] == []


@pytest.mark.parametrize("host", REGISTRIES + DEBIAN)
def test_no_file_names_a_package_host(host):
    """Whoever installs may have a mirror; only their own settings name it."""
    assert [name for name, text in texts() if host in text] == []


def test_no_file_names_a_path_of_somebodys_machine():
    found = [
        f"{name}: {hit.group()}" for name, text in texts() for hit in MACHINE_PATH.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_one_newest_migration(app):
    leaves = MigrationLoader(None).graph.leaf_nodes(app)
    assert len(leaves) == 1


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("part", LADDER)
def test_every_part_has_tests(part):
    prefix = part + ".tests.test_"
    tests = [path for name, path in modules().items() if name.startswith(prefix)]
    assert any(A_TEST.search(path.read_text(encoding="utf-8")) for path in tests)


def test_no_module_is_called_after_nothing():
    empty = {"utils", "helpers", "base", "misc", "common", "core", "managers", "services"}
    assert [name for name in modules() if name.rpartition(".")[2] in empty] == []
