"""Since when a famille must certify its record: as the dates say, and as it has certified, alone."""

from datetime import date

import pytest

from famille.fiches.enfant import lire_les_fiches
from famille.models import Famille
from famille.models.certification.certification import Certification
from famille.models.certification.date_fixee import DateDeCertification, a_certifier_depuis
from tests.fabriques import FamilleFactory

pytestmark = pytest.mark.django_db
PREMIERE, SECONDE, PROCHAINE = date(2014, 9, 1), date(2015, 9, 1), date(2016, 9, 1)


@pytest.fixture
def dates(directrice) -> list[DateDeCertification]:
    return [DateDeCertification.objects.redemander(le, par=directrice) for le in (PREMIERE, SECONDE, PROCHAINE)]


def certifier(famille: Famille, jour: date) -> None:
    Certification.objects.create(famille=famille, jour=jour, empreinte="lue")


def depuis(jour: date) -> dict[Famille, date | None]:
    return {f: f.depuis for f in Famille.objects.annotate(depuis=a_certifier_depuis("pk", jour))}


def test_on_certifie_depuis_la_derniere_date_passee_sauf_si_on_l_a_fait_depuis(dates, dupont, martin):
    autre = FamilleFactory()
    certifier(dupont.famille, PREMIERE)
    certifier(autre, SECONDE)
    assert depuis(date(2014, 8, 31)) == {dupont.famille: None, martin.famille: None, autre: None}
    assert depuis(SECONDE) == {dupont.famille: SECONDE, martin.famille: SECONDE, autre: None}
    [tom] = lire_les_fiches(martin.famille.pk, le=SECONDE)
    assert tom.a_certifier_depuis == SECONDE


def test_une_date_a_commence_le_jour_meme_et_ne_se_fixe_qu_une_fois(dates, directrice):
    assert DateDeCertification.objects.redemander(SECONDE, par=directrice) == dates[1]
    assert set(DateDeCertification.objects.passees(SECONDE)) == {dates[0], dates[1]}
    assert list(DateDeCertification.objects.a_venir(SECONDE)) == [dates[2]]
    assert [une.a_commence(SECONDE) for une in dates] == [True, True, False]


def test_un_papier_signe_certifie_sans_que_rien_ait_ete_lu_au_portail(dupont, agent):
    recu = Certification.objects.recevoir_le_papier(dupont.famille, " Formulaire du 3 septembre\n", par=agent)
    assert (recu.sur_papier, recu.precision, recu.empreinte) == (True, "Formulaire du 3 septembre", "")
