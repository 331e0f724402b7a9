"""`bin/bench`: Django first, then what it measures."""

import django


def lancer() -> None:
    django.setup()
    from bench.mesures import principal

    principal()


# The processes that measure import this module again.
if __name__ == "__main__":
    lancer()
