"""Several requests decided together: what each does and says is what it would do and say decided alone."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import transaction

from courriels.models import Courriel
from demandes.erreurs import DejaDecidee, NeTientPlus, RefusDemande
from demandes.models import Decision, Demande
from demandes.models.lot import SEULE
from famille.models import Compte
from messagerie.models import Message
from planning.models import Reservation
from tests.attente import attendre_son_tour
from tests.demandes.jours import declarer_absent, demander
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer
from tests.facturation.fabriques import tarif

MAI = [date(2015, 5, 6), date(2015, 5, 20), date(2015, 5, 27)]


@pytest.fixture
def mercredis_payants(mercredis):
    """By quotient, and by where one lives."""
    tarif(mercredis.prestation, (700, "7.20", "14.40"), (None, "9.30", "18.60"))
    return mercredis


def essayer(demande: Demande, agent: Compte) -> str:
    try:
        accepter_telle_quelle(demande, par=agent)
    except RefusDemande as refus:
        return str(refus)
    return ""


def tout_accepter(demandes: list[Demande], agent: Compte, *, ensemble: bool) -> list[tuple]:
    """What has become of it all; then nothing has happened."""
    with transaction.atomic():
        relues = [Demande.objects.select_related("famille", "enfant").get(pk=demande.pk) for demande in demandes]
        with Demande.objects.decider_ensemble(relues) if ensemble else nullcontext():
            faits: list[tuple] = [(demande.pk, essayer(demande, agent)) for demande in relues]
        faits += Decision.objects.order_by("pk").values_list("pk", "verdict", "refusees")
        faits += [(r.jour, r.etat, r.motif, r.par) for r in Reservation.objects.order_by("pk").select_related("par")]
        faits += [(message.texte, message.signature) for message in Message.objects.order_by("pk")]
        faits += Courriel.objects.filter(groupe="decisions").order_by("pk").values_list("destinataire", "sujet")
        transaction.set_rollback(True)
    return faits


# What is accepted between two bookings, and what is then said of the second one.
CE_QUI_CHANGE: dict[str, tuple[Callable, str]] = {
    "rien": (changer_de_mobile, "Total de ces jours : 14,40 €."),
    "son quotient": (
        lambda foyer: deposer(foyer, "caf", quotient="1200", date_effet="2015-01-01"),
        "Total de ces jours : 18,60 €.",
    ),
    "sa commune": (
        lambda foyer: deposer(foyer, "responsable", code_postal="31000", ville="Toulouse"),
        "Total de ces jours : 28,80 €.",
    ),
    "l’âge de l’enfant": (
        lambda foyer: deposer(foyer, "identite", foyer.enfants[0], date_naissance="2014-12-01"),
        "Cette prestation accueille dès 3 ans. Refusez ce jour, ou toute la demande.",
    ),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("jeudi_2_avril")
@pytest.mark.parametrize(("changement", "dit"), CE_QUI_CHANGE.values(), ids=CE_QUI_CHANGE)
def test_elles_disent_et_font_ce_que_chacune_ferait_seule(dupont, mercredis_payants, directrice, changement, dit):
    premiere = demander(dupont, mercredis_payants, MAI[:1])
    demandes = [premiere, changement(dupont), demander(dupont, mercredis_payants, MAI[1:])]
    seules = tout_accepter(demandes, directrice, ensemble=False)
    assert tout_accepter(demandes, directrice, ensemble=True) == seules
    assert dit in "\n".join(str(mot) for fait in seules for mot in fait).replace("\u00a0", " ")


@pytest.mark.django_db
@pytest.mark.usefixtures("jeudi_2_avril")
def test_reserver_puis_s_absenter_se_lit_comme_l_un_apres_l_autre(dupont, mercredis_payants, directrice):
    accepter_telle_quelle(demander(dupont, mercredis_payants, MAI), par=directrice)
    demandes = [declarer_absent(dupont, mercredis_payants, [jour]) for jour in MAI]
    seules = tout_accepter(demandes, directrice, ensemble=False)
    assert tout_accepter(demandes, directrice, ensemble=True) == seules
    assert [fait[1] for fait in seules if fait[0] in MAI] == ["absent_excuse"] * 3


@pytest.mark.django_db
@pytest.mark.usefixtures("jeudi_2_avril")
def test_ce_que_l_une_refuse_n_arrete_pas_les_autres(dupont, martin, mercredis, agent):
    detachee, decidee = demander(dupont, mercredis, MAI[:1]), changer_de_mobile(dupont)
    bonne = changer_de_mobile(martin)
    accepter_telle_quelle(decidee, par=agent)
    Demande.objects.filter(pk=detachee.pk).update(enfant=martin.enfants[0])
    detachee.refresh_from_db()
    with Demande.objects.decider_ensemble([detachee, bonne, decidee]):
        with pytest.raises(NeTientPlus, match="rattaché"):
            accepter_telle_quelle(detachee, par=agent)
        with pytest.raises(DejaDecidee):
            accepter_telle_quelle(decidee, par=agent)
        accepter_telle_quelle(bonne, par=agent)
    assert set(Demande.objects.acceptees()) == {bonne, decidee}
    # Each is its own again.
    assert {demande.lot for demande in (detachee, bonne, decidee, Demande.objects.get(pk=bonne.pk))} == {SEULE}
    detachee.refuser(par=agent, motif="Non.")
    assert Decision.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("jeudi_2_avril")
@pytest.mark.parametrize("tenue", ["demande", "famille", "enfant"])
def test_qui_decide_ensemble_attend_que_tout_soit_libre(dupont, mercredis, agent, tenue):
    demandes = [demander(dupont, mercredis, [jour]) for jour in MAI]
    libre = {"demande": demandes[2], "famille": dupont.famille, "enfant": dupont.enfants[0]}[tenue]

    def decider() -> None:
        relues = [Demande.objects.get(pk=demande.pk) for demande in demandes]
        with Demande.objects.decider_ensemble(relues):
            for demande in relues:
                accepter_telle_quelle(demande, par=agent)

    attendre_son_tour(libre, decider)
    assert Demande.objects.acceptees().count() == 3
