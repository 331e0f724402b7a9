"""`bin/bench`: Django first, then what it measures."""

import django


def lancer() -> None:
    django.setup()
    from bench.mesures import principal

    principal()


lancer()
