"""What stands between a person and a row, taken away piece by piece: the permission walk must notice each.

Found in the source, so that a new guard is tried without being listed anywhere:

  door    one definition of `visible_to`: every row
  scope   one `.visible_to(...)` where it is asked for: every row instead
  range   one `under(...)`, the subtree of the actor: every row instead
  guard   one `demand`, `require` or `permit`, or one `raise PermissionDenied`: nothing instead
  open    one row of a permission table: everybody may
  shut    one row of a permission table: nobody may
  access  one row of an ACCESS table: gone

Nothing is written to disk. The code object of a function is exchanged, so whoever imported it gets the mutant too.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("accounts", "branches", "standards", "inspections", "scoring", "portal")
GUARDS = (
    "demand", "require", "permit", "require_officer", "require_filer", "refuse_unless",
    "refuse_untypable", "refuse_others",
)  # fmt: skip
IN_SOURCE = ("door", "scope", "range", "guard")
# Not Q(), which an `or` beside it would swallow.
EVERY_ROW = "~__import__('django.db.models', fromlist=['Q']).Q(pk__in=[])"
# The doors themselves: what calls them is mutated one by one, and so are the rows behind them.
DOORS = ("branches.gate", "branches.permits", "accounts.permissions")


@dataclass(frozen=True)
class Mutant:
    """kind and place; `nth` counts the pieces of this kind in one function."""

    kind: str
    where: str
    nth: int = 0

    @property
    def name(self) -> str:
        return f"{self.kind} {self.where}" + (f" #{self.nth + 1}" if self.nth else "")

    @property
    def app(self) -> str:
        return self.where.partition(".")[0]

    @property
    def is_deep(self) -> bool:
        """The guard of a deed, behind the view's own."""
        in_view = ".views" in self.where or ".fetching." in self.where
        return self.kind == "guard" and not in_view

    @property
    def is_of_rows(self) -> bool:
        return self.kind in ("door", "scope", "range")

    @property
    def is_in_source(self) -> bool:
        return self.kind in IN_SOURCE


def mutants() -> list[Mutant]:
    from portal import access

    found = [mutant for path in sources() for mutant in in_module(path)]
    for app, table in access.TABLE_BY_APP.items():
        found += [Mutant(kind, f"{app}.{verb}") for verb in table for kind in ("open", "shut")]
    for app, table in access.ACCESS_BY_APP.items():
        found += [Mutant("access", f"{app}.{name}") for name in table]
    return found


def sources() -> Iterator[Path]:
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*.py")):
            inner = path.relative_to(ROOT / part).parts
            if not {"tests", "migrations", "kit", "demo", "proving", "management"} & set(inner):
                yield path


def in_module(path: Path) -> Iterator[Mutant]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    if module in DOORS:
        return
    for qualname, function in functions(ast.parse(path.read_text(encoding="utf-8"))):
        if function.name == "visible_to":
            yield Mutant("door", f"{module}.{qualname}")
        counts: dict[str, int] = {}
        for node in ast.walk(function):
            if kind := kind_of(node):
                yield Mutant(kind, f"{module}.{qualname}", counts.get(kind, 0))
                counts[kind] = counts.get(kind, 0) + 1


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of the module and methods of its classes; what is nested belongs to its function."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
            yield from ((f"{node.name}.{method.name}", method) for method in methods)


def kind_of(node: ast.AST) -> str:
    """What a node guards, if anything."""
    if isinstance(node, ast.Raise) and "PermissionDenied" in ast.dump(node):
        return "guard"
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return "guard" if called(node.value) in GUARDS else ""
    if isinstance(node, ast.Call) and called(node) in ("visible_to", "under"):
        return "scope" if called(node) == "visible_to" else "range"
    return ""


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


# ---- taking away ----


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    """The piece is away inside the block."""
    with APPLY[mutant.kind](mutant):
        yield


@contextmanager
def exchanged(mutant: Mutant) -> Iterator[None]:
    with replaced(mutant.where, mutated(mutant)):
        yield


@contextmanager
def replaced(where: str, code: CodeType) -> Iterator[None]:
    function = Place.of(where).function
    kept = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = kept


@dataclass(frozen=True)
class Place:
    """A function by its dotted name: the longest part of it that is a module, and the rest."""

    module: ModuleType
    qualname: str

    @classmethod
    def of(cls, where: str) -> "Place":
        parts = where.split(".")
        for size in range(len(parts) - 1, 0, -1):
            name = ".".join(parts[:size])
            path = ROOT.joinpath(*parts[:size])
            if path.with_suffix(".py").exists() or (path / "__init__.py").exists():
                return cls(importlib.import_module(name), ".".join(parts[size:]))
        raise LookupError(where)

    @cached_property
    def function(self) -> FunctionType:
        found: Any = self.module
        for part in self.qualname.split("."):
            found = inspect.getattr_static(found, part)
        for inner in ("fget", "func", "__func__"):
            found = getattr(found, inner, found)
        return inspect.unwrap(found)


def in_source(place: Place) -> ast.FunctionDef:
    """The function as it is written, without what decorates it."""
    tree = ast.parse(Path(place.module.__file__).read_text(encoding="utf-8"))
    function = dict(functions(tree))[place.qualname]
    function.decorator_list = []
    return function


def first_of(text: str) -> ast.stmt:
    return ast.parse(text).body[0]


def mutated(mutant: Mutant) -> CodeType:
    """The function's code without the nth piece of its kind."""
    place = Place.of(mutant.where)
    function = in_source(place)
    if mutant.kind == "door":
        function.body = [first_of("return self.all()")]
    else:
        wanted = [node for node in ast.walk(function) if kind_of(node) == mutant.kind][mutant.nth]
        Without(wanted).visit(function)
    return compiled(function, place)


def compiled(function: ast.FunctionDef, place: Place) -> CodeType:
    """In a class of its own, so that `super()` finds the cell it needs."""
    around = ast.ClassDef("Around", bases=[], keywords=[], body=[function], decorator_list=[])
    module = ast.fix_missing_locations(ast.Module(body=[around], type_ignores=[]))
    space = dict(vars(place.module))
    exec(compile(module, place.module.__file__, "exec"), space)  # noqa: S102  our own source, one piece less
    return vars(space["Around"])[function.name].__code__


class Without(ast.NodeTransformer):
    def __init__(self, wanted: ast.AST) -> None:
        self.wanted = wanted

    def visit(self, node: ast.AST) -> ast.AST:
        if node is not self.wanted:
            return self.generic_visit(node)
        if isinstance(node, ast.stmt):
            return ast.Pass()
        if called(node) == "under":
            return ast.parse(EVERY_ROW, mode="eval").body
        rows = self.generic_visit(node.func.value)
        return ast.Call(ast.Attribute(rows, "all", ast.Load()), args=[], keywords=[])


class Answering:
    """A permit that says the same to everybody; all else is as it was."""

    def __init__(self, permit: Any, *, answer: bool) -> None:
        self.permit, self.answer = permit, answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.permit, name)

    def allows(self, actor: Any, target: Any = None) -> bool:
        return self.answer

    def role_fits(self, actor: Any, target: Any = None) -> bool:
        return self.answer


def answering(mutant: Mutant) -> AbstractContextManager[None]:
    answer = mutant.kind == "open"
    return rows_of(mutant.where, lambda permit, where: Answering(permit, answer=answer))


@contextmanager
def rows_of(where: str, instead: Callable[[Any, str], Any]) -> Iterator[None]:
    """Another row for the verb in every table that holds it, because tables are put together of others; and in the moves."""
    from inspections.moves import Move

    verb = where.partition(".")[2]
    kept = [(table, table[verb]) for table in tables() if verb in table]
    permit = Move.permit

    def other(move: Move) -> Any:
        row = permit.fget(move)
        return instead(row, where) if f"finding.{move.verb}" == verb else row

    for table, row in kept:
        table[verb] = instead(row, where)
    if verb.startswith("finding."):
        Move.permit = property(other)
    try:
        yield
    finally:
        Move.permit = permit
        for table, row in kept:
            table[verb] = row


@cache
def tables() -> list[dict[str, Any]]:
    """Every TABLE of the project, each once."""
    found = {}
    for path in sources():
        if "permi" in path.name:
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            if isinstance(table := getattr(module, "TABLE", None), dict):
                found[id(table)] = table
    return list(found.values())


@contextmanager
def missing(mutant: Mutant) -> Iterator[None]:
    from portal import access

    app, _dot, name = mutant.where.partition(".")
    table = access.ACCESS_BY_APP[app]
    row = table.pop(name)
    try:
        yield
    finally:
        table[name] = row


APPLY: dict[str, Callable[[Mutant], Any]] = {
    "door": exchanged,
    "scope": exchanged,
    "range": exchanged,
    "guard": exchanged,
    "open": answering,
    "shut": answering,
    "access": missing,
}
