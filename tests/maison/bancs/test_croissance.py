"""The towns of `bin/bench --croissance`: a small one many times, and for years. What slows down there is named."""

import json
from collections import Counter

import pytest
from django.db import IntegrityError
from django.urls import reverse

from bench.croissance.copie import copier, sans_declencheurs
from bench.croissance.lectures import Lectures, lues_par
from bench.croissance.lignes import lignes_des_foyers
from bench.croissance.tableau import Cout, Croissance, PageDesDeuxVilles
from bench.croissance.villes import agrandir, fonder
from demandes.models import Decision, Demande
from facturation.models import Compteur, Facture, Ligne, Reglement
from famille.models import Compte, Enfant, Famille, Rattachement
from messagerie.models import Fil, Lecture, Message
from planning.models import Inscription, Prestation, Reservation
from portail.peuplement.guide import NUMERO_DUPONT

FAMILLES, FOIS, ANNEES = 3, 4, 2


@pytest.fixture
def ville(transactional_db, time_machine, monkeypatch) -> None:
    """Three households, in December."""
    time_machine.move_to("2025-12-17T10:00:00+01:00", tick=False)
    monkeypatch.setattr("bench.croissance.villes.FAMILLES", FAMILLES)
    fonder()


def _des_dupont() -> dict[str, list]:
    """All that their pages show."""
    famille = Famille.objects.get(numero=NUMERO_DUPONT)
    return {
        "réservations": list(Reservation.objects.filter(inscription__famille=famille).order_by("pk").values_list()),
        "inscriptions": list(Inscription.objects.filter(famille=famille).order_by("pk").values_list()),
        "factures": list(Facture.objects.filter(famille=famille).order_by("pk").values_list()),
        "lignes": list(Ligne.objects.filter(facture__famille=famille).order_by("pk").values_list()),
        "règlements": list(Reglement.objects.filter(famille=famille).order_by("pk").values_list()),
        "messages": list(Message.objects.filter(fil__famille=famille).order_by("pk").values_list()),
        "demandes": list(Demande.objects.filter(famille=famille).order_by("pk").values_list()),
    }


@pytest.mark.lent
def test_la_ville_grandit_et_vieillit_sans_toucher_aux_dupont(ville):
    comptes = (Famille, Enfant, Rattachement, Inscription, Prestation)
    avant, dupont = {modele: modele.objects.count() for modele in comptes}, _des_dupont()
    ancienne = Reservation.objects.order_by("jour").exclude(inscription__famille__numero=NUMERO_DUPONT)[0].jour
    agrandir(FOIS, ANNEES)
    guide = Famille.objects.count() - FAMILLES * FOIS
    assert guide == avant[Famille] - FAMILLES
    assert Prestation.objects.count() == avant[Prestation] * FOIS
    assert _des_dupont() == dupont
    tirees = Reservation.objects.exclude(inscription__famille__numero=NUMERO_DUPONT)
    assert (ancienne - tirees.order_by("jour")[0].jour).days >= 365
    assert all(dupont.values())


@pytest.mark.lent
def test_chaque_famille_de_plus_a_ses_lignes_et_aucune_celles_d_une_autre(ville):
    agrandir(FOIS, ANNEES)
    tirees = Famille.objects.exclude(responsables__compte__identifiant__in=["dupont", "martin", "nouveau"])
    nombres = {
        modele: Counter(modele.objects.filter(**{f"{chemin}__in": tirees}).values_list(chemin, flat=True))
        for modele, chemin in (
            (Fil, "famille"),
            (Facture, "famille"),
            (Reservation, "inscription__famille"),
        )
    }
    for modele, par_famille in nombres.items():
        assert par_famille, modele
        # Each has its copies: what one has, FOIS have.
        assert all(combien % FOIS == 0 for combien in Counter(par_famille.values()).values()), modele
    assert not Lecture.objects.exclude(fil__famille__responsables__compte__in=Compte.objects.all()).exists()
    for reservation in Reservation.objects.select_related("inscription"):
        assert reservation.prestation_id == reservation.inscription.prestation_id
        assert reservation.inscription.du <= reservation.jour
    for inscription in Inscription.objects.all():
        assert Rattachement.objects.filter(famille=inscription.famille_id, enfant=inscription.enfant_id).exists()
    for facture in Facture.objects.exclude(famille__numero=NUMERO_DUPONT).prefetch_related("lignes"):
        assert sum(ligne.montant for ligne in facture.lignes.all()) == facture.montant
    assert Demande.objects.filter(decidee_le__isnull=False).count() == Decision.objects.count()


@pytest.mark.lent
def test_la_ville_agrandie_vit_encore(ville):
    """Its numbers and its keys go on from the last ones, and what bars a double still bars it."""
    agrandir(FOIS, ANNEES)
    dernier = Compteur.objects.get(genre="facture").dernier
    assert dernier == max(Facture.objects.values_list("numero", flat=True))
    assert Famille.objects.create(numero="1000000000001").pk > max(Fil.objects.values_list("famille", flat=True))
    with pytest.raises(IntegrityError), sans_declencheurs() as curseur:
        copier(curseur, lignes_des_foyers(), 1, {})


@pytest.mark.lent
def test_les_compteurs_disent_ce_qu_une_page_a_lu(ville):
    compte = Compte.objects.select_related("responsable").get(identifiant="dupont")
    lues = lues_par(reverse("messagerie:messages"), compte)
    assert lues.lignes["messagerie_fil"] >= 1
    assert lues.lignes["facturation_ligne"] == 0
    assert "messagerie_fil" not in lues.index


def _page(**grande: float) -> PageDesDeuxVilles:
    petite = {"web": 10.0, "postgresql": 1.0, "p50": 12.0}
    lues = Lectures(Counter(famille_enfant=10)), Lectures(Counter(famille_enfant=int(grande.pop("lignes", 10))))
    return PageDesDeuxVilles("accueil", Cout(**petite), Cout(**petite | grande), *lues)


def test_une_page_qui_ralentit_ou_qui_lit_la_ville_est_nommee():
    assert _page().manquees == []
    assert _page(web=12.0, p50=14.3, postgresql=1.25, lignes=30).manquees == []
    assert _page(web=12.1).manquees == ["accueil : CPU web × 1.21 (10.0 → 12.1 ms)"]
    assert _page(p50=20.0).manquees == ["accueil : p50 × 1.67 (12.0 → 20.0 ms)"]
    assert _page(postgresql=2.0).manquees == ["accueil : CPU PostgreSQL × 2.00 (1.0 → 2.0 ms)"]
    assert _page(lignes=2000).manquees == ["accueil : 10 → 2000 lignes lues (famille_enfant +1990)"]


def test_une_mesure_s_ecrit(tmp_path):
    mesure = Croissance({"coeurs": 2}, 0.5, (200, 2000), 5, [_page(web=15.0)], {"purger": Lectures()}, ["enfant_ordre"])
    mesure.ecrire(tmp_path / "mesure.json")
    ecrite = json.loads((tmp_path / "mesure.json").read_text())
    assert ecrite["pages"][0]["grande"]["web"] == 15.0
    assert ecrite["pages"][0]["lues_grande"]["lignes"] == {"famille_enfant": 10}
    assert ecrite["jamais_lus"] == ["enfant_ordre"]
    assert len(ecrite["manquees"]) == 1
