"""`manage.py purger_fichiers`: what no row names goes, and nothing else."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from messagerie.models import Fil, Piece
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.outils import PDF

pytestmark = pytest.mark.django_db
DEUX_JOURS = 2 * 24 * 3600


def ranger(nom: str, *, age: int = DEUX_JOURS) -> str:
    return vieillir(default_storage.save(nom, ContentFile(PDF)), age)


def vieillir(nom: str, age: int = DEUX_JOURS) -> str:
    alors = time.time() - age
    os.utime(default_storage.path(nom), (alors, alors))
    return nom


def purger(*options: str) -> str:
    sortie = StringIO()
    call_command("purger_fichiers", *options, stdout=sortie)
    return sortie.getvalue().replace("\xa0", " ")


@pytest.fixture
def piece(dupont) -> Piece:
    Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Malade.", [Fichier("a.pdf", TypeMime.PDF, PDF)])
    piece = Piece.objects.get()
    vieillir(str(piece.fichier))
    return piece


def test_un_fichier_que_rien_ne_nomme_est_dit_puis_efface(piece):
    perdus = [ranger("pieces/ab/abcd.pdf"), ranger("factures/2015/04/AL-9.pdf")]

    dit = purger()
    assert dit.startswith("2 fichiers que rien ne nomme, 1 Ko : à effacer.\n")
    assert "relancez avec --appliquer" in dit
    assert all(map(default_storage.exists, perdus))

    assert purger("--appliquer") == "2 fichiers que rien ne nomme, 1 Ko : effacés.\n"
    assert not any(map(default_storage.exists, perdus))
    assert Piece.objects.get().fichier.read() == PDF


def test_ce_qui_s_ecrit_en_ce_moment_n_est_pas_un_orphelin():
    recent = ranger("pieces/ab/abcd.pdf", age=60)

    assert purger("--appliquer") == ""
    assert default_storage.exists(recent)


def test_sans_orphelin_ni_dossier_la_commande_se_tait(piece):
    assert purger("--appliquer") == ""
    Path(default_storage.path(str(piece.fichier))).unlink()
    assert purger("--appliquer") == ""


def test_par_lots_aucun_n_est_oublie(piece, monkeypatch):
    monkeypatch.setattr("socle.fichiers.orphelins.LOT", 2)
    perdus = [ranger(f"pieces/cd/{n}.pdf") for n in range(5)]

    assert purger("--appliquer").startswith("5 fichiers")
    assert not any(map(default_storage.exists, perdus))


@pytest.mark.parametrize(("age", "efface"), [(23 * 3600, False), (25 * 3600, True)])
def test_ce_qui_a_plus_d_un_jour_n_est_plus_en_train_de_s_ecrire(age, efface):
    nom = ranger("pieces/ab/abcd.pdf", age=age)
    purger("--appliquer")

    assert default_storage.exists(nom) is not efface
