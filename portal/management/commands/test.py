"""Run the whole suite on PostgreSQL and SQLite; every argument goes to pytest and narrows both."""

import sys

from django.core.management.base import BaseCommand

from portal.proving import suite
from portal.serve import stoppable


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def run_from_argv(self, argv):
        try:
            with stoppable():
                sys.exit(suite.run(argv[2:]))
        except KeyboardInterrupt:
            sys.exit("\nStopped.")
