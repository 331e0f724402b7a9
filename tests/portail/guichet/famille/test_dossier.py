"""The page of a famille: what is said of whom, to which agents."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.models import LectureConfidentielle
from planning.models import Inscription, Prestation
from tests import fabriques
from tests.portail.guichet.famille.outils import MERCREDI, RENTREE, page

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def entre(client, compte, famille, **requete):
    client.force_login(compte)
    return client.get(page(famille, **requete))


def test_qui_ils_sont_et_comment_les_joindre(accueil, dupont, lea):
    texte = accueil.get(page(dupont.famille)).text.replace("\u00a0", " ")
    assert "<h1>DUPONT Jean et Jeanne" in texte
    assert '<a href="tel:+33-1-02-03-04-05">01 02 03 04 05</a>' in texte
    assert '<a href="mailto:jean.dupont@wanadoo.fr">' in texte
    assert "Titulaire, père, séparé" in texte
    assert "7 ans, née le 03/06/2007, CE1" in texte


def test_la_garde_alternee_mene_a_l_autre_famille(accueil, dupont, martin, lea):
    martin.famille.enfants.add(lea.enfant)
    assert f"famille n° {martin.famille.numero}" in accueil.get(page(dupont.famille)).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("qui", "voit"), [("agent", False), ("regisseur", False), ("animateur", True), ("directrice", True)]
)
def test_la_sante_n_est_lue_que_par_qui_le_peut_et_c_est_note(request, client, dupont, qui, voit):
    compte = request.getfixturevalue(qui)
    texte = entre(client, compte, dupont.famille).text
    assert ("Arachide" in texte) is voit
    assert [lecture.par for lecture in LectureConfidentielle.objects.all()] == ([compte] if voit else [])


def test_ne_peut_etre_remis_a(accueil, dupont, lea):
    fabriques.TiersFactory(enfant=lea.enfant, statut="interdit", nom="DURAND", prenom="Luc", lien="Oncle")
    assert "<strong>Ne peut être remis à</strong>\u00a0: Luc DURAND (Oncle)" in accueil.get(page(dupont.famille)).text


def test_le_mois_se_coche(accueil, lea, agent):
    lea.reserver([MERCREDI], par=agent)
    texte = accueil.get(page(lea.famille)).text.replace("\u00a0", " ")
    assert f'value="{lea.pk}:2015-04-08" aria-label="Léa, ALSH Mercredi journée, mercredi 8 avril : réservé"' in texte
    # A Thursday: nothing to tick.
    assert f"{lea.pk}:2015-04-09" not in texte


def test_un_autre_mois_et_un_mois_qui_n_en_est_pas_un(accueil, lea):
    assert f"{lea.pk}:2015-05-06" in accueil.get(page(lea.famille, mois="2015-05")).text
    assert f"{lea.pk}:2015-04-08" in accueil.get(page(lea.famille, mois="2015-13")).text


def test_une_prestation_sans_jour_ce_mois_ci_se_dit_en_une_ligne(accueil, lea, alsh, agent):
    ete = Prestation.objects.create(
        structure=alsh, nom="ALSH Été", jours_scolaires=0, heure_debut=time(9), heure_fin=time(17)
    )
    Inscription.objects.inscrire(lea.enfant, ete, lea.famille, du=RENTREE, par=agent)
    texte = accueil.get(page(lea.famille)).text.replace("\u00a0", " ")
    assert "Aucun jour d’accueil ce mois-ci : ALSH Été." in texte
    assert ">ALSH Été<" not in texte


def test_un_jour_complet_se_voit(accueil, lea, mercredi):
    mercredi.places_du_jour.create(jour=MERCREDI, places=0)
    assert "mercredi 8 avril : complet" in accueil.get(page(lea.famille)).text.replace("\u00a0", " ")


def test_ce_que_fait_un_groupe_est_ce_que_montre_la_page(client, animateur, regisseur, lea):
    assert "Réserver</button>" not in entre(client, animateur, lea.famille).text
    assert "Présent</button>" in entre(client, animateur, lea.famille).text
    assert "dossier__gestes" not in entre(client, regisseur, lea.famille).text


def requetes(client, famille) -> int:
    with CaptureQueriesContext(connection) as captees:
        assert client.get(page(famille)).status_code == 200
    return len(captees)


def test_autant_de_requetes_pour_cinq_enfants_que_pour_un(client, directrice, dupont, lea, mercredi, agent):
    client.force_login(directrice)
    requetes(client, dupont.famille)
    seul = requetes(client, dupont.famille)
    for prenom in ("Ana", "Bob", "Cid", "Dia"):
        enfant = fabriques.EnfantFactory(famille=dupont.famille, prenom=prenom)
        fabriques.FicheSanitaireFactory(enfant=enfant, allergies="Œuf")
        fabriques.TiersFactory(enfant=enfant)
        inscription = Inscription.objects.inscrire(enfant, mercredi, dupont.famille, du=RENTREE, par=agent)
        if prenom == "Ana":
            inscription.reserver([MERCREDI], par=agent)
    assert requetes(client, dupont.famille) == seul <= 15
