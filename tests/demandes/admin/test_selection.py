"""Several requests decided at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demandes.models import Decision, Demande
from tests.demandes.bureau import FILE
from tests.demandes.jours import demander
from tests.demandes.outils import changer_de_mobile, deposer
from tests.planning.admin.outils import confirmer, question

pytestmark = pytest.mark.django_db


def test_plusieurs_a_la_fois_et_ce_qu_il_faut_lire_est_laisse(direction, dupont, martin):
    (lea,) = dupont.enfants
    simple, conflit = changer_de_mobile(dupont), changer_de_mobile(martin, "0612345678")
    sante = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    martin.titulaire.mobile = "06 99 99 99 99"
    martin.titulaire.save()
    choix = {"action": "accepter_la_selection", "_selected_action": [simple.pk, conflit.pk, sante.pk]}
    page = direction.post(FILE, choix)
    assert question(page)[0] == "3 demandes : 2 familles, 1 enfant."
    assert not Decision.objects.exists()
    confirmer(direction, page)
    html = direction.get(FILE).content.decode()
    assert list(Demande.objects.acceptees()) == [simple]
    assert f"n°\u00a0{conflit.pk}\u00a0: la fiche a changé" in html
    assert f"n°\u00a0{sante.pk} est confidentielle" in html
    assert "1\u00a0demande acceptée." in html


def test_plusieurs_refus_demandent_un_motif(bureau, dupont, martin):
    demandes = [changer_de_mobile(dupont), changer_de_mobile(martin)]
    choix = {"action": "refuser_la_selection", "_selected_action": [d.pk for d in demandes]}
    assert "Motif usuel" in bureau.post(FILE, choix).content.decode()
    assert not Decision.objects.exists()
    bureau.post(FILE, choix | {"confirmer": "Refuser", "precision": "Dossier clos."})
    assert {decision.motif for decision in Decision.objects.all()} == {"Dossier clos."}


def test_accepter_plusieurs_demandes_coute_un_nombre_borne_de_requetes(bureau, dupont, mercredis, jeudi_2_avril):
    """Each has its transaction, its lock, its message: so many statements a request, however many are ticked."""
    semaines = [date(2015, 5, 6) + timedelta(weeks=n) for n in (0, 2, 3, 4, 5, 6, 7, 8)]
    demandes = [demander(dupont, mercredis, [jour]) for jour in semaines]

    def accepter(choisies: list[Demande]) -> int:
        page = bureau.post(FILE, {"action": "accepter_la_selection", "_selected_action": [d.pk for d in choisies]})
        with CaptureQueriesContext(connection) as captees:
            confirmer(bureau, page)
        assert Demande.objects.acceptees().filter(pk__in=[d.pk for d in choisies]).count() == len(choisies)
        return len(captees)

    deux, six = accepter(demandes[:2]), accepter(demandes[2:])
    assert (six - deux) / 4 <= 33
    assert deux <= 33 * 2 + 18


def test_les_jours_de_chaque_genre_sont_comptes(bureau, dupont, martin, mercredis, jeudi_2_avril):
    demandes = [demander(dupont, mercredis, [date(2015, 5, 6), date(2015, 5, 20)]), changer_de_mobile(martin)]
    page = bureau.post(FILE, {"action": "accepter_la_selection", "_selected_action": [d.pk for d in demandes]})
    assert question(page)[:3] == [
        "2 demandes : 2 familles, 1 enfant.",
        f"{demandes[1].nom_court} : 1 demande.",
        "Réservations : 1 demande, 2 jours.",
    ]
