"""Many inscriptions at once are refused as one would be, one after the other, and written all the same."""

from datetime import date, time

import pytest

from famille.models import Compte, Enfant, Famille
from planning.erreurs import RefusPlanning
from planning.inscriptions.en_nombre import InscriptionsEnNombre, Souhait
from planning.models import Inscription, PlacesDuJour, Prestation, Structure
from planning.regles.jours import AUCUN_JOUR, SEMAINE, Jours
from tests import fabriques

RENTREE, FIN = date(2014, 9, 1), date(2015, 7, 3)
pytestmark = pytest.mark.django_db


@pytest.fixture
def prestations() -> dict[str, Prestation]:
    structure = Structure.objects.create(nom="Garderie")
    return {
        nom: Prestation.objects.create(
            structure=structure, nom=nom, heure_debut=de, heure_fin=a, places=places, jours_scolaires=SEMAINE
        )
        for nom, de, a, places in (
            ("matin", time(7), time(8), None),
            ("soir", time(16), time(18), 1),
            ("étude", time(16), time(17), None),
        )
    }


@pytest.fixture
def enfants() -> list[tuple[Enfant, Famille]]:
    couples = []
    for _ in range(3):
        famille = fabriques.FamilleFactory()
        couples.append((fabriques.EnfantFactory(famille=famille), famille))
    return couples


def _par_le_verbe(souhait: Souhait, par: Compte) -> str:
    try:
        Inscription.objects.inscrire(
            souhait.enfant,
            souhait.prestation,
            souhait.famille,
            du=souhait.du,
            au=souhait.au,
            jours=souhait.jours,
            parite=souhait.parite,
            par=par,
        )
    except RefusPlanning as refus:
        return str(refus)
    return ""


# (child, prestation, from, to, days, parity), one after the other: each is judged with those before it.
SUITES = {
    "deux fois la même": [(0, "matin", RENTREE, None, AUCUN_JOUR, None), (0, "matin", FIN, None, AUCUN_JOUR, None)],
    "l’une après l’autre": [
        (0, "matin", RENTREE, FIN, AUCUN_JOUR, None),
        (0, "matin", date(2015, 7, 4), None, SEMAINE, None),
    ],
    "à la même heure": [(0, "soir", RENTREE, None, Jours.LUNDI, None), (0, "étude", RENTREE, None, Jours.LUNDI, None)],
    "à la même heure, d’autres jours": [
        (0, "soir", RENTREE, None, Jours.LUNDI, None),
        (0, "étude", RENTREE, None, Jours.MARDI, None),
    ],
    "une semaine sur deux": [(0, "soir", RENTREE, None, Jours.LUNDI, 0), (0, "étude", RENTREE, None, Jours.LUNDI, 1)],
    "une place, deux enfants": [
        (0, "soir", RENTREE, None, Jours.LUNDI, None),
        (1, "soir", RENTREE, FIN, Jours.LUNDI, None),
    ],
    "une place, d’autres semaines": [
        (0, "soir", RENTREE, None, Jours.LUNDI, 0),
        (1, "soir", RENTREE, None, Jours.LUNDI, 1),
    ],
    "le refusé ne prend pas la place": [
        (0, "soir", RENTREE, None, Jours.LUNDI | Jours.MARDI, None),
        (1, "soir", RENTREE, None, Jours.MARDI | Jours.JEUDI, None),
        (2, "soir", RENTREE, None, Jours.JEUDI, None),
    ],
    "à l’envers": [(0, "matin", FIN, RENTREE, AUCUN_JOUR, None)],
    "sans place le jour d’une sortie": [(0, "matin", RENTREE, None, Jours.LUNDI, None)],
}


@pytest.mark.parametrize("nom", SUITES)
def test_le_nombre_refuse_ce_que_le_verbe_refuse(nom, prestations, enfants, agent):
    PlacesDuJour.objects.create(prestation=prestations["matin"], jour=date(2014, 9, 8), places=0)
    souhaits = [
        Souhait(*enfants[qui], prestations[quoi], du, au, jours, parite)
        for qui, quoi, du, au, jours, parite in SUITES[nom]
    ]
    en_nombre = InscriptionsEnNombre(souhaits, par=agent).refus()
    un_a_un = {souhait: phrase for souhait in souhaits if (phrase := _par_le_verbe(souhait, agent))}
    assert en_nombre == un_a_un


def test_une_prestation_qui_cesse_se_refuse(prestations, enfants, agent):
    Prestation.objects.filter(nom="matin").update(inactive_depuis=RENTREE)
    matin = Prestation.objects.get(nom="matin")
    (phrase,) = InscriptionsEnNombre([Souhait(*enfants[0], matin, RENTREE)], par=agent).refus().values()
    assert phrase == "Cette prestation n’est plus proposée depuis le 01/09/2014."


def test_qui_n_est_attendu_nulle_part_s_ecrit_d_un_coup(prestations, enfants, agent, django_assert_max_num_queries):
    souhaits = [Souhait(*couple, prestations["matin"], RENTREE, FIN, SEMAINE) for couple in enfants]
    nombre = InscriptionsEnNombre(souhaits, par=agent)
    assert not nombre.se_disent_en_ecrivant
    with django_assert_max_num_queries(2):
        assert nombre.ecrire() == {}
    assert Inscription.objects.filter(jours=SEMAINE, par=agent).count() == 3


def test_une_reservation_contraire_se_dit_en_ecrivant(prestations, enfants, agent):
    """Only the verb knows: bookings are not read for each."""
    enfant, famille = enfants[0]
    Inscription.objects.inscrire(enfant, prestations["étude"], famille, du=RENTREE, par=agent).reserver(
        [date(2015, 4, 7)], par=agent
    )
    nombre = InscriptionsEnNombre([Souhait(enfant, famille, prestations["soir"], RENTREE, None, SEMAINE)], par=agent)
    assert nombre.refus() == {}
    assert nombre.se_disent_en_ecrivant
    (phrase,) = nombre.ecrire().values()
    assert phrase == "L’enfant est déjà attendu ailleurs à ces heures le mardi 7 avril."


def test_les_venues_de_l_appel_se_reprennent(prestations, enfants, agent):
    enfant, famille = enfants[0]
    Inscription.objects.create(
        enfant=enfant, famille=famille, prestation=prestations["matin"], du=FIN, au=FIN, a_regulariser=True
    )
    nombre = InscriptionsEnNombre([Souhait(enfant, famille, prestations["matin"], RENTREE)], par=agent)
    assert nombre.refus() == nombre.ecrire() == {}
    assert Inscription.objects.get().du == RENTREE
