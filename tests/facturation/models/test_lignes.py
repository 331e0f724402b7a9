"""Which lines are those of a child: its own, and those of a record that was merged into its own."""

from datetime import date
from decimal import Decimal

from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import Ligne, TrancheDeTarif
from tests import fabriques
from tests.facturation.fabriques import RegieFactory

AVRIL, LE = (date(2015, 4, 1), date(2015, 4, 28)), date(2015, 4, 8)


def test_les_lignes_d_un_enfant_sont_les_siennes_et_celles_de_sa_fiche_en_double(dupont):
    lea = dupont.enfants[0]
    double = fabriques.EnfantFactory(famille=dupont.famille, fondu_dans=lea)
    frere = fabriques.EnfantFactory(famille=dupont.famille)
    for rang, enfant in enumerate((lea, double, frere), start=1):
        _facturer(dupont, enfant, rang)
    assert [ligne.enfant for ligne in Ligne.objects.d_un_enfant(lea.pk)] == [lea, double]
    assert [ligne.enfant for ligne in Ligne.objects.d_un_enfant(lea.pk, frere.pk)] == [lea, double, frere]
    assert [ligne.enfant for ligne in Ligne.objects.d_un_enfant(double.pk)] == [double]


def _facturer(foyer, enfant, mois: int) -> None:
    somme = Decimal("1.00")
    ligne = Ligne(libelle="Garderie", enfant=enfant, quantite=1, prix_unitaire=somme, montant=somme)
    du, au = (jour.replace(month=mois) for jour in AVRIL)
    lot = LotDeFactures(regie=RegieFactory(), du=du, au=au, le=LE, par=None)
    lot.emettre([FactureAEmettre(foyer.famille.pk, [ligne])])


def test_une_tranche_dit_jusqu_a_quel_qf_elle_va():
    assert [str(TrancheDeTarif(qf_max=qf_max)) for qf_max in (800, None)] == ["Jusqu’à 800", "Au-delà"]
