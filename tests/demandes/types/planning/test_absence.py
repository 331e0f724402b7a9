"""« Déclaration d’absence », from the form to the cells of the planning."""

import pytest
from django.urls import reverse

from demandes.erreurs import NeTientPlus
from planning.models import Inscription
from planning.regles.etats import Etat
from tests.demandes.jours import MERCREDIS, codes, declarer_absent, etats
from tests.demandes.outils import accepter_telle_quelle

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def reserves(dupont, mercredis, agent) -> Inscription:
    mercredis.reserver(MERCREDIS, par=agent)
    return mercredis


def test_une_absence_dans_les_delais_est_excusee(dupont, reserves, agent):
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    assert etats(reserves, MERCREDIS[:1]) == [Etat.ABSENCE_DEMANDEE]
    accepter_telle_quelle(demande, par=agent)
    (journee,) = reserves.journees(MERCREDIS[:1])
    assert (journee.etat, journee.motif) == (Etat.ABSENT_EXCUSE, "Mariage")


def test_la_raison_d_une_absence_se_lit_avant_de_decider(dupont, reserves, agent, client):
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    client.force_login(agent)
    page = client.get(reverse("admin:demandes_demande_change", args=[demande.pk]))
    assert [(ligne.libelle, ligne.demande) for ligne in page.context["page"].difference] == [
        ("Raison de l’absence", "Mariage")
    ]
    assert not page.context["page"].en_conflit
    client.force_login(dupont.compte)
    assert "Mariage" in client.get(demande.get_absolute_url()).content.decode()


def test_une_absence_tardive_est_facturee_sauf_si_l_agent_en_decide_autrement(
    dupont, mercredi, reserves, agent, jeudi_2_avril
):
    mercredi.hors_delai_autorise = True
    mercredi.save()
    jeudi_2_avril.move_to("2015-04-08T07:00:00+02:00")
    demande = declarer_absent(dupont, reserves, MERCREDIS[:2])
    parts = {part.code: part.defaut for part in demande.contenu().parts_de(demande)}
    assert list(parts.values()) == ["facturer", "excuser"]
    accepter_telle_quelle(demande, par=agent)
    assert etats(reserves, MERCREDIS[:2]) == [Etat.ABSENT_FACTURE, Etat.ABSENT_EXCUSE]


def test_l_agent_excuse_une_absence_tardive(dupont, mercredi, reserves, agent, jeudi_2_avril):
    mercredi.hors_delai_autorise = True
    mercredi.save()
    jeudi_2_avril.move_to("2015-04-08T07:00:00+02:00")
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    accepter_telle_quelle(demande, par=agent, choix=dict.fromkeys(codes(reserves, MERCREDIS[:1]), "excuser"))
    assert etats(reserves, MERCREDIS[:1]) == [Etat.ABSENT_EXCUSE]


def test_une_absence_refusee_ou_retiree_laisse_le_jour_reserve(dupont, reserves, agent):
    declarer_absent(dupont, reserves, MERCREDIS[:1]).refuser(par=agent, motif="Trop tard.")
    declarer_absent(dupont, reserves, MERCREDIS[1:2]).retirer(par=dupont.compte)
    assert etats(reserves) == [Etat.RESERVEE] * 5


def test_un_jour_non_reserve_n_a_pas_d_absence(dupont, mercredis):
    with pytest.raises(NeTientPlus, match="pas réservé"):
        declarer_absent(dupont, mercredis, MERCREDIS[:1])


def test_les_jours_d_une_absence_portent_leur_nom(dupont, reserves, agent, client):
    (lea,) = dupont.enfants
    client.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle_enfant", args=[lea.pk, "absence"])
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    bureau = reverse("admin:demandes_demande_change", args=[demande.pk])
    pages = [
        client.get(f"{adresse}?inscription={reserves.pk}&jours=2015-04-29"),
        client.get(demande.get_absolute_url()),
    ]
    client.force_login(agent)
    for page in [*pages, client.get(bureau)]:
        html = page.content.decode()
        assert "Jours d’absence" in html
        assert "Jours demandés" not in html


def test_une_absence_deja_decidee_ailleurs_ne_s_accepte_plus(dupont, reserves, agent):
    demande = declarer_absent(dupont, reserves, MERCREDIS[:2])
    reserves.journee(MERCREDIS[0]).facturer_absence(par=agent)
    with pytest.raises(NeTientPlus, match="8 avril n’attend plus de décision"):
        accepter_telle_quelle(demande, par=agent)
    assert etats(reserves, MERCREDIS[:2]) == ["absent_facture", "absence_demandee"]
    accepter_telle_quelle(demande, par=agent, sauf=codes(reserves, MERCREDIS[:1]), motif="Déjà décidé.")
    assert etats(reserves, MERCREDIS[:2]) == ["absent_facture", "absent_excuse"]
