"""A quotient that changes: which days and which régies are counted, up to when, and what is too old to be."""

from collections.abc import Iterable
from datetime import date, time

import pytest
import time_machine
from django.utils import timezone

from facturation.campagne.foyer.quotient import RepriseDuQuotient
from facturation.models import CampagneDeFacturation, Regie
from famille.models import Famille
from planning.models import Prestation, Structure
from tests.facturation.fabriques import RegieFactory, facture, mettre_en_regie, tarif
from tests.facturation.ville import LE, NOVEMBRE, OCTOBRE, RENTREE, TOUS, Ville, batir, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)
DEUX_ANS_APRES = time_machine.travel("2028-09-10 09:00+02:00", tick=False)
# Its campaign is of November to June: nothing earlier is read again.
LE_2_JUILLET = time_machine.travel("2027-07-02 09:00+02:00", tick=False)
ANNEE = (NOVEMBRE[0], date(2027, 6, 30))
TROP_ANCIEN = "Ce qui a été facturé avant le 01/11/2026 ne change pas\u00a0: ces mois ne sont plus relus."


@pytest.fixture
def ville(db) -> Ville:
    return batir()


def facturer(regie: Regie, periode: tuple[date, date]) -> None:
    """A campaign of which nothing is told here but that it is issued."""
    du, au = periode
    CampagneDeFacturation.objects.create(regie=regie, du=du, au=au, emise_le=timezone.now())


def une_famille(prestation: Prestation, jours: Iterable[int], *, mois: int, prenom: str = "Zoé") -> Famille:
    famille, enfant = foyer(prenom)
    reserver(inscrire(famille, enfant, prestation), jours, mois=mois, presence="")
    return famille


def passer_a(valeur: int, famille: Famille, le: date) -> list[str]:
    """What would be said of a quotient of that value from that day on."""
    poser = famille.quotients.update_or_create
    return RepriseDuQuotient(famille.pk, le).si(lambda: poser(date_effet=le, defaults={"valeur": valeur}))


def dite(phrases: list[str]) -> str:
    return phrases[0].replace("\u00a0", " ")


def une_autre_regie(prix: str = "3.60") -> tuple[Regie, Prestation]:
    """That of the workshop of arts: its code comes first, but it was made last."""
    regie = RegieFactory(code="AA", nom="Régie de l’atelier d’arts")
    structure = Structure.objects.create(nom="Atelier d’arts")
    mettre_en_regie(regie, structure)
    cours = Prestation.objects.create(
        structure=structure, nom="Éveil", jours_scolaires=TOUS, heure_debut=time(14), heure_fin=time(15)
    )
    tarif(cours, (800, prix, "8.00"), (None, "5.10", "8.00"), du=RENTREE)
    return regie, cours


@LE_2_NOVEMBRE
def test_le_premier_jour_qui_n_est_pas_facture_est_a_venir(ville):
    facturer(ville.regie, OCTOBRE)
    zoe = une_famille(ville.cantine, [1], mois=11)
    assert dite(passer_a(900, zoe, NOVEMBRE[0])).startswith("1 jour change de prix, le 01/11/2026 : ")


@LE_2_NOVEMBRE
def test_une_campagne_preparee_n_a_encore_rien_facture(ville):
    facturer(ville.regie, OCTOBRE)
    ville.campagne(NOVEMBRE)
    zoe = une_famille(ville.cantine, [16], mois=11)
    assert dite(passer_a(900, zoe, NOVEMBRE[0])).startswith("1 jour change de prix, le 16/11/2026 : ")


@DEUX_ANS_APRES
def test_ce_que_personne_n_a_facture_se_compte_depuis_deux_ans_et_pas_plus(ville):
    """Seven hundred and thirty-two days before, it is the 9th of September."""
    zoe = une_famille(ville.cantine, [7, 8, 9], mois=9)
    assert dite(passer_a(900, zoe, RENTREE)).startswith("1 jour change de prix, le 09/09/2026 : ")


@LE_2_NOVEMBRE
def test_cinquante_centimes_de_plus_se_disent(ville):
    _, eveil = une_autre_regie(prix="4.60")
    zoe = une_famille(eveil, [16], mois=11)
    assert dite(passer_a(900, zoe, NOVEMBRE[0])).endswith(" : 0,50 € de plus.")


class TestJusquaQuand:
    """The workshop of arts has billed its whole year already: the first day that it has not is that of September."""

    SON_ANNEE = (RENTREE, date(2027, 8, 31))

    @LE_2_NOVEMBRE
    def test_toutes_les_regies_de_la_famille_se_comptent_meme_sans_facture(self, ville):
        arts, eveil = une_autre_regie()
        facturer(arts, self.SON_ANNEE)
        zoe = une_famille(ville.cantine, [16], mois=11)
        inscrire(zoe, zoe.enfants.get(), eveil)
        assert passer_a(900, zoe, NOVEMBRE[0])[-1] == "Compté jusqu’au 01/09/2027."

    @LE_2_NOVEMBRE
    def test_celles_des_voisins_jamais(self, ville):
        arts, eveil = une_autre_regie()
        facturer(arts, self.SON_ANNEE)
        une_famille(eveil, [16], mois=11, prenom="Tom")
        zoe = une_famille(ville.cantine, [16], mois=11)
        assert passer_a(900, zoe, NOVEMBRE[0])[-1] == "Compté jusqu’au 31/08/2027."


class TestTropAncien:
    @pytest.fixture
    def zoe(self, ville) -> Famille:
        """She has eaten once, in November, which is billed and read again."""
        facturer(ville.regie, ANNEE)
        return une_famille(ville.cantine, [16], mois=11)

    @LE_2_JUILLET
    def test_se_dit_a_qui_a_une_facture_d_avant(self, ville, zoe):
        facture(ville.regie, zoe, "3.60", *OCTOBRE)
        assert TROP_ANCIEN in passer_a(900, zoe, OCTOBRE[0])

    @LE_2_JUILLET
    def test_se_dit_de_chaque_regie_dans_l_ordre_ou_elles_sont_nees(self, ville, zoe):
        arts, _ = une_autre_regie()
        facturer(arts, (date(2027, 2, 1), ANNEE[1]))
        for regie in (ville.regie, arts):
            facture(regie, zoe, "3.60", *OCTOBRE)
        assert passer_a(900, zoe, OCTOBRE[0])[-3:-1] == [TROP_ANCIEN, TROP_ANCIEN.replace("01/11/2026", "01/02/2027")]

    @LE_2_JUILLET
    def test_jamais_a_qui_n_en_a_pas(self, ville, zoe):
        """Tom next door has one, and hers is of the months that are read again."""
        facture(ville.regie, une_famille(ville.cantine, [5], mois=10, prenom="Tom"), "3.60", *OCTOBRE)
        facture(ville.regie, zoe, "3.60", *ANNEE)
        assert TROP_ANCIEN not in passer_a(900, zoe, OCTOBRE[0])

    @LE_2_JUILLET
    def test_ni_pour_la_facture_d_une_autre_regie(self, zoe):
        arts, _ = une_autre_regie()
        facture(arts, zoe, "3.60", *OCTOBRE)
        assert TROP_ANCIEN not in passer_a(900, zoe, OCTOBRE[0])

    @LE_2_JUILLET
    def test_ni_pour_des_mois_d_avant_le_quotient(self, ville, zoe):
        facture(ville.regie, zoe, "3.60", RENTREE, date(2026, 9, 30))
        assert TROP_ANCIEN not in passer_a(900, zoe, OCTOBRE[0])

    @LE_2_JUILLET
    def test_ni_d_un_quotient_du_premier_jour_qui_est_relu(self, ville, zoe):
        """An invoice of the former software, of the whole year, began before."""
        facture(ville.regie, zoe, "3.60", OCTOBRE[0], date(2026, 11, 15))
        assert TROP_ANCIEN not in passer_a(900, zoe, NOVEMBRE[0])
