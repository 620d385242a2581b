import ast
import statistics
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Measure the house: lengths of functions, files and templates, tests per line of code."

    def handle(self, *args, **options):
        files = [settings.BASE_DIR / name for name in tracked("*.py")]
        code = [f for f in files if "tests" not in f.parts and "migrations" not in f.parts]
        tests = [f for f in files if "tests" in f.parts]
        pages = [settings.BASE_DIR / name for name in tracked("templates/*.html")]
        self.tell("functions", sorted(n for f in code for n in lengths(f)))
        self.tell("files", sorted(count(f) for f in code if count(f)))
        self.tell("templates", sorted(count(f) for f in pages))
        ratio = sum(map(count, tests)) / sum(map(count, code))
        self.stdout.write(
            f"tests per line of code {ratio:.2f} ({sum(map(count, code))} lines of code)"
        )

    def tell(self, what, sizes):
        p90 = sizes[int(len(sizes) * 0.9)]
        median = statistics.median(sizes)
        self.stdout.write(f"{what}: {len(sizes)}, median {median:g}, p90 {p90}, max {sizes[-1]}")


def tracked(pattern: str) -> list[str]:
    found = subprocess.run(
        ["git", "ls-files", pattern],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.split()


def count(file: Path) -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for line in file.read_text(encoding="utf-8").splitlines())


def lengths(file: Path):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1
