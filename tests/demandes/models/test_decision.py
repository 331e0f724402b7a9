"""Who decided, in words, what is lost with it, and that it stays."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from demandes.models import Decision, Demande
from famille.models import Compte
from tests.demandes.outils import changer_de_mobile

Verdict = Decision.Verdict


@pytest.mark.parametrize(
    ("decision", "auteur"),
    [
        (Decision(verdict=Verdict.ACCEPTEE, automatique=True), "validation automatique"),
        (Decision(verdict=Verdict.ACCEPTEE), "le centre"),
        (Decision(verdict=Verdict.REFUSEE, par=Compte(prenom="Alice", nom="MAIRIE")), "Alice MAIRIE"),
        (Decision(verdict=Verdict.RETIREE, par=Compte(prenom="Jean", nom="DUPONT")), "la famille"),
        (Decision(verdict=Verdict.EXPIREE), "personne"),
    ],
)
def test_chaque_decision_dit_qui_l_a_prise(decision, auteur):
    assert decision.auteur == auteur


@pytest.mark.parametrize(
    ("verdict", "refusees", "participe"),
    [
        (Verdict.ACCEPTEE, [], "acceptée"),
        (Verdict.ACCEPTEE, ["1"], "acceptée en partie"),
        (Verdict.REFUSEE, ["1"], "refusée"),
    ],
)
def test_n_est_acceptee_en_partie_que_celle_qui_est_acceptee(verdict, refusees, participe):
    assert Decision(verdict=verdict, refusees=refusees).participe == participe


def test_ce_qui_est_perdu_s_ajoute_dans_l_ordre_a_ce_qui_est_refuse():
    codes = [f"{rang}:2015-04-08" for rang in range(10, 40)]
    decision = Decision(refusees=codes[::2], motif="Complet.")
    decision.refuser_aussi(reversed(codes), "Trop tard.")
    assert (decision.refusees, decision.motif) == (codes, "Complet.")


def test_ce_qui_est_perdu_seul_a_son_motif_et_rien_n_en_donne_pas():
    decision = Decision(refusees=[])
    decision.refuser_aussi([], "Trop tard.")
    assert (decision.refusees, decision.motif) == ([], "")
    decision.refuser_aussi(["1"], "Trop tard.")
    assert (decision.refusees, decision.motif) == (["1"], "Trop tard.")


@transaction.atomic
def effacer(lignes: QuerySet) -> None:
    lignes.delete()
    connection.check_constraints()


def test_une_decision_ne_s_efface_qu_avec_sa_demande(dupont, martin, agent):
    gardee, perimee = changer_de_mobile(dupont), changer_de_mobile(martin)
    for demande in (gardee, perimee):
        demande.refuser(par=agent, motif="Complet")
    with pytest.raises(IntegrityError, match=f"avec sa demande \\(n° {gardee.pk}\\)"):
        effacer(Decision.objects.filter(demande=gardee))
    effacer(Demande.objects.filter(pk=perimee.pk))
    assert [decision.demande for decision in Decision.objects.all()] == list(Demande.objects.all()) == [gardee]
