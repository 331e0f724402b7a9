"""Whole dossiers go two years after their last use, unless something keeps them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import Facture, Ligne, Reglement
from famille.models import Compte, Enfant, Famille, FicheSanitaire, Responsable
from messagerie.envois.lancement import lancer
from messagerie.models import Destination
from planning.models import Inscription, Reservation
from tests import fabriques
from tests.distribution import Foyer
from tests.facturation.fabriques import RegieFactory, facture
from tests.messagerie.fabriques import preparer
from tests.portail.conservation.outils import DE_JUSTESSE, PASSE, inscrire, un_fil, une_demande, vieillir


def test_un_dossier_qui_ne_sert_plus_part_tout_entier(dupont, martin, agent, purger):
    inscrire(dupont, agent, au=date(2013, 1, 31))
    une_demande(dupont, datetime(2013, 3, 1, tzinfo=UTC), agent)
    un_fil(dupont, PASSE, agent)
    vieillir(dupont)
    purger()
    assert Famille.objects.get() == martin.famille
    assert Responsable.objects.get() == martin.titulaire
    assert Enfant.objects.get() == martin.enfants[0]
    assert set(Compte.objects.values_list("identifiant", flat=True)) == {"martin", "agent"}
    assert (Inscription.objects.count(), Reservation.objects.count(), FicheSanitaire.objects.count()) == (0, 0, 1)


def _inscription_sans_fin(foyer: Foyer, agent: Compte) -> None:
    inscrire(foyer, agent, au=None)


def _reservation_recente(foyer: Foyer, agent: Compte) -> None:
    """On the last day of an inscription."""
    inscription = inscrire(foyer, agent, au=DE_JUSTESSE.date())
    inscription.reservations.update(jour=DE_JUSTESSE.date())


def _demande_en_attente(foyer: Foyer, agent: Compte) -> None:
    une_demande(foyer, None, agent)


def _demande_recente(foyer: Foyer, agent: Compte) -> None:
    une_demande(foyer, DE_JUSTESSE, agent)


def _fil_en_attente(foyer: Foyer, agent: Compte) -> None:
    un_fil(foyer, datetime(2009, 1, 5, tzinfo=UTC), agent, repondu=False)


def _fil_recent(foyer: Foyer, agent: Compte) -> None:
    un_fil(foyer, DE_JUSTESSE, agent)


def _connexion_recente(foyer: Foyer, agent: Compte) -> None:
    Compte.objects.filter(pk=foyer.compte.pk).update(last_login=DE_JUSTESSE)


def _quotient_recent(foyer: Foyer, agent: Compte) -> None:
    foyer.famille.quotients.update(date_effet=DE_JUSTESSE.date())


def _dossier_recent(foyer: Foyer, agent: Compte) -> None:
    Famille.objects.filter(pk=foyer.famille.pk).update(creee_le=DE_JUSTESSE)


@pytest.mark.parametrize(
    "signe",
    [
        _inscription_sans_fin,
        _reservation_recente,
        _demande_en_attente,
        _demande_recente,
        _fil_en_attente,
        _fil_recent,
        _connexion_recente,
        _quotient_recent,
        _dossier_recent,
    ],
)
def test_un_seul_signe_de_vie_garde_le_dossier(dupont, agent, purger, signe):
    vieillir(dupont)
    signe(dupont, agent)
    purger()
    assert Famille.objects.get() == dupont.famille
    assert (Responsable.objects.count(), Enfant.objects.count()) == (2, 1)


@pytest.fixture
def ecrire_a_toutes(agent, django_capture_on_commit_callbacks):
    def ecrire_a_toutes() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            lancer(preparer(agent), par=agent, attendues=Famille.objects.count())

    return ecrire_a_toutes


def test_un_message_du_centre_a_toutes_les_familles_ne_garde_pas_les_dossiers(dupont, martin, ecrire_a_toutes, purger):
    vieillir(dupont)
    ecrire_a_toutes()
    assert Destination.objects.filter(famille=dupont.famille, fil__isnull=False).exists()
    purger()
    assert Famille.objects.get() == martin.famille


def test_la_reponse_d_une_famille_a_un_message_a_toutes_garde_son_dossier(dupont, ecrire_a_toutes, purger):
    vieillir(dupont)
    ecrire_a_toutes()
    fil = dupont.famille.fils.get()
    fil.completer("Merci.", par=dupont.titulaire)
    fil.classer()
    purger()
    assert Famille.objects.get() == dupont.famille


@pytest.mark.parametrize(
    ("le", "raison"),
    [
        (date(2012, 12, 1), "qui ont une facture ou un règlement de moins de dix ans"),
        (date(2004, 12, 1), "qui n’ont que des opérations de plus de dix ans"),
    ],
)
def test_l_argent_garde_le_dossier_mais_non_la_sante(dupont, agent, purger, le, raison):
    inscrire(dupont, agent, au=date(2013, 1, 31))
    due = facture(RegieFactory(), dupont.famille, "10.00", le, le, le=le)
    Reglement.objects.enregistrer(dupont.famille, due.regie, Decimal("10.00"), "cheque", le=le, par=None)
    vieillir(dupont)
    assert f"1, {raison}" in purger()
    assert (Facture.objects.count(), Ligne.objects.count(), Reglement.objects.count()) == (1, 1, 1)
    assert (Responsable.objects.count(), Enfant.objects.count(), Reservation.objects.count()) == (2, 1, 1)
    assert FicheSanitaire.objects.count() == 0


def test_la_sante_d_un_enfant_jamais_inscrit_part_avec_un_dossier_que_l_argent_retient(dupont, purger):
    facture(RegieFactory(), dupont.famille, "10.00", date(2012, 12, 1), date(2012, 12, 31), le=date(2012, 12, 31))
    vieillir(dupont)
    purger()
    assert (Famille.objects.count(), FicheSanitaire.objects.count()) == (1, 0)


def test_l_autre_famille_garde_l_enfant_et_ce_qu_elle_en_a_demande(dupont, martin, agent, purger):
    """Neither household books any more; the other one wrote last month."""
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    un_fil(martin, datetime(2015, 3, 2, tzinfo=UTC), agent)
    inscrire(dupont, agent, au=date(2013, 1, 31))
    vieillir(dupont)
    purger()
    assert Famille.objects.get() == martin.famille
    assert lea.familles.get() == martin.famille
    assert lea.tiers.count() == 1


def test_un_enfant_cite_sur_la_facture_d_une_autre_famille_reste(dupont, martin, purger):
    """It was theirs too, once."""
    lea, regie, le = dupont.enfants[0], RegieFactory(), date(2012, 12, 1)
    ligne = Ligne(enfant=lea, libelle="Accueil", quantite=1, prix_unitaire=Decimal(10), montant=Decimal(10))
    LotDeFactures(regie=regie, du=le, au=le, le=le, par=None).emettre([FactureAEmettre(martin.famille.pk, [ligne])])
    vieillir(dupont)
    purger()
    assert Famille.objects.get() == martin.famille
    assert Enfant.objects.filter(pk=lea.pk).exists()


def test_le_compte_d_un_agent_qui_est_aussi_parent_reste(dupont, purger):
    Compte.objects.filter(pk=dupont.compte.pk).update(is_staff=True)
    vieillir(dupont)
    purger()
    assert Famille.objects.count() == 0
    assert Compte.objects.get().identifiant == "dupont"


def test_un_dossier_qu_une_ligne_imprevue_retient_reste_entier_et_les_autres_partent(dupont, martin, agent, purger):
    """A parent who was an agent has launched mailings: the login is held, so the whole dossier is."""
    preparer(dupont.compte)
    vieillir(dupont)
    vieillir(martin)
    purger()
    assert Famille.objects.get() == dupont.famille
    assert (Responsable.objects.count(), Enfant.objects.count()) == (2, 1)
