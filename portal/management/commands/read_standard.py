import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal.kit import layouts, pipes
from portal.kit.refusal import Refusal
from standards.reading import table, tablejson
from standards.reading.tableshape import Table
from standards.reading.understanding import Understood, understand

DASH = "-"


class Command(BaseCommand):
    help = (
        "Read a scoring table (.xlsx, .docx, .txt, or - for standard input) and print what it says."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--sheet", default="", help="name of the sheet to take")
        parser.add_argument("--all", action="store_true", help="every table of the file")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object, a list with --all"
        )

    def handle(self, *args, **options):
        try:
            layout = layout_of(options["file"])
            known(layout, options["sheet"])
            found = table.several(layout, sheet=options["sheet"])
            stands_on(found[0], options["sheet"])
        except Refusal as no:
            raise CommandError(in_both_languages(no)) from no
        except OSError as no:
            raise CommandError(f"{options['file']}: {no.strerror}") from no
        read = [(one, list(understand(one))) for one in (found if options["all"] else found[:1])]
        if options["json"]:
            data = [as_json(*one) for one in read]
            lines = [json.dumps(data if options["all"] else data[0], ensure_ascii=False)]
        else:
            lines = chain.from_iterable(as_text(*one) for one in read)
        pipes.write(self.stdout, lines)


def layout_of(name: str) -> layouts.Layout:
    if name == DASH:
        return layouts.paste(sys.stdin.buffer.read().decode("utf-8", errors="replace"))
    if not Path(name).is_file():
        raise CommandError(f"没有这个文件。 There is no such file: {name}")
    return layouts.read(name)


def known(layout: layouts.Layout, sheet: str) -> None:
    names = [grid.name for grid in layout.grids]
    if sheet and sheet not in names:
        shown = "、".join(names)
        raise CommandError(
            f"没有工作表“{sheet}”，文件里有：{shown}。 There is no sheet “{sheet}”; the file has: {shown}."
        )


def stands_on(found: Table, sheet: str) -> None:
    if sheet and all(line.source.sheet != sheet for line in found.lines):
        raise CommandError(
            f"工作表“{sheet}”里没有找到评分表。 No scoring table was found on sheet “{sheet}”."
        )


def in_both_languages(no: Refusal) -> str:
    with translation.override("zh-hans"):
        chinese = no.sentence
    with translation.override("en"):
        return f"{chinese} {no.sentence}"


def as_json(found: Table, understood: list[Understood]) -> dict[str, Any]:
    """The table, each clause with its phrase and what the phrase became."""
    data = tablejson.data(found)
    clauses = [clause for group in data["groups"] for clause in group["clauses"]]
    for clause, one in zip(clauses, understood, strict=True):
        clause |= tablejson.reading_data(one)
    return data


def as_text(found: Table, understood: list[Understood]) -> Iterator[str]:
    yield f"# {found.title}" + (f"（{points(found.total)}分）" if found.total else "")
    said = {id(one.line): one for one in understood}
    for group in found.groups:
        yield f"## {group.title}" + (f"（{points(group.points)}分）" if group.points else "")
        for line in group.lines:
            yield from clause_text(said[id(line)])
    yield from found.notes
    yield from (f"! {remark.path} {remark.zh}" for remark in found.remarks)


def clause_text(one: Understood) -> Iterator[str]:
    line, reading = one.line, one.reading
    yield f"{line.source.cell}\t{line.number}\t{flat(line.text)}\t{points(line.points)}"
    rules = json.dumps(list(reading.rules), ensure_ascii=False)
    yield f"\t{flat(one.phrase)}\t{reading.confidence:.2f}\t{rules}\t{reading.reason}"


def flat(text: str) -> str:
    return text.replace("\n", " / ")


def points(centipoints: int | None) -> str:
    amount = tablejson.amount(centipoints)
    return "" if amount is None else str(amount)
