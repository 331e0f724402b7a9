"""Invoices that leave together: their numbers, their envelopes, and what was paid before."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from courriels.models import Courriel
from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import Facture, Ligne, Regie, Reglement
from facturation.papiers import taches
from famille.models import Famille, Responsable
from tests.attente import attendre_son_tour
from tests.fabriques import ResponsableFactory
from tests.facturation import fabriques
from tests.facturation.ville import LE, NOVEMBRE, OCTOBRE, foyer

LE_2 = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def le_2_novembre():
    with time_machine.travel(LE, tick=False):
        yield


def prevue(famille: Famille, montant: str) -> FactureAEmettre:
    somme = Decimal(montant)
    return FactureAEmettre(famille.pk, [Ligne(libelle="Repas", quantite=1, prix_unitaire=somme, montant=somme)])


def emettre(regie: Regie, *prevues: FactureAEmettre) -> list[Facture]:
    lot = LotDeFactures(regie=regie, du=OCTOBRE[0], au=OCTOBRE[1], le=LE_2, par=None)
    return lot.emettre(prevues)


def payer(famille: Famille, regie: Regie, montant: str) -> None:
    Reglement.objects.enregistrer(famille, regie, Decimal(montant), "cheque", le=LE_2, par=None)


def test_les_numeros_suivent_les_familles_dans_quelque_ordre_qu_on_les_donne(regie):
    familles = [foyer(prenom)[0] for prenom in ("Zoé", "Ali", "Nina")]
    emettre(regie, *(prevue(famille, "10.00") for famille in reversed(familles)))
    factures = Facture.objects.order_by("numero")
    assert [facture.famille for facture in factures] == familles
    assert [ligne.facture.famille for ligne in Ligne.objects.order_by("pk")] == familles


def test_une_facture_est_d_un_resident_si_personne_ne_dit_le_contraire(regie):
    assert emettre(regie, prevue(foyer()[0], "10.00"))[0].resident


def test_un_lot_vide_ne_prend_aucun_numero(regie):
    assert emettre(regie) == []
    assert emettre(regie, prevue(foyer()[0], "10.00"))[0].numero == 1


def test_l_enveloppe_est_au_nom_du_titulaire(regie):
    famille, _ = foyer()
    ResponsableFactory(famille=famille, role=Responsable.Role.CONJOINT, nom="CONJOINT", ville="Toulouse")
    (facture,) = emettre(regie, prevue(famille, "10.00"))
    assert facture.payeur.splitlines() == ["Claude PETIT", "1 rue des Lilas", "31400 SAINT JEAN"]


def test_sans_titulaire_l_enveloppe_n_a_pas_de_nom(regie):
    famille, _ = foyer()
    famille.responsables.all().delete()
    assert emettre(regie, prevue(famille, "10.00"))[0].payeur == ""


@pytest.mark.parametrize(("paye", "avance", "reste"), [("4.00", "7.00", "3.00"), ("30.00", "10.00", "0.00")])
def test_ce_qui_est_sur_le_compte_paie_la_facture_et_s_y_lit(regie, paye, avance, reste):
    """Two payments are on the account; what one famille has paid pays for nobody else."""
    famille, autre = foyer()[0], foyer("Ali")[0]
    payer(famille, regie, "3.00")
    payer(famille, regie, paye)
    siennes, autres = emettre(regie, prevue(famille, "10.00"), prevue(autre, "10.00"))
    assert (siennes.avance, siennes.reste_a_payer()) == (Decimal(avance), Decimal(reste))
    assert (autres.avance, autres.reste_a_payer()) == (0, Decimal("10.00"))


def test_ce_qui_attendait_sur_le_compte_paie_d_abord_ce_qui_etait_du(regie):
    """A payment that nobody has allocated: the invoice due takes its part before the new one says what is advanced."""
    famille, _ = foyer()
    due = fabriques.facture(regie, famille, "4.00", *NOVEMBRE, le=LE_2)
    Reglement.objects.create(regie=regie, numero=1, famille=famille, montant=Decimal(10), mode="cheque", date=LE_2)
    (facture,) = emettre(regie, prevue(famille, "10.00"))
    assert (due.reste_a_payer(), facture.avance, facture.reste_a_payer()) == (0, Decimal("6.00"), Decimal("4.00"))


def test_ce_qui_est_paye_a_une_autre_regie_ne_paie_rien_ici(regie):
    famille, _ = foyer()
    payer(famille, fabriques.RegieFactory(code="CQ", numcli="012346"), "10.00")
    (facture,) = emettre(regie, prevue(famille, "10.00"))
    assert (facture.avance, facture.reste_a_payer()) == (0, Decimal("10.00"))


def test_chaque_facture_est_dessinee_et_annoncee(regie, monkeypatch, django_capture_on_commit_callbacks):
    dessinees = []
    monkeypatch.setattr(taches, "rendre", lambda factures: dessinees.extend(factures) or 0)
    with django_capture_on_commit_callbacks(execute=True):
        (facture,) = emettre(regie, prevue(foyer()[0], "10.00"))
    assert dessinees == [facture.pk]
    assert Courriel.objects.filter(sujet=f"Votre facture {facture.reference} est prête").exists()


@pytest.mark.django_db(transaction=True)
def test_un_lot_qui_echoue_ne_laisse_ni_facture_ni_numero(sans_pdf):
    """The second invoice meets one that the famille has already over these days."""
    regie = fabriques.RegieFactory()
    deja, autre = foyer("Ali")[0], foyer()[0]
    fabriques.facture(regie, deja, "5.00", date(2026, 10, 15), NOVEMBRE[0], le=LE_2)
    with pytest.raises(Exception, match="une_facture_par_regie_famille_periode"):
        emettre(regie, prevue(autre, "10.00"), prevue(deja, "10.00"))
    assert Facture.objects.count() == 1
    assert emettre(regie, prevue(autre, "10.00"))[0].numero == 2


@pytest.mark.django_db(transaction=True)
def test_qui_emet_un_lot_attend_que_ses_familles_soient_libres(sans_pdf):
    regie, famille = fabriques.RegieFactory(), foyer()[0]
    attendre_son_tour(famille, lambda: emettre(regie, prevue(famille, "10.00")))
    assert Facture.objects.count() == 1
