#!/usr/bin/env python
"""Django's command line."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portail.settings")
    from django.core.management import execute_from_command_line

    from socle.reglages.moment import une_lecture

    # A command sees one state of what the direction has set; each request and each task that it runs, its own.
    with une_lecture():
        execute_from_command_line(sys.argv)
