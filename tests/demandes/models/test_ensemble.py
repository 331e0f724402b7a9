"""Several requests decided together: what each does and says is what it would do and say decided alone."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Model

from courriels.models import Courriel
from demandes.erreurs import DejaDecidee, NeTientPlus, RefusDemande
from demandes.models import Decision, Demande, Piece
from demandes.models.lot import SEULE
from famille.models import Compte, Famille
from messagerie.models import Fil, Message
from planning.models import Inscription, Reservation
from socle.fichiers.examen import Fichier, TypeMime
from tests.attente import attendre_que, attendre_son_tour, passer_sans_attendre
from tests.demandes.jours import codes, declarer_absent, demander
from tests.demandes.outils import PDF, accepter_telle_quelle, changer_de_mobile, deposer
from tests.fabriques import EnfantFactory
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
    """One whose child has gone, two that are decided, one that is no more; and nothing waits for the Martins."""
    detachee, bonne = demander(dupont, mercredis, MAI[:1]), deposer(dupont, "conjoint", profession="Infirmière")
    decidees = [changer_de_mobile(dupont), changer_de_mobile(martin)]
    effacee = deposer(dupont, "caf", numero_allocataire="7654321")
    for decidee in decidees:
        accepter_telle_quelle(decidee, par=agent)
    Demande.objects.filter(pk=detachee.pk).update(enfant=martin.enfants[0])
    Demande.objects.filter(pk=effacee.pk).delete()
    detachee.refresh_from_db()
    toutes = [detachee, effacee, bonne, *decidees]
    with Demande.objects.decider_ensemble(toutes):
        with pytest.raises(NeTientPlus, match="rattaché"):
            accepter_telle_quelle(detachee, par=agent)
        with pytest.raises(Demande.DoesNotExist):
            accepter_telle_quelle(effacee, par=agent)
        for decidee in decidees:
            with pytest.raises(DejaDecidee):
                accepter_telle_quelle(decidee, par=agent)
        lue = accepter_telle_quelle(bonne, par=agent).demande
    assert set(Demande.objects.acceptees()) == {bonne, *decidees}
    # Each is its own again.
    assert {demande.lot for demande in (*toutes, lue)} == {SEULE}
    detachee.refuser(par=agent, motif="Non.")
    assert Decision.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.usefixtures("jeudi_2_avril")
@pytest.mark.parametrize("autre", ["famille", "enfant"])
def test_les_jours_d_un_frere_ou_de_l_autre_famille_ne_se_decident_pas(
    dupont, martin, mercredis_payants, mercredi, agent, directrice, autre
):
    """Of a child of two familles, or of two children of one: the request of one that would name the other's days."""
    frere = EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Tom", date_naissance=date(2008, 1, 1))
    martin.famille.rattachements.create(enfant=dupont.enfants[0])
    enfant, famille = {"famille": (dupont.enfants[0], martin.famille), "enfant": (frere, dupont.famille)}[autre]
    la = Inscription.objects.inscrire(enfant, mercredi, famille, du=date(2014, 9, 1), par=agent)
    demandes = [demander(dupont, mercredis_payants, MAI), deposer(dupont, "regime", frere, regime="vegetarien")]
    Demande.objects.filter(pk=demandes[0].pk).update(donnees=demandes[0].donnees | {"jours": codes(la, MAI)})
    seules = tout_accepter(demandes, directrice, ensemble=False)
    assert tout_accepter(demandes, directrice, ensemble=True) == seules
    assert "ne tient plus" in seules[0][1]


@pytest.mark.django_db
@pytest.mark.usefixtures("jeudi_2_avril")
def test_chacune_lit_ses_inscriptions_et_le_calendrier_ne_sert_qu_aux_decisions(
    dupont, mercredis, apres_midi, garderie, inscrire
):
    ici, la = demander(dupont, mercredis, MAI[:1]), demander(dupont, inscrire(apres_midi), MAI[1:])
    decidee = demander(dupont, inscrire(garderie), MAI)
    parts = decidee.contenu().parts_de(decidee)
    with Demande.objects.decider_ensemble([ici, la, decidee]):
        assert decidee.contenu().parts_de(decidee) == parts
        [inscription] = ici.contenu().planning.inscriptions({mercredis.pk})
        assert inscription.tenue is not None
    assert (inscription, inscription.tenue) == (mercredis, None)


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


@pytest.mark.django_db(transaction=True)
def test_qui_decide_ensemble_prend_demandes_puis_familles_dans_un_ordre_et_ne_retient_qu_elles(dupont, martin, agent):
    """The order of the keys, whatever the lists say: two who decide some of the same ones do not block each other."""
    premiere, seconde = changer_de_mobile(dupont), changer_de_mobile(martin)
    Famille.objects.filter(pk=dupont.famille.pk).update(numero="9999999999999")

    def decider(*demandes: Demande) -> None:
        with Demande.objects.decider_ensemble(demandes):
            pass

    def libre(ligne: Model) -> None:
        type(ligne).objects.select_for_update(nowait=True).get(pk=ligne.pk)

    ensemble = partial(decider, seconde, premiere)
    attendre_que(partial(libre, premiere), ensemble, pendant=partial(libre, seconde))
    attendre_que(partial(libre, dupont.famille), ensemble, pendant=partial(libre, martin.famille))

    def vivre() -> None:
        """What happens meanwhile: a message to the famille, a paper joined, and the other famille's own request."""
        Fil.objects.create(famille=dupont.famille, sujet="Votre demande")
        piece = Piece.depuis(Fichier("certificat.pdf", TypeMime.PDF, PDF))
        piece.demande = premiere
        piece.save()
        seconde.refuser(par=agent, motif="Numéro incomplet.")

    passer_sans_attendre(lambda: decider(premiere), vivre)
    assert Demande.objects.en_attente().get() == premiere
