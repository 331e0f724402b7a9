"""Several people at the same instant, on a real PostgreSQL: one decision, and never half of one."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import OperationalError, connection, connections

from courriels.models import Courriel
from demandes.erreurs import DejaDecidee, DejaDemandee
from demandes.models import Decision, Demande
from messagerie.models import Fil
from planning.regles.etats import Etat
from tests.demandes.jours import demander
from tests.demandes.outils import MOBILE, accepter_telle_quelle, changer_de_mobile

pytestmark = pytest.mark.django_db(transaction=True)


def tous_ensemble(gestes: list[Callable[[], object]]) -> list[object]:
    """What each gives, or the error it raises; all start at the same instant."""
    depart = threading.Barrier(len(gestes))

    def lancer(geste: Callable[[], object]) -> object:
        try:
            depart.wait(timeout=10)
            return geste()
        except Exception as erreur:
            return erreur
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(gestes)) as pool:
        return list(pool.map(lancer, gestes))


def test_quatre_agents_acceptent_au_meme_instant_une_decision_trois_avertis(dupont, agent):
    demande = changer_de_mobile(dupont)
    resultats = tous_ensemble([lambda: accepter_telle_quelle(Demande.objects.get(pk=demande.pk), par=agent)] * 4)
    assert sorted(type(resultat).__name__ for resultat in resultats) == ["Decision", *["DejaDecidee"] * 3]
    assert Decision.objects.count() == Fil.objects.count() == 1


def test_accepter_refuser_et_retirer_au_meme_instant_ne_font_qu_une_decision(dupont, agent):
    demande = changer_de_mobile(dupont)
    relue = Demande.objects.get
    resultats = tous_ensemble(
        [
            lambda: accepter_telle_quelle(relue(pk=demande.pk), par=agent),
            lambda: relue(pk=demande.pk).refuser(par=agent, motif="Non."),
            lambda: relue(pk=demande.pk).retirer(par=dupont.compte),
        ]
    )
    (decision,) = [resultat for resultat in resultats if isinstance(resultat, Decision)]
    assert sum(isinstance(resultat, DejaDecidee) for resultat in resultats) == 2
    dupont.titulaire.refresh_from_db()
    assert (dupont.titulaire.mobile == MOBILE) == decision.est_favorable


def test_deux_clics_au_meme_instant_ne_font_qu_une_demande(dupont):
    resultats = tous_ensemble([lambda: changer_de_mobile(dupont)] * 2)
    assert sorted(type(resultat).__name__ for resultat in resultats) == ["DejaDemandee", "Demande"]
    assert isinstance(next(r for r in resultats if not isinstance(r, Demande)), DejaDemandee)
    assert Demande.objects.count() == Courriel.objects.count() == 1


def test_une_transaction_tuee_ne_laisse_pas_de_demi_changement(dupont, agent, monkeypatch):
    """The server is killed under us after the record was changed, before the commit."""
    demande = changer_de_mobile(dupont)

    def tuer(decision: Decision, contenu: object) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT mobile FROM famille_responsable WHERE id = %s", [dupont.titulaire.pk])
            assert curseur.fetchone() == ("+33601020304",)
            curseur.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr("demandes.models.demande.annoncer", tuer)
    (panne,) = tous_ensemble([lambda: accepter_telle_quelle(Demande.objects.get(pk=demande.pk), par=agent)])
    assert isinstance(panne, OperationalError)
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == ""
    assert list(Demande.objects.en_attente()) == [demande]
    assert not Decision.objects.exists()


def test_une_demande_qui_expire_quand_on_l_accepte_a_une_seule_issue(dupont, mercredis, agent, jeudi_2_avril):
    """The command of midnight, and an agent who works late."""
    demande = demander(dupont, mercredis, [date(2015, 4, 8)])
    jeudi_2_avril.move_to("2015-04-08T00:01:00+02:00")
    relue = Demande.objects.get
    tous_ensemble(
        [
            lambda: relue(pk=demande.pk).expirer(date(2015, 4, 8)),
            lambda: accepter_telle_quelle(relue(pk=demande.pk), par=agent),
        ]
    )
    decision = Decision.objects.get()
    etat = mercredis.journee(date(2015, 4, 8)).etat
    assert etat == (Etat.RESERVEE if decision.est_favorable else Etat.REFUSEE)
    assert decision.est_favorable != decision.est_une_expiration
