"""What a worker does between two absences, and what it does with a task that one of them has broken."""

import logging
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection, connections, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from socle.ouvrier import ouvrier as module
from socle.ouvrier.orphelines import _rendre, rendre_les_siennes, reprendre_les_orphelines
from socle.ouvrier.presence import est_mort, presence
from tests.attente import passer_sans_attendre
from tests.socle.ouvrier.outils import ouvriers_vivants
from tests.socle.ouvrier.test_coupures import embaucher
from tests.socle.ouvrier.test_orphelines import etat, tache

ABSENT = OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def journal(monkeypatch) -> list[str]:
    """What the worker does, in order; no base is asked."""
    faits: list[str] = []

    @contextmanager
    def vivant(ouvrier: str):
        faits.append(f"{ouvrier} vit")
        yield SimpleNamespace(verifier=lambda: faits.append("vérifie"))

    monkeypatch.setattr(module, "presence", vivant)
    monkeypatch.setattr(module, "rendre_les_siennes", lambda ouvrier: faits.append(f"rend celles de {ouvrier}"))
    monkeypatch.setattr(module, "connections", SimpleNamespace(close_all=lambda: faits.append("se déconnecte")))
    monkeypatch.setattr(module, "time", SimpleNamespace(sleep=lambda pause: faits.append(f"attend {pause} s")))
    return faits


def test_a_chaque_absence_il_se_deconnecte_attend_et_rend_ce_qu_il_tenait(journal, monkeypatch):
    monkeypatch.setattr(Worker, "run", Mock(side_effect=[ABSENT, None]))
    embaucher().run()
    un_tour = ["ouvrier vit", "rend celles de ouvrier"]
    assert journal == [*un_tour, "se déconnecte", "attend 2 s", *un_tour]


def test_une_absence_se_dit_une_fois_et_la_suivante_aussi(journal, monkeypatch, caplog):
    """Two knocks at a closed door; then it lives again, and PostgreSQL goes away once more."""
    portes = iter([ABSENT, ABSENT, None, None])

    @contextmanager
    def vivant(ouvrier: str):
        if porte := next(portes):
            raise porte
        yield SimpleNamespace(verifier=lambda: None)

    monkeypatch.setattr(module, "presence", vivant)
    monkeypatch.setattr(Worker, "run", Mock(side_effect=[ABSENT, None]))
    with caplog.at_level(logging.WARNING):
        embaucher().run()
    phrase = "PostgreSQL does not answer (OperationalError): the worker waits for it."
    assert caplog.messages == [phrase, phrase]


class TestTache:
    @pytest.fixture
    def ouvrier(self, monkeypatch):
        ouvrier = embaucher()
        ouvrier.faits = []
        ouvrier._presence = SimpleNamespace(verifier=lambda: ouvrier.faits.append("vérifie"))
        monkeypatch.setattr(Worker, "run_task", lambda soi, tache: soi.faits.append("fait"))
        monkeypatch.setattr(module, "remettre", lambda tache: ouvrier.faits.append("remet"))
        return ouvrier

    @pytest.mark.parametrize(
        ("faute", "remise"),
        [
            ("", False),
            ("builtins.ValueError", False),
            ("django.db.utils.ProgrammingError", False),
            ("django.db.utils.OperationalError", True),
            ("django.db.utils.InterfaceError", True),
            ("django.db.utils.DatabaseError", True),
        ],
    )
    def test_il_verifie_qu_il_vit_fait_et_remet_ce_qu_une_absence_a_casse(self, ouvrier, faute, remise):
        ouvrier.run_task(SimpleNamespace(exception_class_path=faute))
        assert ouvrier.faits == ["vérifie", "fait"] + ["remet"] * remise


@pytest.mark.django_db(transaction=True)
class TestPresence:
    def test_elle_dure_le_temps_du_bloc(self):
        with presence("lui") as vivant:
            vivant.verifier()
            assert ouvriers_vivants() == 1
            assert not est_mort("lui")
        assert ouvriers_vivants() == 0
        assert est_mort("lui")

    def test_qui_a_perdu_sa_connexion_n_est_plus_vivant(self):
        with presence("lui") as vivant:
            with connection.cursor() as curseur:
                curseur.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            with pytest.raises(OperationalError):
                vivant.verifier()

    def test_personne_ne_lui_prend_sa_connexion_parce_qu_il_ne_dit_rien(self, monkeypatch):
        """A town may end transactions that do nothing: this one waits on purpose."""
        options = connections.settings["default"]["OPTIONS"]
        monkeypatch.setitem(options, "options", "-c idle_in_transaction_session_timeout=60000")
        with presence("lui") as vivant, vivant._temoin.cursor() as curseur:
            curseur.execute("SHOW idle_in_transaction_session_timeout")
            assert curseur.fetchone() == ("0",)


@pytest.mark.django_db(transaction=True)
def test_une_tache_qu_un_autre_rend_ne_s_attend_pas():
    laissee = tache("mort")
    tenir = DBTaskResult.objects.select_for_update()
    assert passer_sans_attendre(lambda: tenir.get(pk=laissee.pk), reprendre_les_orphelines) == 0
    assert reprendre_les_orphelines() == 1


@pytest.mark.django_db
def test_seule_la_tache_dont_on_parle_est_rendue():
    autre, laissee = tache("mort"), tache("mort")
    assert _rendre(laissee.pk, lambda dernier: True) is True
    assert [etat(laissee), etat(autre)] == ["READY", "RUNNING"]


@pytest.mark.django_db
def test_une_tache_qui_vient_de_finir_n_est_pas_rendue():
    finie = tache("mort", etat="SUCCESSFUL")
    assert _rendre(finie.pk, lambda dernier: True) is False
    assert etat(finie) == "SUCCESSFUL"


@pytest.mark.django_db
def test_une_tache_que_l_on_ne_peut_abandonner_reste_comme_elle_etait(monkeypatch):
    def manquer(*_: object) -> None:
        DBTaskResult.objects.update(status="READY")
        raise OSError("gone")

    laissee = tache("lui")
    monkeypatch.setattr("socle.ouvrier.orphelines.remettre", manquer)
    with pytest.raises(OSError, match="gone"), transaction.atomic():
        rendre_les_siennes("lui")
    assert etat(laissee) == "RUNNING"
