"""Health data go once the child no longer comes."""

from datetime import UTC, date, datetime

import pytest

from demandes.models import Demande
from famille.models import Enfant, Famille, FicheSanitaire, LectureConfidentielle, Vaccination
from planning.models import Inscription
from portail.conservation.durees import SANTE
from tests import fabriques
from tests.planning.fabriques import prestation
from tests.portail.conservation.outils import inscrire, une_demande, vieillir


@pytest.mark.parametrize(
    ("le", "limite"),
    [
        (date(2015, 4, 8), date(2013, 9, 1)),
        (date(2015, 8, 31), date(2013, 9, 1)),
        (date(2015, 9, 1), date(2014, 9, 1)),
        (date(2016, 2, 29), date(2014, 9, 1)),
    ],
)
def test_une_inscription_a_droit_a_toute_l_annee_scolaire_suivante(le, limite):
    assert SANTE.limite(le) == limite


def test_la_sante_d_un_enfant_qui_ne_vient_plus_est_effacee_et_lui_seul_reste(dupont, martin, agent, purger):
    lea = dupont.enfants[0]
    Enfant.objects.filter(pk=lea.pk).update(regime=Enfant.Regime.PANIER_REPAS)
    inscrire(dupont, agent, au=date(2013, 7, 5))
    une_demande(dupont, datetime(2013, 6, 1, tzinfo=UTC), agent, allergies="Arachide et sésame")
    LectureConfidentielle.objects.noter(lea, par=agent)
    purger()
    assert not FicheSanitaire.objects.filter(enfant=lea).exists()
    assert Vaccination.objects.count() == 0
    assert Demande.objects.count() == 0
    lea.refresh_from_db()
    assert (lea.regime, lea.tiers.count(), lea.inscriptions.count()) == ("standard", 1, 1)
    assert FicheSanitaire.objects.get().enfant == martin.enfants[0]
    assert LectureConfidentielle.objects.get().enfant == lea


@pytest.mark.parametrize("au", [date(2013, 9, 1), date(2015, 4, 7), None], ids=["l’an dernier", "hier", "sans fin"])
def test_la_sante_d_un_enfant_inscrit_depuis_reste(dupont, agent, purger, au):
    inscrire(dupont, agent, au=au)
    purger()
    assert FicheSanitaire.objects.get().allergies == "Arachide"
    assert Vaccination.objects.count() == 1


@pytest.mark.parametrize("decidee_le", [None, datetime(2015, 3, 2, tzinfo=UTC)], ids=["en attente", "décidée"])
def test_la_sante_d_un_enfant_dont_on_prepare_le_retour_reste(dupont, agent, purger, decidee_le):
    inscrire(dupont, agent, au=date(2013, 7, 5))
    une_demande(dupont, decidee_le, agent, allergies="Arachide et sésame")
    assert "1, qui ne sont plus inscrits, mais une demande les concerne depuis" in purger()
    assert FicheSanitaire.objects.count() == 1
    assert Demande.objects.get().valeurs["allergies"] == "Arachide et sésame"


def test_une_inscription_oubliee_garde_la_sante_et_la_commande_le_dit(dupont, agent, purger):
    inscription = inscrire(dupont, agent, au=None)
    assert "1, qui sont inscrits sans date de fin" in purger()
    inscription.reservations.update(jour=date(2013, 9, 2))
    assert "sans date de fin" not in purger()
    assert FicheSanitaire.objects.count() == 1


def test_la_sante_d_un_enfant_jamais_inscrit_reste_tant_que_son_dossier_sert(dupont, purger):
    assert "1, qui n’ont jamais été inscrits" in purger()
    assert FicheSanitaire.objects.count() == 1


def test_la_sante_d_un_enfant_de_deux_familles_reste_si_l_une_l_inscrit(dupont, martin, agent, purger):
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    inscrire(dupont, agent, au=date(2013, 1, 31))
    Inscription.objects.create(enfant=lea, prestation=prestation(), famille=martin.famille, du=date(2014, 9, 1))
    vieillir(dupont)
    purger()
    assert FicheSanitaire.objects.get(enfant=lea).allergies == "Arachide"
    assert Famille.objects.filter(pk=dupont.famille.pk).exists()


def test_le_journal_des_lectures_vit_six_ans(dupont, agent, purger):
    vieille = LectureConfidentielle.objects.noter(dupont.enfants[0], par=agent)
    jeune = LectureConfidentielle.objects.noter(dupont.enfants[0], par=agent)
    LectureConfidentielle.objects.filter(pk=vieille.pk).update(le=datetime(2009, 4, 7, tzinfo=UTC))
    LectureConfidentielle.objects.filter(pk=jeune.pk).update(le=datetime(2009, 4, 8, tzinfo=UTC))
    purger()
    assert LectureConfidentielle.objects.get() == jeune
