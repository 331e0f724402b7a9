"""The printer's files: every invoice once, in order, as it was sent; and what a killed worker left is finished."""

import gc
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from pypdf import PdfReader

from facturation.campagne.emission import Emission
from facturation.management.commands import reprendre_factures as reprise
from facturation.models import Cahier, CampagneDeFacturation, DocumentFacture, Facture
from facturation.papiers import cahier as les_cahiers
from facturation.papiers import rendu
from facturation.papiers.cahier import relier
from facturation.papiers.rendu import rendre
from facturation.papiers.taches import relier_campagne, rendre_factures
from socle.ouvrier.memoire import sans_ramasse_miettes
from tests.facturation.ville import LE, batir, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)


@pytest.fixture
def campagne(db, monkeypatch) -> CampagneDeFacturation:
    """Of five invoices that nobody has drawn; a cahier holds two of them."""
    monkeypatch.setattr(les_cahiers, "FACTURES_PAR_CAHIER", 2)
    ville = batir()
    for _ in range(5):
        famille, enfant = foyer()
        reserver(inscrire(famille, enfant, ville.cantine), [1])
    return Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()


def numeros(campagne: CampagneDeFacturation) -> list[list[int]]:
    """Of the invoices that each cahier shows, page by page."""
    lus = []
    for cahier in campagne.cahiers.all():
        with cahier.fichier.open("rb") as fichier:
            contenu = fichier.read()
        assert cahier.taille == len(contenu)
        pages = PdfReader(io.BytesIO(contenu)).pages
        lus.append([int(page.extract_text().partition("Facture AL-")[2].split()[0]) for page in pages])
    return lus


@LE_2_NOVEMBRE
def test_toutes_les_factures_une_fois_dans_l_ordre_des_numeros(campagne):
    rendre([facture.pk for facture in campagne.factures.all()])
    assert relier(campagne) == 3
    assert [str(cahier) for cahier in campagne.cahiers.all()] == ["AL-1 à AL-2", "AL-3 à AL-4", "AL-5"]
    assert numeros(campagne) == [[1, 2], [3, 4], [5]]
    assert relier(campagne) == 0


@LE_2_NOVEMBRE
def test_un_cahier_attend_que_toutes_ses_factures_soient_dessinees(campagne):
    rendre([facture.pk for facture in campagne.factures.exclude(numero=3)])
    assert relier(campagne) == 1
    assert numeros(campagne) == [[1, 2]]
    assert not Cahier.objects.campagnes_a_relier().exists()


@LE_2_NOVEMBRE
def test_celui_qui_dessine_la_derniere_facture_appelle_le_relieur(campagne):
    premieres, dernieres = campagne.factures.filter(numero__lte=3), campagne.factures.filter(numero__gt=3)
    rendre_factures.call([facture.pk for facture in premieres])
    assert not Cahier.objects.exists()
    rendre_factures.call([facture.pk for facture in dernieres])
    assert Cahier.objects.count() == 3


@LE_2_NOVEMBRE
def test_de_deux_relieurs_le_premier_garde_son_cahier(campagne):
    factures = list(campagne.factures.order_by("numero"))
    rendre([facture.pk for facture in factures])
    assert les_cahiers._relier(campagne, factures[:2]) is True
    fichiers = default_storage.listdir("factures/2026/11")[1]
    assert les_cahiers._relier(campagne, factures[:2]) is False
    assert default_storage.listdir("factures/2026/11")[1] == fichiers


@LE_2_NOVEMBRE
def test_une_campagne_en_cours_ne_se_relie_pas(campagne):
    rendre([facture.pk for facture in campagne.factures.all()])
    CampagneDeFacturation.objects.update(emise_le=None)
    assert relier_campagne.call(campagne.pk) == 0


def test_ce_qu_un_ouvrier_tue_a_laisse_est_repris_un_quart_d_heure_apres(campagne, capsys):
    emises = Facture.objects.latest("creee_le").creee_le
    with time_machine.travel(emises + timedelta(minutes=5), tick=False):
        call_command("reprendre_factures")
    assert not DocumentFacture.objects.exists()
    with time_machine.travel(emises + timedelta(minutes=16), tick=False):
        call_command("reprendre_factures")
        call_command("reprendre_factures")
    assert numeros(campagne) == [[1, 2], [3, 4], [5]]
    assert capsys.readouterr().out.splitlines() == ["5\u00a0factures, 3\u00a0cahiers."]


def test_une_facture_d_une_horloge_en_avance_n_attend_pas_qu_elle_revienne(campagne, capsys):
    emises = Facture.objects.latest("creee_le").creee_le
    with time_machine.travel(emises - timedelta(days=2), tick=False):
        call_command("reprendre_factures")
    assert DocumentFacture.objects.count() == 5


def test_une_facture_impossible_a_dessiner_n_arrete_ni_les_autres_ni_les_campagnes(campagne, monkeypatch, caplog):
    dessiner = rendu.imprimer_factures

    def imprimer(factures: list[Facture]) -> list[bytes]:
        if 3 in [facture.numero for facture in factures]:
            raise OSError("no font")
        return dessiner(factures)

    emises = Facture.objects.latest("creee_le").creee_le
    with time_machine.travel(emises + timedelta(minutes=16), tick=False):
        with monkeypatch.context() as panne:
            panne.setattr(rendu, "imprimer_factures", imprimer)
            with pytest.raises(CommandError, match="1\u00a0facture sans PDF"):
                call_command("reprendre_factures")
        assert sorted(DocumentFacture.objects.values_list("facture__numero", flat=True)) == [1, 2, 4, 5]
        call_command("reprendre_factures")
    assert DocumentFacture.objects.count() == 5
    assert "cannot be drawn" in caplog.text


@LE_2_NOVEMBRE
def test_celui_qui_finit_d_emettre_appelle_aussi_le_relieur(db, django_capture_on_commit_callbacks):
    """The queue may have drawn the last invoice before the campaign knew that it was over."""
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    with django_capture_on_commit_callbacks(execute=True):
        campagne = Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()
    assert numeros(campagne) == [[1]]


def test_le_ramasse_miettes_revient_quoi_qu_il_arrive():
    def tomber_en_panne() -> None:
        with sans_ramasse_miettes():
            with sans_ramasse_miettes():
                pass
            assert not gc.isenabled()
            raise ValueError("panne")

    with pytest.raises(ValueError, match="panne"):
        tomber_en_panne()
    assert gc.isenabled()


def test_deux_reprises_ne_se_genent_pas_et_rien_ne_reste_pris(db, capsys):
    """The lock is a transaction's: a pooler that lends PostgreSQL's sessions out keeps none of it."""
    with reprise._seule() as premiere:
        call_command("reprendre_factures", verbosity=2)
    call_command("reprendre_factures", verbosity=2)
    assert premiere
    assert capsys.readouterr().out.splitlines() == ["Une reprise est déjà en cours."]
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [reprise.VERROU],
        )
        assert curseur.fetchone() == (0,)
