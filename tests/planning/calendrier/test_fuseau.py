"""« Today », for PostgreSQL's triggers, is the town's day, whatever zone whoever asks is in."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from planning.calendrier.fuseau import fuseau_en_base, poser_le_fuseau, verifier_le_fuseau
from planning.models import Inscription
from planning.regles.jours import UN_JOUR
from tests import fabriques

pytestmark = pytest.mark.usefixtures("par_le_proprietaire", "db")
# Twenty-six hours apart: never on the same day.
EN_AVANCE, EN_RETARD = "Pacific/Kiritimati", "Etc/GMT+12"


@pytest.fixture
def commune(settings):
    """The town moves: its settings, then `migrate`."""

    def demenager(fuseau: str) -> None:
        settings.TIME_ZONE = fuseau
        poser_le_fuseau()

    return demenager


@pytest.fixture
def finie_hier(garderie, commune) -> Inscription:
    """Over for the town that is ahead; for the one that is late, its last day is today."""
    famille = fabriques.FamilleFactory()
    enfant = fabriques.EnfantFactory(famille=famille)
    commune(EN_RETARD)
    jour = timezone.localdate()
    inscription = Inscription(enfant=enfant, prestation=garderie, famille=famille, du=jour - UN_JOUR, au=jour)
    inscription.save()
    connection.check_constraints()
    return inscription


def quitter(inscription: Inscription) -> None:
    with transaction.atomic():
        inscription.enfant.rattachements.all().delete()
        connection.check_constraints()
        transaction.set_rollback(True)


@pytest.mark.parametrize("de_psql", ["UTC", EN_AVANCE, EN_RETARD])
def test_la_derniere_journee_retient_l_enfant_a_l_heure_de_la_commune(finie_hier, commune, de_psql):
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL TimeZone = %s", [de_psql])
    with pytest.raises(IntegrityError, match="rattachement_sans_avenir"):
        quitter(finie_hier)
    commune(EN_AVANCE)
    quitter(finie_hier)


def test_une_inscription_qui_finit_aujourd_hui_veut_un_lien_a_l_heure_de_la_commune(finie_hier, commune):
    autre = fabriques.FamilleFactory()
    Inscription.objects.filter(pk=finie_hier.pk).update(famille=autre)
    with pytest.raises(IntegrityError, match="inscription_d_un_rattachement"), transaction.atomic():
        connection.check_constraints()
    commune(EN_AVANCE)
    connection.check_constraints()


def test_des_reglages_changes_sans_migrer_se_disent(settings, commune):
    assert (fuseau_en_base(), verifier_le_fuseau()) == ("Europe/Paris", [])
    settings.TIME_ZONE = "Indian/Reunion"
    [dit] = verifier_le_fuseau()
    assert (dit.id, "in Europe/Paris, the portal in Indian/Reunion" in dit.msg) == ("planning.W002", True)
    commune("Indian/Reunion")
    assert (fuseau_en_base(), verifier_le_fuseau()) == ("Indian/Reunion", [])


def test_avant_sa_migration_il_n_y_a_rien_a_dire(commune):
    with connection.cursor() as curseur:
        curseur.execute("DROP FUNCTION planning_fuseau")
    commune("Indian/Reunion")
    assert (fuseau_en_base(), verifier_le_fuseau()) == (None, [])
