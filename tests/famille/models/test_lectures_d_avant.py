"""The journal of readings under its former name: its rows, who may read it and what the town made of that, all come."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from famille.models import LectureConfidentielle
from socle.models import DroitAccorde
from socle.octroi.application import Ecarts, Groupes
from socle.octroi.table import Droit

AVANT, DROIT = ("famille", "0014_villes_et_medecins"), "famille.view_lectureconfidentielle"


def _revenir() -> None:
    """By the command: it is what names the content type again."""
    call_command("migrate", *AVANT, verbosity=0)
    ContentType.objects.clear_cache()


@pytest.mark.lent
def test_le_journal_des_lectures_change_de_nom_avec_ses_lignes_et_ses_droits(migrations):
    _revenir()
    anciens = migrations([AVANT])
    agent = anciens.get_model("famille", "Compte").objects.create(identifiant="animateur", is_staff=True)
    ancienne = anciens.get_model("famille", "LectureSante").objects.create(
        enfant_nom="DUPONT (1001001818331)", objet="Compte bancaire", par=agent, par_identifiant="animateur"
    )
    droit = Permission.objects.get(codename="view_lecturesante")
    LogEntry.objects.create(
        user_id=agent.pk, content_type=droit.content_type, object_id=ancienne.pk, object_repr="?", action_flag=CHANGE
    )
    # The town lets Régie read the journal, and no more Direction.
    Group.objects.get(name="Direction").permissions.remove(droit)
    Group.objects.get(name="Régie").permissions.add(droit)

    call_command("migrate", verbosity=0)
    ContentType.objects.clear_cache()

    lecture = LectureConfidentielle.objects.get()
    assert (lecture.pk, lecture.par_identifiant, lecture.objet) == (ancienne.pk, "animateur", "Compte bancaire")
    assert LogEntry.objects.get().content_type.model_class() is LectureConfidentielle
    assert not Permission.objects.filter(codename="view_lecturesante").exists()
    assert Permission.objects.get(codename="view_lectureconfidentielle").pk == droit.pk
    assert list(DroitAccorde.objects.filter(permission__startswith="famille.view_lecture")) == [
        DroitAccorde.objects.get(groupe="Direction", permission=DROIT)
    ]
    assert Groupes().ecarts() == Ecarts(
        retires={Droit("Direction", "famille", "lectureconfidentielle", "view_lectureconfidentielle")},
        ajoutes={Droit("Régie", "famille", "lectureconfidentielle", "view_lectureconfidentielle")},
    )


@pytest.mark.django_db
def test_le_role_qui_sert_y_ecrit(animateur, dupont):
    LectureConfidentielle.objects.noter(dupont.enfants[0], par=animateur)
    assert LectureConfidentielle.objects.get().enfant == dupont.enfants[0]
