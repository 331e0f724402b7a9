"""Several requests decided at once."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courriels.models import Courriel
from demandes.models import Decision, Demande
from planning.models import Inscription
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
    assert question(page)[-1].startswith("Chaque famille sera prévenue.")
    assert not Decision.objects.exists()
    confirmer(direction, page)
    html = direction.get(FILE).content.decode()
    assert list(Demande.objects.acceptees()) == [simple]
    [ecrit] = LogEntry.objects.all()
    assert (ecrit.object_id, ecrit.change_message) == (str(simple.pk), "Demande acceptée.")
    assert f"n°\u00a0{conflit.pk}\u00a0: la fiche a changé" in html
    assert f"n°\u00a0{sante.pk} est confidentielle" in html
    assert "1\u00a0demande acceptée." in html


def test_ce_qui_est_deja_decide_se_dit_et_ne_se_compte_pas(bureau, dupont, martin, agent):
    decidee, attend = changer_de_mobile(dupont), changer_de_mobile(martin)
    decidee.refuser(par=agent, motif="Non.")
    choix = {"action": "refuser_la_selection", "_selected_action": [decidee.pk, attend.pk]}
    page = bureau.post(f"{FILE}?etat=toutes", choix)
    assert question(page)[0] == "1 demande : 1 famille."
    assert "Refuser cette demande\u00a0?" in page.text
    assert f"La demande n°\u00a0{decidee.pk} a déjà été refusée" in page.text
    seule = bureau.post(f"{FILE}?etat=toutes", choix | {"_selected_action": [decidee.pk]})
    assert (seule.status_code, seule.url) == (302, f"{FILE}?etat=toutes")


def test_plusieurs_refus_demandent_un_motif(bureau, dupont, martin):
    demandes = [changer_de_mobile(dupont), changer_de_mobile(martin)]
    choix = {"action": "refuser_la_selection", "_selected_action": [d.pk for d in demandes]}
    page = bureau.post(FILE, choix)
    assert "Motif usuel" in page.text
    assert question(page)[0] == "2 demandes : 2 familles."
    page = confirmer(bureau, page)
    assert "Indiquez le motif du refus\u00a0: les familles le liront." in page.text
    assert not Decision.objects.exists()
    confirmer(bureau, page, precision="Dossier clos.")
    assert {decision.motif for decision in Decision.objects.all()} == {"Dossier clos."}


def test_la_plus_ancienne_est_decidee_la_premiere_dans_quelque_ordre_qu_on_les_voie(bureau, dupont, martin):
    demandes = [changer_de_mobile(martin), changer_de_mobile(dupont)]
    envoi = {"action": "accepter_la_selection", "_selected_action": [d.pk for d in demandes]}
    confirmer(bureau, bureau.post(f"{FILE}?etat=toutes", envoi))
    assert [decision.demande for decision in Decision.objects.order_by("le")] == demandes


def test_un_refus_deja_ecrit_revient_si_la_file_a_change(bureau, dupont, martin):
    une, autre = changer_de_mobile(dupont), changer_de_mobile(martin)
    page = bureau.post(FILE, {"action": "refuser_la_selection", "_selected_action": [une.pk, autre.pk]})
    autre.retirer(par=martin.compte)
    autre.delete()
    page = confirmer(bureau, page, precision="Dossier clos.")
    assert question(page)[0] == "1 demande : 1 famille."
    assert page.context["confirmation"].form["precision"].value() == "Dossier clos."
    assert [nom for nom, _ in page.context["confirmation"].renvoi].count("precision") == 0
    assert not Decision.objects.exists()


# Each has its transaction, its day, its decision, its message: so many statements, and not one more for the tenth.
PAR_DEMANDE = 12
# What is read once, however many are ticked: who decides and may what, the list; all their locks, then the calendar,
# the inscriptions, the rows, the prices.
COMMUN = 28
# What changes a famille reads its own, and locks what it changes.
DE_LA_FAMILLE = 5
UNE_FOIS = ("auth_permission", "auth_group", "django_session", "django_content_type")


def test_accepter_dix_demandes_coute_un_nombre_borne_de_requetes(bureau, dupont, mercredis, jeudi_2_avril):
    semaines = [date(2015, 5, 6) + timedelta(weeks=n) for n in (-4, 0, 2, 3, 4, 5, 6, 7, 8)]
    demandes = [*(demander(dupont, mercredis, [jour]) for jour in semaines), changer_de_mobile(dupont)]
    page = bureau.post(FILE, {"action": "accepter_la_selection", "_selected_action": [d.pk for d in demandes]})
    assert question(page)[-1].startswith("La famille sera prévenue.")
    with CaptureQueriesContext(connection) as captees:
        confirmer(bureau, page)
    assert Demande.objects.acceptees().count() == 10
    assert len(captees) <= PAR_DEMANDE * 10 + COMMUN + DE_LA_FAMILLE
    lues = [requete["sql"] for requete in captees]
    # Rights: the agent's own, then their groups'.
    assert max(sum(f'FROM "{table}"' in sql for sql in lues) for table in UNE_FOIS) <= 2
    # The decisions of an hour leave together: one e-mail.
    attendus = Courriel.objects.filter(groupe="decisions")
    assert (attendus.count(), attendus.values("dossier", "destinataire").distinct().count()) == (10, 1)


@pytest.mark.parametrize("action", ["accepter_la_selection", "refuser_la_selection"])
def test_une_demande_de_plus_d_une_autre_famille_n_en_coute_pas_davantage(
    bureau, dupont, martin, mercredi, agent, jeudi_2_avril, action
):
    def decider(rang: int, *jours: date) -> int:
        demandes = []
        for foyer in (dupont, martin):
            demandes += [demander(foyer, inscriptions[foyer.famille], [jour]) for jour in jours]
        page = bureau.post(FILE, {"action": action, "_selected_action": [d.pk for d in demandes]})
        with CaptureQueriesContext(connection) as captees:
            confirmer(bureau, page, **({"precision": "Trop tard."} if "refuser" in action else {}))
        assert Demande.objects.decidees().count() == rang
        return len(captees)

    inscriptions = {
        foyer.famille: Inscription.objects.inscrire(
            foyer.enfants[0], mercredi, foyer.famille, du=date(2014, 9, 1), par=agent
        )
        for foyer in (dupont, martin)
    }
    deux, six = decider(2, date(2015, 5, 6)), decider(8, date(2015, 5, 20), date(2015, 5, 27), date(2015, 6, 3))
    assert six - deux <= PAR_DEMANDE * 4


def test_les_jours_de_chaque_genre_sont_comptes(bureau, dupont, martin, mercredis, jeudi_2_avril):
    demandes = [demander(dupont, mercredis, [date(2015, 5, 6), date(2015, 5, 20)]), changer_de_mobile(martin)]
    page = bureau.post(FILE, {"action": "accepter_la_selection", "_selected_action": [d.pk for d in demandes]})
    assert question(page)[:3] == [
        "2 demandes : 2 familles, 1 enfant.",
        f"{demandes[1].nom_court} : 1 demande.",
        "Réservations : 1 demande, 2 jours.",
    ]
