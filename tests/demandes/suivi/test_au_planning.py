"""A « ? » of the planning leads to its request, and the request back to its month."""

from datetime import date

import pytest
from django.urls import reverse

from tests.demandes.jours import demander
from tests.demandes.outils import accepter_telle_quelle, lire, requetes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jeudi_2_avril")]
JOUR = date(2015, 4, 29)


def page_du_jour(enfant) -> str:
    return reverse("planning:jour", args=[enfant.pk, 2015, 4, 29])


def test_un_jour_demande_mene_a_sa_demande(parent, dupont, lea, mercredis, directrice):
    assert "/demandes/1" not in lire(parent, page_du_jour(lea))
    demande = demander(dupont, mercredis, [JOUR])
    lien = f'<a href="{demande.get_absolute_url()}">n°\u00a0{demande.pk}, '
    assert f"{lien}en attente</a>" in lire(parent, page_du_jour(lea))
    demande.refuser(par=directrice, motif="Complet.")
    assert f"{lien}refusée</a>" in lire(parent, page_du_jour(lea))
    # On its day: on a phone, the month is long.
    assert reverse("planning:mois", args=[lea.pk, 2015, "04"]) + "#j29" in lire(parent, demande.get_absolute_url())


def test_la_derniere_demande_du_jour_est_dite_celle_des_voisins_jamais(
    parent, voisine, dupont, lea, mercredis, directrice
):
    demander(dupont, mercredis, [JOUR]).refuser(par=directrice, motif="Complet.")
    seconde = demander(dupont, mercredis, [JOUR])
    html = lire(parent, page_du_jour(lea))
    assert f"n°\u00a0{seconde.pk}, en attente" in html
    assert html.count(">n°\u00a0") == 1
    assert voisine.get(page_du_jour(lea)).status_code == 404


def test_une_requete_de_plus_au_plus(parent, dupont, lea, mercredis, directrice):
    requetes(parent, page_du_jour(lea))
    sans = requetes(parent, page_du_jour(lea))
    accepter_telle_quelle(demander(dupont, mercredis, [date(2015, 5, 6)]), par=directrice)
    assert requetes(parent, page_du_jour(lea)) == sans
    demander(dupont, mercredis, [JOUR])
    assert requetes(parent, page_du_jour(lea)) <= sans + 2
