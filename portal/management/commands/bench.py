import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from portal.bench import ground, races
from scoring.models import Result
from scoring.results import compute, differences

SCALES = {"60": 60, "1k": 1_000, "10k": 10_000}


class Command(BaseCommand):
    help = "Time the product against its floors in one run, on a database of its own that is thrown away."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=SCALES, default="1k")

    def handle(self, *args, scale, **options):
        with own_database():
            times = self.measure(SCALES[scale])
        above = [time.name for time in times if not time.holds]
        if above:
            raise CommandError("Above the ceiling: " + "; ".join(above))

    def measure(self, size: int) -> list[races.Time]:
        laid = ground.lay(size)
        ground.scratch(laid)
        compute(laid.cycle, now=races.NOW)
        wrong = list(differences(laid.cycle))
        if wrong:
            raise CommandError(f"{len(wrong)} results differ when computed again: {wrong[:3]}")
        self.stdout.write(
            f"{connection.vendor}, {size} branches, {laid.judgements} judgements; "
            f"{Result.objects.count()} results computed twice, all equal"
        )
        times = [races.run(race) for race in races.races(laid)]
        again = [
            race for race, time in zip(races.races(laid), times, strict=True) if not time.holds
        ]
        times = [confirm(time, again) for time in times]
        self.stdout.write(races.table(times))
        return times


def confirm(time: races.Time, again: list[races.Race]) -> races.Time:
    """Above the ceiling counts only when it happens twice out of three."""
    race = next((race for race in again if race.name == time.name), None)
    if race is None:
        return time
    more = [races.run(race), races.run(race)]
    return time if sum(not each.holds for each in more) else more[0]


class own_database:
    """A database of the configured kind, made here and dropped here."""

    def __enter__(self):
        self.before = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            self.folder = tempfile.TemporaryDirectory()
            connection.close()
            connection.settings_dict["NAME"] = str(Path(self.folder.name) / "bench.sqlite3")
            call_command("migrate", verbosity=0)
        else:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN_FILES}
        return self

    def __exit__(self, *fault):
        if connection.vendor == "sqlite":
            connections.close_all()
            connection.settings_dict["NAME"] = self.before
            self.folder.cleanup()
        else:
            connection.creation.destroy_test_db(self.before, verbosity=0)


PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
