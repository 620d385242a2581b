from django.core.management.base import BaseCommand, CommandError

from inspections.models import Cycle
from scoring.archiving import all_run_differences
from scoring.models import Result, Run
from scoring.results import differences


class Command(BaseCommand):
    help = "Compute every stored result and every run again and name each difference."

    def handle(self, *args, **options):
        found = [
            line for cycle in Cycle.objects.select_related("edition") for line in differences(cycle)
        ]
        found += all_run_differences()
        for line in found:
            self.stderr.write(line)
        self.stdout.write(
            f"{Result.objects.count()} results, {Run.objects.count()} runs, {len(found)} differences"
        )
        if found:
            raise CommandError("Stored results differ from a new computation.")
