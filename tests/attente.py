"""Who waits for whom, on a real PostgreSQL: a verb that takes a lock is seen waiting, however fast the machine."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection, connections, models, transaction

PATIENCE = 20  # seconds


def attendre_son_tour(tenue: models.Model, geste: Callable[[], object]) -> object:
    """What the verb gives, once the row that somebody holds is free; asserts that it waited for that row, by a lock.

    As those who add rows that refer to it do not wait, nothing but a lock of the verb's own is seen.
    """
    lignes = type(tenue)._base_manager.select_for_update(no_key=True)
    requete, resultat = attendre_que(lambda: lignes.get(pk=tenue.pk), geste)
    assert tenue._meta.db_table in requete, requete
    assert "FOR NO KEY UPDATE" in requete or "FOR UPDATE" in requete, requete
    return resultat


def attendre_que(
    tenir: Callable[[], object], geste: Callable[[], object], *, pendant: Callable[[], object] = lambda: None
) -> tuple[str, object]:
    """The statement that waits while a transaction that has done `tenir` lasts, and what it gives afterwards.

    `pendant`: what that transaction does meanwhile, to see what the one that waits already holds.
    """
    with ThreadPoolExecutor(1) as fils:
        with transaction.atomic():
            tenir()
            tache = fils.submit(_essayer, geste)
            requete = _ce_qui_attend(tache)
            pendant()
        resultat = tache.result()
    if isinstance(resultat, Exception):
        raise resultat
    return requete, resultat


def passer_sans_attendre(tenir: Callable[[], object], geste: Callable[[], object]) -> object:
    """What the verb gives while a transaction that has done `tenir` lasts."""
    with ThreadPoolExecutor(1) as fils, transaction.atomic():
        tenir()
        resultat = fils.submit(_essayer, geste).result(timeout=PATIENCE)
    if isinstance(resultat, Exception):
        raise resultat
    return resultat


def _essayer(geste: Callable[[], object]) -> object:
    try:
        return geste()
    except Exception as erreur:
        return erreur
    finally:
        connections.close_all()


def _ce_qui_attend(tache: Future) -> str:
    """The statement that waits for a lock on this database."""
    limite = time.monotonic() + PATIENCE
    while time.monotonic() < limite and not tache.done():
        with connection.cursor() as curseur:
            # What a transaction reads of the others' activity is read once, unless it asks.
            curseur.execute("SELECT pg_stat_clear_snapshot()")
            curseur.execute(
                "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if attente := curseur.fetchone():
                return attente[0]
        time.sleep(0.02)
    raise AssertionError(f"It did not wait: {tache.result() if tache.done() else 'nor did it end'}.")
