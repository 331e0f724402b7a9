"""The days that count, out of a month."""

from datetime import date

import pytest

from planning.journees.lecture import lire_journees
from planning.models import Inscription, jours_ouverts
from planning.places.restantes import effectifs
from planning.regles.etats import Etat
from planning.regles.jours import Jours

RENTREE = date(2014, 9, 1)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def test_les_journees_qui_comptent_sont_les_lignes_et_les_jours_reguliers(dupont, martin, mercredi, garderie, agent):
    regulier = Inscription.objects.inscrire(
        martin.enfants[0], mercredi, martin.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent
    )
    regulier.journee(date(2015, 4, 29)).excuser(par=agent)
    reservee = Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
    reservee.reserver([date(2015, 4, 29)], par=agent)
    ouverts = jours_ouverts([mercredi, garderie], date(2015, 4, 6), date(2015, 4, 30))
    assert ouverts[mercredi.pk] == [date(2015, 4, 8), date(2015, 4, 29)]
    assert [(j.famille, j.jour.day, j.etat) for j in lire_journees(ouverts)] == [
        (dupont.famille.pk, 29, Etat.RESERVEE),
        (martin.famille.pk, 8, Etat.REGULIERE),
        (martin.famille.pk, 29, Etat.ABSENT_EXCUSE),
    ]
    comptes = {couple: effectif.attendus for couple, effectif in effectifs(ouverts).items()}
    assert (comptes[mercredi.pk, date(2015, 4, 8)], comptes[mercredi.pk, date(2015, 4, 29)]) == (1, 1)
    assert set(comptes.values()) == {0, 1}
