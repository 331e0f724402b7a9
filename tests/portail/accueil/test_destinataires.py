"""A message to the familles who have not paid."""

from datetime import date

import pytest

from messagerie.destinataires.sortes import Destinataires
from tests.facturation.fabriques import RegieFactory, facture


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("echues", "le_jour", "attendues"), [("", "2015-04-10", 1), ("on", "2015-04-10", 0), ("on", "2015-12-01", 1)]
)
def test_les_familles_qui_ont_une_facture_impayee(dupont, martin, time_machine, echues, le_jour, attendues):
    time_machine.move_to(date.fromisoformat(le_jour), tick=False)
    facture(RegieFactory(), dupont.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))
    choix = Destinataires.sortes["impaye"]({"echues": echues})
    assert choix.is_valid()
    assert list(choix.familles()) == [dupont.famille][:attendues]
