"""An invoice that is issued is told to its famille."""

from datetime import date

import pytest

from courriels.models import Courriel
from tests.facturation.fabriques import RegieFactory, facture

pytestmark = pytest.mark.django_db
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))


def test_les_responsables_sont_prevenus_quoi_qu_ils_aient_dit_des_informations(
    dupont, martin, time_machine, mailoutbox, django_capture_on_commit_callbacks
):
    dupont.titulaire.autorisation_courriel = False
    dupont.titulaire.save()
    time_machine.move_to("2015-05-04 10:00 +0200")
    with django_capture_on_commit_callbacks(execute=True):
        emise = facture(RegieFactory(), dupont.famille, "120.60", *AVRIL, le=date(2015, 5, 4))
    (courriel,) = mailoutbox
    assert courriel.to == ["jean.dupont@wanadoo.fr"]
    assert courriel.subject == f"Votre facture {emise.reference} est prête"
    assert "120,60\u00a0€ pour la période du 01/04/2015 au 30/04/2015" in courriel.body
    assert "/releve/" in courriel.body


def test_une_facture_ancienne_que_l_on_reprend_ne_previent_personne(dupont, time_machine):
    time_machine.move_to("2026-11-27 10:00 +0100")
    facture(RegieFactory(), dupont.famille, "120.60", *AVRIL, le=date(2015, 5, 4))
    assert not Courriel.objects.exists()
