"""`bin/bench`: Django first, then what it measures."""

import os
import sys
from pathlib import Path

import django


def lancer() -> None:
    if "--ouverture" in sys.argv:  # a town of its own: its folder, hence its database
        os.environ["ETAT"] = str(Path(os.environ["ETAT"]) / "ouverture")
    django.setup()
    if "--ouverture" in sys.argv:
        from bench.ouverture.jour import principal
    else:
        from bench.mesures import principal

    principal()


# The processes that measure import this module again.
if __name__ == "__main__":
    lancer()
