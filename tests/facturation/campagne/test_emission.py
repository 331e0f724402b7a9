"""The issue of a campaign: how far it has come, its date and author, and whoever issues it at the same time."""

from datetime import date

import pytest
import time_machine

from facturation.campagne import decompte
from facturation.campagne.emission import Emission
from facturation.erreurs import EmissionImpossible
from facturation.models import CampagneDeFacturation, Facture
from facturation.papiers import taches
from planning.models import Inscription
from tests.attente import attendre_son_tour
from tests.facturation.ville import LE, NOVEMBRE, OCTOBRE, batir, emettre, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)
LE_3 = date(2026, 11, 3)
PREMIER_DATE = "2026-11-02T08:00:00+01:00"


@pytest.fixture
def deux_par_lot(monkeypatch):
    monkeypatch.setattr(decompte, "LOT", 2)


class Arret(Exception):
    """The worker is stopped."""


def s_arreter(faites: int, total: int) -> None:
    raise Arret


@LE_2_NOVEMBRE
def test_l_avancement_se_dit_apres_chaque_lot_puis_a_la_fin(bourg, deux_par_lot):
    dits = []
    Emission(bourg.campagne(), le=date(2026, 11, 2), par=None).emettre(lambda *avancement: dits.append(avancement))
    assert dits == [(2, 5), (4, 5), (5, 5), (5, 5)]


@LE_2_NOVEMBRE
def test_sans_personne_a_facturer_l_avancement_le_dit(ville):
    dits = []
    Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre(lambda *avancement: dits.append(avancement))
    assert dits == [(0, 0)]


def test_l_avancement_ne_depasse_jamais_ce_qu_il_y_a_a_faire(suite):
    """A famille that has no inscription any more is gone through: it had been billed."""
    suite.cantine.reservations.all().delete()
    Inscription.objects.all().delete()
    dits = []
    campagne = suite.ville.campagne(NOVEMBRE)
    Emission(campagne, le=date(2026, 12, 2), par=None).emettre(lambda *avancement: dits.append(avancement))
    assert dits == [(1, 1), (1, 1)]


@LE_2_NOVEMBRE
def test_la_campagne_rendue_est_emise_et_sait_qui_l_a_emise_et_quand(bourg, agent):
    campagne = Emission(bourg.campagne(), le=date(2026, 11, 2), par=agent).emettre()
    assert campagne.est_emise
    assert (campagne.familles_a_traiter, campagne.familles_traitees) == (5, 5)
    relue = CampagneDeFacturation.objects.get()
    assert (relue.date, relue.par) == (date(2026, 11, 2), agent)
    assert set(Facture.objects.values_list("par", flat=True)) == {agent.pk}


@LE_2_NOVEMBRE
@pytest.mark.parametrize(("le", "refusee"), [(OCTOBRE[1], True), (NOVEMBRE[0], False)])
def test_le_dernier_jour_de_la_periode_est_encore_trop_tot_le_lendemain_non(bourg, le, refusee):
    campagne = bourg.campagne()
    if refusee:
        with pytest.raises(EmissionImpossible, match="La période court jusqu’au 31/10/2026"):
            Emission(campagne, le=le, par=None).emettre()
    else:
        Emission(campagne, le=le, par=None).emettre()
    assert Facture.objects.exists() is not refusee


@LE_2_NOVEMBRE
def test_reprise_le_lendemain_elle_garde_la_date_l_auteur_et_le_compte_du_debut(bourg, deux_par_lot, agent):
    with pytest.raises(Arret):
        Emission(bourg.campagne(), le=date(2026, 11, 2), par=agent).emettre(s_arreter)
    inscrire(*foyer("Tardif"), bourg.cantine)
    reprise = Emission(CampagneDeFacturation.objects.get(), le=LE_3, par=None).emettre()
    assert (reprise.date, reprise.par) == (date(2026, 11, 2), agent)
    assert set(Facture.objects.values_list("date", flat=True)) == {date(2026, 11, 2)}
    assert Facture.objects.count() == 5


@LE_2_NOVEMBRE
def test_deux_agents_qui_emettent_en_meme_temps_ne_traitent_chaque_famille_qu_une_fois(bourg, deux_par_lot):
    """The second one ends before the first, and the campaign keeps the hour at which it ended."""

    def l_autre_finit(faites: int, total: int) -> None:
        if not CampagneDeFacturation.objects.filter(emise_le__isnull=False).exists():
            emettre(CampagneDeFacturation.objects.get())
            CampagneDeFacturation.objects.update(emise_le=PREMIER_DATE)

    campagne = Emission(bourg.campagne(), le=date(2026, 11, 2), par=None).emettre(l_autre_finit)
    assert campagne.emise_le.isoformat() == "2026-11-02T07:00:00+00:00"
    assert (campagne.familles_a_traiter, campagne.familles_traitees) == (5, 5)
    assert Facture.objects.count() == 5


@LE_2_NOVEMBRE
def test_une_autre_campagne_qui_n_est_pas_emise_le_reste(bourg):
    novembre = bourg.campagne(NOVEMBRE)
    emettre(bourg.campagne())
    novembre.refresh_from_db()
    assert (novembre.est_emise, novembre.familles_a_traiter) == (False, None)


@LE_2_NOVEMBRE
def test_une_fois_emise_ses_factures_sont_dessinees_puis_reliees(
    bourg, monkeypatch, django_capture_on_commit_callbacks
):
    dessinees, reliees = [], []
    monkeypatch.setattr(taches, "rendre", lambda factures: dessinees.extend(factures) or 0)
    monkeypatch.setattr(taches, "relier", lambda campagne: reliees.append(campagne.pk) or 0)
    with django_capture_on_commit_callbacks(execute=True):
        campagne = emettre(bourg.campagne())
    assert sorted(dessinees) == sorted(campagne.factures.values_list("pk", flat=True))
    assert reliees == [campagne.pk]


@pytest.mark.django_db(transaction=True)
@LE_2_NOVEMBRE
def test_qui_emet_un_lot_attend_que_la_campagne_soit_libre(sans_pdf, deux_par_lot):
    ville = batir()
    for prenom in ("Zoé", "Ali", "Nina"):
        famille, enfant = foyer(prenom)
        reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = ville.campagne()
    with pytest.raises(Arret):
        Emission(campagne, le=date(2026, 11, 2), par=None).emettre(s_arreter)
    attendre_son_tour(campagne, lambda: emettre(CampagneDeFacturation.objects.get()))
    assert Facture.objects.count() == 3
