"""`bin/bench`: Django first, then what it measures."""

import os
import sys
from pathlib import Path

import django


def lancer() -> None:
    for autre in ("ouverture", "croissance", "importation"):  # towns of their own: their folder, hence their database
        if f"--{autre}" in sys.argv:
            os.environ["ETAT"] = str(Path(os.environ["ETAT"]) / autre)
    django.setup()
    if "--ouverture" in sys.argv:
        from bench.ouverture.jour import principal
    elif "--croissance" in sys.argv:
        from bench.croissance.mesures import principal
    elif "--importation" in sys.argv:
        from bench.importation import principal
    else:
        from bench.mesures import principal

    principal()


# The processes that measure import this module again.
if __name__ == "__main__":
    lancer()
