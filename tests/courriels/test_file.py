"""The real queue, in PostgreSQL: an e-mail waits for no PDF, and what the former version enqueued is still done."""

import inspect

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from courriels.depot import deposer
from courriels.models import Courriel
from courriels.taches import PAR_TOURNEE
from facturation.papiers.taches import rendre_factures
from tests.courriels.bal import Bal

from .fabriques import avis

JEAN = "jean.dupont@wanadoo.fr"


@pytest.fixture
def file(transactional_db, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def travailler(taches: int) -> None:
    """One worker does so many tasks, those that it chooses, as `manage.py db_worker` chooses them."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=taches,
        worker_id="essai",
        excluded_queue_names=[],
    ).run()


def demander_un_lien() -> None:
    Client().post(reverse("famille:mot_de_passe_oubli"), {"email": JEAN})


def faites() -> list[str]:
    finies = DBTaskResult.objects.successful().order_by("started_at")
    return [chemin.rpartition(".")[2] for chemin in finies.values_list("task_path", flat=True)]


def test_un_lien_de_mot_de_passe_n_attend_pas_les_pdf(file, dupont, smtp: Bal):
    for n in range(200):
        rendre_factures.enqueue([n])
    demander_un_lien()
    travailler(2)
    assert faites() == ["envoyer_liens_de_mot_de_passe", "distribuer"]
    assert smtp.adresses == [JEAN]
    travailler(1)
    assert faites()[2:] == ["rendre_factures"]


def test_un_lien_de_mot_de_passe_n_attend_pas_un_message_a_toute_la_ville(file, dupont, smtp: Bal):
    deposer([Courriel.a(f"p{n:03}@example.org", avis("ville")) for n in range(2 * PAR_TOURNEE + 50)])
    travailler(1)
    assert len(smtp.recus) == PAR_TOURNEE
    demander_un_lien()
    travailler(2)
    assert str(smtp.recus[PAR_TOURNEE]["To"]) == JEAN
    travailler(4)
    assert len(smtp.recus) == 2 * PAR_TOURNEE + 51


def test_ce_qui_a_echoue_revient_par_la_file(file, smtp: Bal):
    smtp.reponse = lambda adresses: "451 Try later"
    deposer([Courriel.a(JEAN, avis())])
    travailler(1)
    [reprise] = DBTaskResult.objects.filter(status="READY")
    assert reprise.run_after == Courriel.objects.get().prochain_essai


AVANT = [
    ("messagerie", "0005_boite_d_envoi_ailleurs"),
    ("facturation", "0007_contraintes_par_nom"),
    ("famille", "0005_courriels_du_dossier"),
    ("django_tasks_database", "0021_conditional_partial_index_ordering"),
]
# The tasks of the former version, as it enqueued them.
ANCIENNES = {
    "messagerie.courriels.distribuer": [],
    "messagerie.models.envoi.expedier": [7],
    "facturation.taches.rendre_factures": [[1, 2, 3]],
    "facturation.taches.relier_campagne": [4],
    "facturation.taches_campagne.calculer_apercu": [5],
    "facturation.taches_campagne.emettre_campagne": [6, "2026-11-01", 1],
    "famille.taches.envoyer_liens_de_mot_de_passe": [JEAN],
}


@pytest.mark.long
@pytest.mark.lent
def test_les_taches_de_la_version_d_avant_se_font_encore(migrations):
    taches = migrations(AVANT).get_model("django_tasks_database", "DBTaskResult").objects
    for chemin, args in ANCIENNES.items():
        arguments = {"args": args, "kwargs": {}}
        taches.create(task_path=chemin, args_kwargs=arguments, backend_name="default", run_after=get_date_max())
    call_command("migrate", verbosity=0)

    file = list(DBTaskResult.objects.all())
    assert [tache.task.name for tache in file[:2]] == ["envoyer_liens_de_mot_de_passe", "distribuer"]
    assert {(tache.task.name, str(tache.args_kwargs["args"])) for tache in file} == {
        (chemin.rpartition(".")[2], str(args)) for chemin, args in ANCIENNES.items()
    }
    for tache in file:
        tache_du_code = import_string(tache.task_path)
        assert tache.priority == tache_du_code.priority
        inspect.signature(tache_du_code.func).bind(*tache.args_kwargs["args"])

    anciennes = migrations(AVANT).get_model("django_tasks_database", "DBTaskResult").objects
    assert set(anciennes.values_list("task_path", "priority")) == {(chemin, 0) for chemin in ANCIENNES}
