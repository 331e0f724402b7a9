"""A decision waits for whoever has the request or its famille in hand: each lock, one by one."""

from datetime import date

import pytest

from demandes.models import Decision, Demande
from tests.attente import attendre_son_tour
from tests.demandes.jours import demander
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer

pytestmark = pytest.mark.django_db(transaction=True)
MERCREDI = date(2015, 4, 8)

GESTES = {
    "accepter": lambda pk, foyer, agent: accepter_telle_quelle(Demande.objects.get(pk=pk), par=agent),
    "refuser": lambda pk, foyer, agent: Demande.objects.get(pk=pk).refuser(par=agent, motif="Non."),
    "retirer": lambda pk, foyer, agent: Demande.objects.get(pk=pk).retirer(par=foyer.compte),
    "prendre en charge": lambda pk, foyer, agent: Demande.objects.get(pk=pk).prendre_en_charge(par=agent),
}


@pytest.mark.parametrize("geste", GESTES.values(), ids=GESTES)
@pytest.mark.parametrize("tenue", ["demande", "famille"])
def test_qui_decide_attend_que_la_demande_et_sa_famille_soient_libres(dupont, agent, geste, tenue):
    demande = changer_de_mobile(dupont)
    attendre_son_tour({"demande": demande, "famille": dupont.famille}[tenue], lambda: geste(demande.pk, dupont, agent))
    demande.refresh_from_db()
    assert Decision.objects.exists() or demande.prise_en_charge_par == agent


def test_qui_accepte_attend_que_la_fiche_soit_libre(dupont, agent):
    fiche = dupont.famille.informations_caf
    deposer(dupont, "caf", numero_allocataire="7654321")
    attendre_son_tour(fiche, lambda: accepter_telle_quelle(Demande.objects.get(), par=agent))
    fiche.refresh_from_db()
    assert fiche.numero_allocataire == "7654321"


def test_qui_depose_attend_que_la_famille_soit_libre(dupont):
    assert attendre_son_tour(dupont.famille, lambda: changer_de_mobile(dupont)) == Demande.objects.get()


@pytest.mark.usefixtures("jeudi_2_avril")
@pytest.mark.parametrize("tenue", ["demande", "famille"])
def test_ce_qui_expire_attend_que_la_demande_et_sa_famille_soient_libres(dupont, mercredis, tenue):
    demande = demander(dupont, mercredis, [MERCREDI])
    libre = {"demande": demande, "famille": dupont.famille}[tenue]
    assert attendre_son_tour(libre, lambda: Demande.objects.get(pk=demande.pk).expirer(MERCREDI)) != []
    assert Decision.objects.get().verdict == Decision.Verdict.EXPIREE
