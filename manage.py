#!/usr/bin/env python3
"""`python3 manage.py up` starts the portal, `python3 manage.py test` runs the suite; both set up what they need."""

import os
import sys

from portal import bootstrap


def main():
    bootstrap.enter(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
