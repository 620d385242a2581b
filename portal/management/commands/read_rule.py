from django.core.management.base import BaseCommand

from portal.kit import pipes
from standards.reading.lines import answer


class Command(BaseCommand):
    help = "Read rule phrases (phrase TAB points) from standard input and print what they become."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args, **options):
        pipes.write(self.stdout, answer(as_json=options["json"]))
