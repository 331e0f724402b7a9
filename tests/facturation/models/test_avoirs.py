"""What an avoir says and does: its line, its reason, what it frees; and the state in which it leaves its invoice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from facturation.erreurs import MontantRefuse
from facturation.models import Facture, Ligne, Reglement
from facturation.models.facture import EtatFacture
from facturation.prix.grille import Nature, Unite
from tests.facturation import fabriques
from tests.facturation.fabriques import RegieFactory

AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
LE = date(2015, 4, 8)


@pytest.fixture
def facture(regie, dupont) -> Facture:
    return fabriques.facture(regie, dupont.famille, "40.00", *AVRIL)


def payer(facture: Facture, montant: str) -> Reglement:
    return Reglement.objects.enregistrer(facture.famille, facture.regie, Decimal(montant), "cheque", le=LE, par=None)


def test_un_avoir_a_une_ligne_qui_dit_pourquoi(facture, regisseur):
    avoir = facture.etablir_avoir(Decimal("15.00"), motif="  Geste  ", le=LE, par=regisseur)
    (ligne,) = avoir.lignes.all()
    assert (ligne.libelle.strip(), ligne.quantite, ligne.prix_unitaire, ligne.montant) == (
        *("Geste", 1),
        *(Decimal("-15.00"), Decimal("-15.00")),
    )
    assert (avoir.motif, avoir.montant, avoir.date, avoir.par) == ("Geste", Decimal("15.00"), LE, regisseur)
    assert (avoir.facture, avoir.famille, avoir.regie, avoir.campagne, avoir.resident) == (
        *(facture, facture.famille, facture.regie),
        *(None, None),
    )


@pytest.mark.parametrize("montant", ["0.00", "-1.00", "40.01", "1.005"])
def test_un_avoir_impossible_dit_jusqu_ou_il_va(facture, montant):
    with pytest.raises(MontantRefuse) as refus:
        facture.etablir_avoir(Decimal(montant), motif="Geste", le=LE, par=None)
    assert str(refus.value).replace("\u00a0", " ") == "Un avoir sur AL-1 va de 0,01 € à 40,00 €."
    assert facture.reste_a_rendre() == Decimal("40.00")


def test_un_avoir_va_jusqu_au_dernier_centime_et_pas_au_dela(facture):
    facture.etablir_avoir(Decimal("39.99"), motif="Geste", le=LE, par=None)
    assert facture.etablir_avoir(Decimal("0.01"), motif="Geste", le=LE, par=None).montant == Decimal("0.01")
    assert facture.reste_a_rendre() == 0


def test_une_facture_rendue_en_entier_le_dit(facture):
    facture.etablir_avoir(Decimal("40.00"), motif="Geste", le=LE, par=None)
    with pytest.raises(MontantRefuse) as refus:
        facture.etablir_avoir(Decimal("0.01"), motif="Geste", le=LE, par=None)
    assert str(refus.value) == "AL-1 est déjà rendue en entier\u00a0: il n’y a plus rien à rendre."


def test_une_ligne_reprise_est_la_meme_au_dessous_de_zero(dupont):
    ligne = Ligne(
        enfant=dupont.enfants[0],
        nature=Nature.RESERVATION,
        enfant_nom="Léa",
        libelle="Garderie matin",
        explication="Tranche 1",
        jours=[LE, LE + timedelta(days=1)],
        quantites=[Decimal("0.50"), Decimal("1.00")],
        minutes=[30, 60],
        quantite=Decimal("1.50"),
        unite=Unite.HEURE,
        prix_unitaire=Decimal("2.00"),
        montant=Decimal("3.00"),
    )
    reprise = ligne.inverse()
    assert (reprise.quantites, reprise.minutes) == ([Decimal("-0.50"), Decimal("-1.00")], [-30, -60])
    assert (reprise.quantite, reprise.prix_unitaire, reprise.montant) == (
        *(Decimal("-1.50"), Decimal("2.00")),
        Decimal("-3.00"),
    )
    assert (reprise.est_regularisation, ligne.est_regularisation) == (True, False)
    assert [reprise.enfant, reprise.libelle, reprise.jours] == [ligne.enfant, ligne.libelle, ligne.jours]
    assert (ligne.quantite_dite, reprise.quantite_dite) == ("1\u00a0h\u00a030", "−1\u00a0h\u00a030")
    ligne.minutes = None
    assert (ligne.inverse().minutes, ligne.quantite_dite) == (None, "1\u00a0h\u00a030")
    assert Ligne(libelle="Geste", quantite=1).quantite_dite == ""


def test_ce_qui_avait_ete_trop_paye_revient_au_dernier_reglement_d_abord(facture):
    premier, second = payer(facture, "25.00"), payer(facture, "15.00")
    facture.etablir_avoir(Decimal("20.00"), motif="Geste", le=LE, par=None)
    assert [str(recu.reste_au_credit) for recu in (premier, second)] == ["5.00", "15.00"]
    assert facture.montant_paye() == Decimal("20.00")
    assert facture.reste_a_payer() == 0


def test_ce_que_le_dernier_reglement_suffit_a_rendre_ne_se_prend_pas_au_premier(facture):
    premier, second = payer(facture, "25.00"), payer(facture, "15.00")
    facture.etablir_avoir(Decimal("15.00"), motif="Geste", le=LE, par=None)
    assert [str(recu.reste_au_credit) for recu in (premier, second)] == ["0.00", "15.00"]
    assert facture.montant_paye() == Decimal("25.00")
    assert [recu.affectations.count() for recu in (premier, second)] == [1, 2]


def test_un_petit_reglement_rend_aussi_ce_qu_il_avait_mis(facture):
    payer(facture, "39.50")
    dernier = payer(facture, "0.50")
    facture.etablir_avoir(Decimal("0.50"), motif="Geste", le=LE, par=None)
    assert list(Reglement.objects.en_credit()) == [dernier]


def test_un_centime_de_trop_revient_comme_le_reste(facture):
    recu = payer(facture, "40.00")
    facture.etablir_avoir(Decimal("0.01"), motif="Geste", le=LE, par=None)
    assert (str(recu.reste_au_credit), facture.reste_a_payer()) == ("0.01", 0)


def test_un_avoir_sur_ce_qui_n_est_pas_paye_ne_libere_rien(facture):
    recu = payer(facture, "10.00")
    facture.etablir_avoir(Decimal("30.00"), motif="Geste", le=LE, par=None)
    assert (facture.reste_a_payer(), recu.reste_au_credit) == (0, 0)
    assert recu.affectations.count() == 1


@pytest.mark.parametrize(
    ("paye", "jour", "etat"),
    [
        ("39.50", AVRIL[0], EtatFacture.A_REGLER),
        ("40.00", AVRIL[0], EtatFacture.REGLEE),
        ("40.00", date(2030, 1, 1), EtatFacture.REGLEE),
    ],
)
def test_une_facture_est_reglee_quand_il_n_en_reste_rien(facture, paye, jour, etat):
    payer(facture, paye)
    assert Facture.objects.avec_reste().get().etat_au(jour) == etat


def test_une_facture_est_en_retard_le_lendemain_de_son_echeance(facture):
    lue = Facture.objects.avec_reste().get()
    etats = [lue.etat_au(lue.echeance + timedelta(days=n)) for n in (-1, 0, 1)]
    assert etats == [EtatFacture.A_REGLER, EtatFacture.A_REGLER, EtatFacture.EN_RETARD]
    lue.est_annulee = True
    assert lue.etat_au(lue.echeance) == EtatFacture.ANNULEE


def test_ce_qu_un_reglement_paie_est_de_sa_famille_de_sa_regie_et_par_ordre_de_date(regie, dupont, martin, facture):
    ancienne = fabriques.facture(
        regie, dupont.famille, "5.00", date(2015, 2, 1), date(2015, 2, 28), le=date(2015, 3, 1)
    )
    fabriques.facture(regie, martin.famille, "10.00", *AVRIL)
    fabriques.facture(RegieFactory(code="RS", nom="Régie restauration"), dupont.famille, "10.00", *AVRIL)
    assert list(Facture.objects.dues(dupont.famille.pk, regie.pk)) == [ancienne, facture]
