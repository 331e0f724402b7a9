"""Which billed months a campaign reads again, to the day."""

from datetime import date, timedelta

import pytest
import time_machine

from facturation.campagne.passe.rattrapage import Rattrapage
from facturation.models import CampagneDeFacturation
from planning.models import Fermeture, Prestation, Structure
from planning.regles.jours import jours_entre
from tests.facturation import fabriques
from tests.facturation.ville import EN_DECEMBRE, LE, NOVEMBRE, OCTOBRE, TOUS, emettre, oublier_les_regles

LE_5, LE_6 = date(2026, 10, 5), date(2026, 10, 6)
LENDEMAIN = OCTOBRE[1] + timedelta(days=1)


@pytest.fixture
def octobre(ville) -> CampagneDeFacturation:
    with time_machine.travel(LE, tick=False):
        return emettre(ville.campagne())


def rattrapage(ville, apres_octobre: int) -> Rattrapage:
    """That of a campaign of one day, so many days after the last one of October."""
    jour = OCTOBRE[1] + timedelta(days=apres_octobre)
    return Rattrapage(ville.campagne((jour, jour)))


@pytest.mark.parametrize(("apres", "relu"), [(1, True), (200, True), (201, False), (732, False)])
def test_un_mois_se_relit_en_entier_pendant_deux_cents_jours(ville, octobre, apres, relu):
    lu = rattrapage(ville, apres)
    assert [jour for jour in jours_entre(*OCTOBRE) if lu.relit(jour)] == (list(jours_entre(*OCTOBRE)) if relu else [])
    assert lu.campagnes == ([octobre] if relu else [])
    assert lu.depuis == (OCTOBRE[0] if relu else OCTOBRE[1] + timedelta(days=apres))


@pytest.mark.parametrize(("apres", "relu"), [(201, True), (732, True), (733, False)])
def test_ensuite_seuls_les_jours_fermes_depuis_se_relisent_pendant_deux_ans(ville, octobre, apres, relu):
    Fermeture.objects.create(du=LE_5, au=LE_5, motif="Grève")
    lu = rattrapage(ville, apres)
    assert [jour for jour in jours_entre(*OCTOBRE) if lu.relit(jour)] == ([LE_5] if relu else [])
    assert lu.depuis == (OCTOBRE[0] if relu else OCTOBRE[1] + timedelta(days=apres))


def test_un_jour_qu_une_seule_des_structures_a_ferme_se_relit(ville, octobre):
    """The other one, of the same régie, stayed open: the campaign knows both."""
    centre = Structure.objects.create(nom="Centre de loisirs")
    fabriques.mettre_en_regie(ville.regie, centre)
    Prestation.objects.create(
        nom="ALSH", structure=centre, heure_debut="08:00", heure_fin="18:00", jours_scolaires=TOUS
    )
    with time_machine.travel(EN_DECEMBRE, tick=False):
        emettre(ville.campagne(NOVEMBRE))
    Fermeture.objects.create(du=date(2026, 11, 5), au=date(2026, 11, 5), motif="Travaux", structure=centre)
    lu = rattrapage(ville, 300)
    assert [jour for jour in jours_entre(*NOVEMBRE) if lu.relit(jour)] == [date(2026, 11, 5)]


@pytest.mark.usefixtures("sans_regles_gardees")
def test_un_mois_ancien_dont_personne_n_a_garde_les_regles_ne_se_relit_pas(ville, octobre):
    Fermeture.objects.create(du=LE_5, au=LE_5, motif="Grève")
    lu = rattrapage(ville, 201)
    assert (lu.campagnes, lu.relit(LE_5)) == ([], False)


def test_deux_mois_anciens_l_un_sans_regles_ne_se_relisent_pas_l_un_pour_l_autre(ville, octobre, monkeypatch):
    oublier_les_regles(monkeypatch)
    with time_machine.travel(EN_DECEMBRE, tick=False):
        emettre(ville.campagne(NOVEMBRE))
    Fermeture.objects.create(du=LE_5, au=LE_5, motif="Grève")
    lu = rattrapage(ville, 400)
    assert lu.campagnes == [octobre]


def test_ni_une_campagne_qui_n_est_pas_emise_ni_une_qui_suit_ne_se_relisent(ville, octobre):
    ville.campagne((date(2026, 9, 1), date(2026, 9, 30)))
    novembre = ville.campagne(NOVEMBRE)
    with time_machine.travel("2027-02-02 09:00+01:00", tick=False):
        emettre(ville.campagne((date(2027, 1, 1), date(2027, 1, 31))))
    lu = Rattrapage(novembre)
    assert lu.campagnes == [octobre]
    assert not lu.relit(date(2026, 9, 15))
    assert not lu.relit(date(2027, 1, 15))


def test_ses_jours_ouverts_se_relisent_seuls(ville, octobre):
    """Of an old month, only the day that the calendar has opened since."""
    Fermeture.objects.create(du=LE_5, au=LE_6, motif="Travaux")
    CampagneDeFacturation.objects.all().delete()
    with time_machine.travel(LE, tick=False):
        emettre(ville.campagne())
    Fermeture.objects.update(du=LE_6)
    lu = rattrapage(ville, 300)
    assert dict(lu.jours()) == {
        ville.cantine.pk: [LE_5],
        ville.garderie.pk: [LE_5],
    }
