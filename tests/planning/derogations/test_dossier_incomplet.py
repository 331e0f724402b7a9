"""From the centre's date on, a famille that has not certified its record books nothing more; the rest goes on."""

from datetime import date

import pytest

from famille.models import Certification, DateDeCertification
from planning import erreurs
from planning.models import Derogation, Inscription
from planning.regles.etats import Etat
from tests import fabriques
from tests.planning.places.outils import MERCREDI, RENTREE

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
SUIVANT, AVRIL = date(2015, 4, 29), date(2015, 4, 1)
EMPREINTE = "e" * 64


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)


@pytest.fixture
def demandee(directrice) -> DateDeCertification:
    return DateDeCertification.objects.redemander(AVRIL, par=directrice)


def certifier(foyer) -> None:
    Certification.objects.certifier(foyer.famille, EMPREINTE, par=foyer.compte)


def test_sans_certification_un_parent_ne_reserve_plus_et_lit_pourquoi_et_ou(lea, dupont, demandee):
    with pytest.raises(erreurs.DossierIncomplet, match="certifiez d’abord votre dossier") as refus:
        lea.reserver([MERCREDI], par=dupont.compte)
    assert refus.value.suite[0] == "certification"
    certifier(dupont)
    assert [jour.etat for jour in lea.demander([MERCREDI], par=dupont.compte)] == [Etat.DEMANDEE]


def test_avant_la_date_et_sans_date_on_reserve(lea, dupont, directrice):
    lea.demander([MERCREDI], par=dupont.compte)
    DateDeCertification.objects.redemander(date(2015, 4, 3), par=directrice)
    lea.demander([SUIVANT], par=dupont.compte)


def test_une_certification_d_avant_la_derniere_date_ne_compte_plus(lea, dupont, directrice, jeudi_2_avril):
    DateDeCertification.objects.redemander(AVRIL, par=directrice)
    certifier(dupont)
    DateDeCertification.objects.redemander(date(2015, 4, 3), par=directrice)
    lea.demander([MERCREDI], par=dupont.compte)
    jeudi_2_avril.move_to("2015-04-03T08:00:00+02:00")
    with pytest.raises(erreurs.DossierIncomplet):
        lea.demander([SUIVANT], par=dupont.compte)


def test_redemander_deux_fois_est_une_fois(directrice, demandee):
    assert DateDeCertification.objects.redemander(AVRIL, par=directrice) == demandee
    assert DateDeCertification.objects.count() == 1


def test_l_autre_famille_d_une_garde_alternee_certifie_le_sien(lea, dupont, martin, mercredi, agent, demandee):
    certifier(dupont)
    fabriques.Rattachement.objects.create(enfant=lea.enfant, famille=martin.famille)
    chez_les_martin = Inscription.objects.inscrire(lea.enfant, mercredi, martin.famille, du=RENTREE, par=agent)
    with pytest.raises(erreurs.DossierIncomplet):
        chez_les_martin.demander([MERCREDI], par=martin.compte)
    lea.demander([MERCREDI], par=dupont.compte)


def test_une_absence_se_declare_toujours(lea, dupont, agent, directrice):
    lea.reserver([MERCREDI], par=agent)
    DateDeCertification.objects.redemander(AVRIL, par=directrice)
    [journee] = lea.demander_absence([MERCREDI], par=dupont.compte)
    assert journee.etat == Etat.ABSENCE_DEMANDEE


def test_ce_qui_etait_reserve_se_retablit(lea, agent, directrice):
    [journee] = lea.reserver([MERCREDI], par=agent)
    journee.annuler(par=agent)
    DateDeCertification.objects.redemander(AVRIL, par=directrice)
    journee.retablir(par=agent)
    assert (journee.etat, Derogation.objects.count()) == (Etat.RESERVEE, 0)


def test_le_centre_deroge_et_dit_pourquoi(lea, agent, demandee):
    with pytest.raises(
        erreurs.DossierIncomplet, match=r"n’a pas certifié son dossier \(demandé depuis le 01/04/2015\)"
    ):
        lea.reserver([MERCREDI], par=agent)
    [journee] = lea.reserver([MERCREDI], par=agent, derogation="Urgence")
    assert [(une.sorte, une.motif, une.par) for une in journee.derogations.all()] == [("dossier", "Urgence", agent)]


def test_une_derogation_a_un_dossier_complet_ne_note_rien_du_dossier(lea, dupont, agent, demandee):
    certifier(dupont)
    lea.reserver([MERCREDI], par=agent, derogation="Au cas où")
    assert not Derogation.objects.exists()
