from django.core.management.base import BaseCommand

from standards.reading.lines import answer


class Command(BaseCommand):
    help = "Read rule phrases (phrase TAB points) from standard input and print what they become."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args, **options):
        for line in answer(as_json=options["json"]):
            self.stdout.write(line)
