"""What the planning says of the days of a request: whose they are, on which inscription now, in which order."""

from datetime import date

import pytest

from demandes.types.planning.jours_de_l_enfant import JoursDeLEnfant
from planning.models import Inscription, JourFerie
from planning.regles.jours import AUCUN_JOUR
from tests.demandes.jours import MERCREDIS, codes
from tests.fabriques import EnfantFactory

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
JOUR = date(2015, 5, 6)
DEBUT = date(2015, 5, 1)


@pytest.fixture
def jours(dupont, lea) -> JoursDeLEnfant:
    return JoursDeLEnfant(dupont.famille, lea)


def test_les_jours_vont_dans_l_ordre_des_prestations_puis_des_dates(jours, mercredis, garderie, inscrire):
    matin = inscrire(garderie)
    demandes = [*codes(matin, MERCREDIS[1::-1]), *codes(mercredis, MERCREDIS[2::-1])]
    assert jours.inscriptions({matin.pk}) == [matin]
    assert list(jours.par_inscription(demandes)) == [(mercredis, MERCREDIS[:3]), (matin, MERCREDIS[:2])]
    assert [journee.jour for journee in jours.journees(demandes).values()] == sorted(MERCREDIS[:3] + MERCREDIS[:2])


def test_un_jour_cede_passe_a_la_suite_de_cet_enfant_pour_cette_prestation_et_de_personne_d_autre(
    jours, dupont, martin, mercredi, mercredis, garderie, inscrire, agent
):
    """Around it: another prestation that covers that day, the sister's, the child's own in the other famille."""
    inscrire(garderie)
    anne = EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Anne", date_naissance=date(2008, 1, 1))
    martin.famille.rattachements.create(enfant=dupont.enfants[0])
    for enfant, famille in ((anne, dupont.famille), (dupont.enfants[0], martin.famille)):
        autre = Inscription.objects.inscrire(enfant, mercredi, famille, du=date(2014, 9, 1), par=agent)
        assert jours.inscriptions({autre.pk}) == []
    suite = mercredis.changer_rythme(AUCUN_JOUR, a_compter_du=DEBUT, par=agent)
    (code,) = codes(mercredis, [JOUR])
    assert jours.porteuses([code]) == {code: suite}


def test_de_deux_activites_cedees_chaque_jour_reste_a_la_sienne(jours, mercredis, garderie, inscrire, agent):
    anciennes = [inscrire(garderie), mercredis]
    suites = [une.changer_rythme(AUCUN_JOUR, a_compter_du=DEBUT, par=agent) for une in anciennes]
    demandes = [codes(une, [JOUR])[0] for une in anciennes]
    assert jours.porteuses(demandes) == dict(zip(demandes, suites, strict=True))


def test_une_presence_a_regulariser_ne_porte_pas_le_jour_d_une_demande(jours, lea, dupont, mercredi, mercredis, agent):
    Inscription.objects.filter(pk=mercredis.pk).update(au=date(2015, 4, 30))
    Inscription.objects.create(
        famille=dupont.famille, enfant=lea, prestation=mercredi, du=DEBUT, jours=0, a_regulariser=True
    )
    (code,) = codes(mercredis, [JOUR])
    mercredis.refresh_from_db()
    assert jours.porteuses([code]) == {code: mercredis}


def test_le_calendrier_se_relit_pour_des_jours_d_avant_ou_d_apres(jours, mercredis, calendrier_2015):
    """Easter Monday, the 1st of May, a Christmas long before: each is known whichever was read first."""
    noel, avril, mai = (
        JourFerie.objects.create(nom="Noël", jour=date(2013, 12, 25)).jour,
        date(2015, 4, 6),
        date(2015, 5, 1),
    )
    assert mai in jours.calendrier([mai]).feries
    assert avril in jours.calendrier([avril]).feries
    assert mai in jours.calendrier([mai]).feries
    lu = jours.calendrier([avril, mai])
    assert jours.calendrier([avril]) is jours.calendrier([mai]) is lu
    assert noel in jours.calendrier([noel]).feries
