"""In what order the tests run: `lent` ones first, shared out among the processes, so that none is left for the end."""

import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process begins with an equal part of the list (xdist's worksteal): each part begins with `lent` ones."""
    lents = [essai for essai in items if essai.get_closest_marker("lent")]
    autres = [essai for essai in items if not essai.get_closest_marker("lent")]
    processus = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    reste, ranges = len(items), []
    for rang in range(processus):
        part = reste // (processus - rang)
        reste -= part
        siens = lents[rang::processus]
        ranges += siens
        ranges += autres[: max(0, part - len(siens))]
        del autres[: max(0, part - len(siens))]
    items[:] = ranges + autres
