"""Ask every address as every role and compare the answers; --record writes docs/permissions.md anew."""

import sys

from django.core.management.base import BaseCommand

from portal.proving import walks
from portal.serve import stoppable


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--record", action="store_true", help="write down the answers of today")
        parser.add_argument(
            "--only", default="", help="addresses whose names begin so: branches:,scoring:gap"
        )

    def handle(self, *, record, only, **options):
        environment = {"BRANCHMARK_WALK_ONLY": only} | (
            {"BRANCHMARK_WALK": "record"} if record else {}
        )
        with stoppable():
            sys.exit(walks.run("walk", **environment))
