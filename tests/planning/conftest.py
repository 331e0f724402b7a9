"""A small centre: two structures, three prestations, the calendar of spring 2015."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from planning.models import Fermeture, JourFerie, Prestation, Structure, Vacances
from planning.regles.jours import AUCUN_JOUR, SEMAINE, Jours

# A Thursday in school time: Wednesday 8 April can still be booked until Friday noon.
MAINTENANT = "2015-04-02T08:00:00+02:00"


@pytest.fixture
def jeudi_2_avril() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MAINTENANT, tick=False) as voyage:
        yield voyage


@pytest.fixture
def calendrier_2015(db) -> None:
    JourFerie.objects.create(jour=date(2015, 4, 6), nom="Lundi de Pâques")
    JourFerie.objects.create(jour=date(2015, 5, 1), nom="1er mai")
    Vacances.objects.create(nom="Vacances de printemps", du=date(2015, 4, 11), au=date(2015, 4, 26))
    Fermeture.objects.create(du=date(2015, 5, 13), au=date(2015, 5, 15), motif="pont de l’Ascension")


@pytest.fixture
def alsh(db) -> Structure:
    return Structure.objects.create(nom="Accueil de Loisirs")


@pytest.fixture
def mercredi(alsh, calendrier_2015) -> Prestation:
    """« ALSH Mercredi journée », three places."""
    return Prestation.objects.create(
        structure=alsh,
        nom="ALSH Mercredi journée",
        jours_scolaires=Jours.MERCREDI,
        heure_debut=time(9),
        heure_fin=time(17),
        age_min=3,
        age_max=11,
        places=3,
    )


@pytest.fixture
def apres_midi(alsh, calendrier_2015) -> Prestation:
    """« ALSH Mercredi après-midi »: overlaps the whole day."""
    return Prestation.objects.create(
        structure=alsh,
        nom="ALSH Mercredi après-midi",
        ordre=1,
        jours_scolaires=Jours.MERCREDI,
        heure_debut=time(13, 30),
        heure_fin=time(17),
    )


@pytest.fixture
def vacances(alsh, calendrier_2015) -> Prestation:
    """« ALSH Vacances journée »: holidays only."""
    return Prestation.objects.create(
        structure=alsh,
        nom="ALSH Vacances journée",
        ordre=2,
        jours_scolaires=AUCUN_JOUR,
        jours_petites_vacances=SEMAINE,
        jours_grandes_vacances=SEMAINE,
        heure_debut=time(9),
        heure_fin=time(17),
    )


@pytest.fixture
def garderie(calendrier_2015) -> Prestation:
    """« Garderie matin », booked at once."""
    return Prestation.objects.create(
        structure=Structure.objects.create(nom="Garderie périscolaire", ordre=1),
        nom="Garderie matin",
        heure_debut=time(7, 30),
        heure_fin=time(8, 30),
        validation=Prestation.Validation.AUTOMATIQUE,
    )
