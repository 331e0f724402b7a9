"""What the days that a change reaches are worth: what was billed of them, or will be."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facturation.models import CampagneDeFacturation, Ligne, TrancheDeTarif
from planning.journees.lecture import lire_journees
from planning.models import Fermeture, Prestation, Structure
from planning.portee import chiffrage
from planning.portee.jours import JoursTouches, desormais
from planning.regles.jours import Jours
from tests.facturation.fabriques import RegieFactory, mettre_en_regie, tarif
from tests.facturation.ville import EN_DECEMBRE, LE, NOVEMBRE, emettre, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)
OCTOBRE, DECEMBRE = date(2026, 10, 1), date(2026, 12, 7)


@pytest.fixture
def facturee(ville):
    """Zoé ate on 1 October, which is billed 3,60 €, and will on 7 December."""
    famille, enfant = foyer("Zoé")
    inscription = inscrire(famille, enfant, ville.cantine)
    reserver(inscription, [1])
    reserver(inscription, [7], mois=12, presence="")
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    return inscription


def valeurs(prestation: Prestation, *jours: date) -> list[tuple]:
    journees = list(lire_journees({prestation.pk: jours}))
    return [(un.euros, un.est_facture) for un in chiffrage.montants(journees)]


@LE_2_NOVEMBRE
def test_un_jour_facture_vaut_ce_que_dit_sa_facture_les_autres_le_prix_de_maintenant(ville, facturee):
    TrancheDeTarif.objects.filter(tarif__prestation=ville.cantine).update(resident="5.00")

    assert valeurs(ville.cantine, OCTOBRE, DECEMBRE) == [(Decimal("3.60"), True), (Decimal("5.00"), False)]


@LE_2_NOVEMBRE
def test_une_fermeture_tardive_dit_ce_que_la_prochaine_campagne_rend(ville, facturee):
    touches = JoursTouches(Prestation.objects.all(), [(OCTOBRE, OCTOBRE)])

    phrases = touches.si(lambda: Fermeture.objects.create(du=OCTOBRE, au=OCTOBRE, motif="grève"))

    assert [phrase.replace("\u00a0", " ") for phrase in phrases] == [
        "1 jour réservé ou demandé tombe, le 01/10/2026 : 1 famille, 1 enfant.",
        "Ce jour vaut 3,60 €, il vaudra 0,00 € : 3,60 € de moins pour la famille.",
        "1 jour est déjà facturé : la prochaine campagne le rend.",
    ]
    assert not Fermeture.objects.exists()


@LE_2_NOVEMBRE
def test_ce_qui_est_facture_n_est_plus_a_changer(ville, facturee):
    assert desormais(Prestation.objects.all()) == (date(2026, 11, 1), date(2027, 8, 31))


@LE_2_NOVEMBRE
def test_ni_une_autre_regie_ni_une_campagne_pas_encore_emise_ne_disent_ce_qui_est_facture(ville, facturee):
    cirque = Structure.objects.create(nom="École du cirque")
    voisine = RegieFactory(code="CQ", numcli="012346")
    mettre_en_regie(voisine, cirque)
    ville.campagne(NOVEMBRE)
    with time_machine.travel(EN_DECEMBRE, tick=False):
        emettre(CampagneDeFacturation.objects.create(regie=voisine, du=NOVEMBRE[0], au=NOVEMBRE[1]))
    assert desormais(ville.cantine.structure.prestations.all())[0] == date(2026, 11, 1)


@LE_2_NOVEMBRE
def test_ce_qui_vaut_se_dit_avec_la_regie_qui_le_facture(ville, facturee):
    journees = list(lire_journees({ville.cantine.pk: [OCTOBRE, DECEMBRE]}))
    assert [un.regie for un in chiffrage.montants(journees)] == [ville.regie.pk, ville.regie.pk]


@LE_2_NOVEMBRE
def test_d_un_tarif_a_l_autre_chaque_jour_a_son_prix(ville, facturee):
    reserver(facturee, [30], mois=11, presence="")
    ville.cantine.tarifs.update(au=date(2026, 11, 30))
    tarif(ville.cantine, (None, "4.20", "8.00"), du=date(2026, 12, 1), unite="repas")
    assert valeurs(ville.cantine, date(2026, 11, 30), DECEMBRE) == [(Decimal("3.60"), False), (Decimal("4.20"), False)]


@LE_2_NOVEMBRE
def test_une_famille_dont_on_ne_sait_ni_le_qf_ni_qui_la_represente_a_un_prix(ville):
    famille, enfant = foyer(qf=None)
    reserver(inscrire(famille, enfant, ville.cantine), [7], mois=12, presence="")
    famille.responsables.all().delete()
    assert valeurs(ville.cantine, DECEMBRE) == [(Decimal("5.10"), False)]


@LE_2_NOVEMBRE
@pytest.mark.parametrize("en_minutes", [True, False])
def test_des_heures_facturees_au_centieme_valent_ce_que_dit_la_facture(ville, monkeypatch, en_minutes):
    reserver(inscrire(*foyer(), ville.garderie), [1], arrivee=time(7, 40), depart=time(8, 15))
    ecrire = Ligne.objects.bulk_create

    def sans_minutes(lignes):
        for ligne in lignes:
            ligne.minutes = ligne.minutes if en_minutes else None
        return ecrire(lignes)

    monkeypatch.setattr(Ligne.objects, "bulk_create", sans_minutes)
    emettre(ville.campagne())
    assert (Ligne.objects.get().minutes is not None) is en_minutes
    assert valeurs(ville.garderie, OCTOBRE) == [(Decimal("2.00"), True)]


def test_sans_campagne_on_compte_a_partir_d_aujourd_hui(ville):
    with LE_2_NOVEMBRE:
        assert desormais(Prestation.objects.all())[0] == date(2026, 11, 2)


@LE_2_NOVEMBRE
def test_le_nombre_de_requetes_ne_suit_pas_celui_des_familles(ville, facturee):
    def requetes() -> int:
        journees = list(lire_journees({ville.cantine.pk: [OCTOBRE, DECEMBRE]}))
        with CaptureQueriesContext(connection) as captees:
            chiffrage.montants(journees)
        return len(captees)

    avant = requetes()
    for prenom in ("Ali", "Tom", "Ana"):
        famille, enfant = foyer(prenom)
        inscrire(famille, enfant, ville.cantine, Jours(127))

    assert requetes() == avant
    assert avant <= 7
