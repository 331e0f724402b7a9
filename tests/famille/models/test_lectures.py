"""The journal of readings names whose record was read, however long the name is."""

import pytest

from famille.models import LectureConfidentielle
from tests import fabriques

pytestmark = pytest.mark.django_db


def test_un_nom_interminable_se_note_autant_qu_il_tient(agent):
    enfant = fabriques.EnfantFactory(prenom="A" * 100, nom="B" * 100)
    LectureConfidentielle.objects.noter(enfant, par=agent)
    assert LectureConfidentielle.objects.get().enfant_nom == "A" * 100 + " " + "B" * 99
