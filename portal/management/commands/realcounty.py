"""A real county's roster imported, taken through LibreOffice, imported again. By hand: it needs npm and soffice.

The names come from a package and go into a database in memory; the portal's own data is not touched.
"""

import io
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation

from branches.rosters.imports import write_template
from portal.proving import real_county as real


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--code", default="", help="six digits; else the median county")
        parser.add_argument("--edits", type=int, default=12)

    def handle(self, *, code, edits, **options):
        scratch = tempfile.TemporaryDirectory(prefix="branchmark-county-")
        with scratch as name, override_settings(VAR=Path(name)), translation.override("zh-hans"):
            (Path(name) / "imports").mkdir()
            found = real.county(real.fetch(Path(name)), code)
            kept = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            try:
                self.round_trip(found, Path(name), edits=edits)
            finally:
                connection.creation.destroy_test_db(kept, verbosity=0)

    def round_trip(self, found, folder, *, edits):
        now = timezone.now()
        actor, owner = real.officer_of(found.name, now=now)
        first = real.bring_in(actor, owner, real.content_of(real.roster_of(found)), now=now)
        self.say(f"{len(found.towns)} towns, {len(found.villages)} villages", first)
        out = io.BytesIO()
        write_template(out, owner, today=actor.today)
        saved = real.edited_in_libreoffice(out.getvalue(), folder, edits=0)
        self.say("saved by LibreOffice", real.bring_in(actor, owner, saved, now=now), changed=0)
        changed = real.edited_in_libreoffice(out.getvalue(), folder, edits=edits)
        again = real.bring_in(actor, owner, changed, now=now)
        self.say("edited in LibreOffice", again, changed=edits)

    def say(self, what, counts, *, changed=None):
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stdout.write(f"{what}: {said}")
        if counts["wrong"] or (
            changed is not None and (counts["new"], counts["changed"]) != (0, changed)
        ):
            raise CommandError(f"expected 0 wrong, 0 new and {changed} changed")
