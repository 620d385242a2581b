from datetime import date

from django.core.management.base import BaseCommand, CommandError

from branches.models import Organization
from portal.demo.load import load
from portal.demo.scale import SCALES


class Command(BaseCommand):
    help = "Load the demonstration county into an empty database."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=SCALES, default="small")
        parser.add_argument("--as-of", type=date.fromisoformat)

    def handle(self, *args, scale, as_of, **options):
        if Organization.objects.exists():
            raise CommandError(
                "The database already holds organizations; the demonstration needs an empty one."
            )
        for username, role, password in load(scale=scale, as_of=as_of):
            self.stdout.write(f"{username:12} {password:28} {role}")
