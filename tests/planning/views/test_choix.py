"""Several days at once."""

import re
from datetime import date

from django.urls import reverse

from tests.planning.views.outils import mois, page


def test_plusieurs_jours_se_choisissent_parmi_ceux_qui_peuvent_l_etre(parent, lea, garde_du_matin, dupont):
    garde_du_matin.reserver([date(2015, 4, 8), date(2015, 4, 10)], par=dupont.compte)
    choix = {
        action: re.findall(r'name="jour" value="(.+?)"', page(parent, mois(lea) + f"{action}/"))
        for action in ("reservation", "absence")
    }
    # Friday the 3rd is closed since noon of the 1st.
    assert choix["reservation"] == [f"{garde_du_matin.pk}:2015-04-{n:02}" for n in (7, 9, 27, 28, 29, 30)]
    assert choix["absence"] == [f"{garde_du_matin.pk}:2015-04-{n:02}" for n in (8, 10)]


def test_les_jours_choisis_arrivent_dans_la_demande(parent, lea, garde_du_matin, inscrite):
    mercredi = inscrite["ALSH Mercredi journée"]
    formulaire = reverse("demandes:nouvelle_enfant", args=[lea.pk, "reservation"])
    coches = f"?jour={garde_du_matin.pk}:2015-04-09&jour={mercredi.pk}:2015-04-29"
    # The grid's script writes it shorter: a whole month of seven rows stays under what servers accept.
    groupes = f"?inscription={garde_du_matin.pk}&jours=2015-04-09&inscription={mercredi.pk}&jours=2015-04-29"
    attendus = [f"{garde_du_matin.pk}:2015-04-09", f"{mercredi.pk}:2015-04-29"]
    for parametres in (coches, groupes):
        html = page(parent, formulaire + parametres)
        assert re.findall(r'name="jours" value="(.+?)"', html) == attendus
