"""Payments: allocation, credit, cancellation; avoirs; and the balance that follows from them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facturation.compte.solde import solde
from facturation.erreurs import AutreRegie, DejaAnnule, MontantRefuse
from facturation.models import Facture, Reglement
from tests.facturation import fabriques
from tests.facturation.fabriques import RegieFactory

AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
MARS = (date(2015, 3, 1), date(2015, 3, 31))
LE = date(2015, 4, 8)
CHEQUE = Reglement.Mode.CHEQUE


def payer(foyer, regie, montant: str, **options) -> Reglement:
    return Reglement.objects.enregistrer(foyer.famille, regie, Decimal(montant), CHEQUE, le=LE, par=None, **options)


def restes(*factures: Facture) -> list[str]:
    return [str(facture.reste_a_payer()) for facture in factures]


@pytest.fixture
def mars_et_avril(regie, dupont) -> tuple[Facture, Facture]:
    mars = fabriques.facture(regie, dupont.famille, "40.00", *MARS, le=date(2015, 4, 1))
    return mars, fabriques.facture(regie, dupont.famille, "60.00", *AVRIL, le=date(2015, 5, 1))


def test_un_reglement_paie_la_plus_ancienne_facture_d_abord(regie, dupont, mars_et_avril):
    payer(dupont, regie, "55.00")
    assert restes(*mars_et_avril) == ["0.00", "45.00"]


def test_un_centime_qui_reste_est_du(regie, dupont, mars_et_avril):
    payer(dupont, regie, "99.99")
    assert restes(*mars_et_avril) == ["0.00", "0.01"]
    assert list(Facture.objects.impayees()) == [mars_et_avril[1]]
    payer(dupont, regie, "0.01")
    assert not Facture.objects.impayees().exists()


def test_on_peut_choisir_la_facture_que_l_on_paie(regie, dupont, mars_et_avril):
    payer(dupont, regie, "55.00", factures=[mars_et_avril[1]])
    assert restes(*mars_et_avril) == ["40.00", "5.00"]


def test_la_facture_d_une_autre_famille_ne_se_choisit_pas(regie, dupont, martin, mars_et_avril):
    reglement = payer(martin, regie, "55.00", factures=[mars_et_avril[1]])
    assert restes(*mars_et_avril) == ["40.00", "60.00"]
    assert not reglement.affectations.exists()


def test_ce_qui_depasse_reste_sur_le_compte_et_paie_la_facture_suivante(regie, dupont, mars_et_avril):
    payer(dupont, regie, "130.00")
    assert restes(*mars_et_avril) == ["0.00", "0.00"]
    assert solde(dupont.famille) == Decimal("-30.00")
    mai = fabriques.facture(regie, dupont.famille, "50.00", date(2015, 5, 1), date(2015, 5, 31), le=date(2015, 6, 1))
    assert (mai.avance, mai.net_a_payer) == (Decimal("30.00"), Decimal("20.00"))
    assert restes(mai) == ["20.00"]
    assert solde(dupont.famille) == Decimal("20.00")


def test_le_credit_d_une_regie_ne_paie_pas_une_autre_regie(regie, dupont):
    payer(dupont, regie, "30.00")
    autre = fabriques.facture(RegieFactory(code="RS", nom="Régie restauration"), dupont.famille, "10.00", *AVRIL)
    assert restes(autre) == ["10.00"]


def test_un_reglement_annule_est_une_operation_inverse_avec_son_motif(regie, dupont, regisseur, mars_et_avril):
    reglement = payer(dupont, regie, "100.00")
    inverse = reglement.annuler(motif="Chèque sans provision", le=date(2015, 4, 20), par=regisseur)
    assert (inverse.montant, inverse.motif, inverse.numero) == (
        Decimal("-100.00"),
        "Chèque sans provision",
        reglement.numero + 1,
    )
    assert restes(*mars_et_avril) == ["40.00", "60.00"]
    assert solde(dupont.famille) == Decimal("100.00")


def test_seul_un_reglement_qui_tient_a_un_recu_si_petit_soit_il(regie, dupont):
    annule, tenu = payer(dupont, regie, "10.00"), payer(dupont, regie, "0.01")
    inverse = annule.annuler(motif="Erreur", le=LE, par=None)
    assert list(Reglement.objects.recevables()) == [tenu]
    relus = {recu.pk: recu for recu in Reglement.objects.all()}
    assert [relus[recu.pk].est_valable for recu in (annule, inverse, tenu)] == [False, False, True]
    assert [relus[recu.pk].est_annulation for recu in (annule, inverse, tenu)] == [False, True, False]
    assert [relus[recu.pk].description for recu in (annule, inverse)] == [
        "Règlement\u00a0: Chèque",
        "Annulation de règlement\u00a0: Erreur",
    ]


@pytest.mark.parametrize(
    ("change", "semblable"),
    [
        ({}, True),
        ({"date": date(2015, 5, 1)}, True),
        ({"date": date(2015, 5, 1), "precision": "  chq 12 "}, True),
        ({"precision": "CHQ 13"}, False),
        ({"precision": ""}, False),
        ({"date": date(2015, 5, 1), "precision": "  "}, False),
        ({"montant": Decimal("10.01")}, False),
        ({"mode": Reglement.Mode.ESPECES}, False),
    ],
)
def test_le_meme_cheque_deux_fois_se_reconnait(regie, dupont, martin, change, semblable):
    recu = payer(dupont, regie, "10.00", precision="CHQ 12")
    champs = {"famille": dupont.famille, "regie": regie, "montant": recu.montant, "mode": CHEQUE, "date": LE}
    saisi = Reglement(**(champs | {"precision": "CHQ 12"} | change))
    assert list(saisi.semblables()) == ([recu] if semblable else [])
    saisi.famille = martin.famille
    assert not saisi.semblables().exists()
    saisi.famille, saisi.regie = dupont.famille, RegieFactory(code="RS", nom="Régie restauration")
    assert not saisi.semblables().exists()


def test_sans_numero_deux_reglements_semblables_sont_du_meme_jour(regie, dupont):
    recu = payer(dupont, regie, "10.00")
    champs = {"famille": dupont.famille, "regie": regie, "montant": recu.montant, "mode": CHEQUE}
    assert list(Reglement(**champs, date=LE).semblables()) == [recu]
    for precision in ("", "  "):
        assert not Reglement(**champs, date=date(2015, 5, 1), precision=precision).semblables().exists()
    recu.annuler(motif="Erreur", le=LE, par=None)
    assert not Reglement(**champs, date=LE).semblables().exists()


def test_une_annulation_garde_le_mode_et_dit_qui_et_pourquoi(regie, dupont, regisseur):
    recu = payer(dupont, regie, "10.00")
    with pytest.raises(MontantRefuse) as refus:
        recu.annuler(motif=" ", le=LE, par=regisseur)
    assert str(refus.value) == "Dites pourquoi ce règlement est annulé."
    inverse = recu.annuler(motif="  Erreur ", le=date(2015, 4, 9), par=regisseur)
    assert (inverse.mode, inverse.motif, inverse.date, inverse.par) == (CHEQUE, "Erreur", date(2015, 4, 9), regisseur)
    assert (inverse.annule, inverse.famille, inverse.regie) == (recu, dupont.famille, regie)


def test_ce_qu_un_reglement_choisit_deux_fois_ou_apres_coup_n_est_paye_qu_une(regie, dupont, mars_et_avril):
    mars, avril = mars_et_avril
    payer(dupont, regie, "70.00", factures=[avril, mars])
    assert restes(mars, avril) == ["30.00", "0.00"]
    payer(dupont, regie, "10.00", factures=[avril])
    assert restes(mars, avril) == ["20.00", "0.00"]


def test_une_facture_d_une_autre_regie_se_nomme(regie, dupont, mars_et_avril):
    cantine = RegieFactory(code="RS", nom="Régie restauration")
    with pytest.raises(AutreRegie) as refus:
        payer(dupont, cantine, "10.00", factures=mars_et_avril[:1])
    assert str(refus.value).replace("\u00a0", " ") == (
        "AL-1 (Régie garderie ALSH) est d’une autre régie que « Régie restauration » : à encaisser à part."
    )
    with pytest.raises(AutreRegie, match=r"AL-1 .*, AL-2 .* sont d’une autre régie"):
        payer(dupont, cantine, "10.00", factures=mars_et_avril)
    assert not Reglement.objects.exists()


def test_un_reglement_ne_s_annule_qu_une_fois(regie, dupont):
    reglement = payer(dupont, regie, "10.00")
    inverse = reglement.annuler(motif="Erreur", le=LE, par=None)
    for operation in (reglement, inverse):
        with pytest.raises(DejaAnnule):
            operation.annuler(motif="Encore", le=LE, par=None)


def test_une_annulation_sans_motif_est_refusee(regie, dupont):
    reglement = payer(dupont, regie, "10.00")
    with pytest.raises(MontantRefuse):
        reglement.annuler(motif="  ", le=LE, par=None)


def test_le_credit_d_un_reglement_annule_ne_paie_plus_rien(regie, dupont):
    payer(dupont, regie, "30.00").annuler(motif="Erreur", le=LE, par=None)
    assert fabriques.facture(regie, dupont.famille, "10.00", *AVRIL).avance == 0


@pytest.mark.parametrize("montant", ["0", "-5", "10.005"])
def test_un_montant_impossible_est_refuse(regie, dupont, montant):
    with pytest.raises(MontantRefuse):
        payer(dupont, regie, montant)
    assert not Reglement.objects.exists()


def test_une_facture_annulee_rend_ce_qui_avait_ete_paye(regie, dupont, regisseur, mars_et_avril):
    mars, avril = mars_et_avril
    payer(dupont, regie, "40.00")
    avoir = mars.annuler(motif="Facturée à tort", le=LE, par=regisseur)
    assert (avoir.montant, sum(ligne.montant for ligne in avoir.lignes.all())) == (Decimal("40.00"), Decimal("-40.00"))
    assert restes(mars, avril) == ["0.00", "20.00"]
    assert solde(dupont.famille) == Decimal("20.00")
    assert not Reglement.objects.en_credit().exists()


def test_un_avoir_ne_depasse_pas_ce_qui_reste_de_la_facture(regie, dupont, mars_et_avril):
    mars, _ = mars_et_avril
    mars.etablir_avoir(Decimal("15.00"), motif="Geste", le=LE, par=None)
    assert restes(mars) == ["25.00"]
    for trop in ("25.01", "0.00", "-1.00"):
        with pytest.raises(MontantRefuse):
            mars.etablir_avoir(Decimal(trop), motif="Geste", le=LE, par=None)


def test_un_avoir_a_un_motif(regie, mars_et_avril):
    for motif in ("", " \n"):
        with pytest.raises(MontantRefuse) as refus:
            mars_et_avril[0].etablir_avoir(Decimal("1.00"), motif=motif, le=LE, par=None)
        assert str(refus.value) == "Dites pourquoi cet avoir est établi."


GESTES = st.sampled_from(["facture", "reglement", "annulation", "avoir"])
EUROS = st.decimals(min_value="0.01", max_value="300", places=2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestes=st.lists(st.tuples(GESTES, EUROS, st.integers(0, 5)), max_size=9))
def test_quoi_qu_il_arrive_le_solde_est_la_somme_des_operations(regie, dupont, gestes):
    """And what is left on the invoices, less the credits, is the same balance."""
    with transaction.atomic():
        attendu = Decimal(0)
        for geste, montant, rang in gestes:
            attendu += _faire(geste, montant, rang, regie, dupont)
            assert solde(dupont.famille) == attendu
        connection.check_constraints()
        restes = [facture.reste for facture in Facture.objects.avec_reste()]
        credits = [reglement.credit for reglement in Reglement.objects.en_credit()]
        assert sum(restes) - sum(credits) == attendu
        assert all(reste >= 0 for reste in restes)
        transaction.set_rollback(True)


def test_ce_qu_un_avoir_libere_ne_va_pas_a_un_reglement_annule(regie, dupont, mars_et_avril):
    mars, avril = mars_et_avril
    payer(dupont, regie, "20.00", factures=[mars])
    payer(dupont, regie, "20.00", factures=[mars]).annuler(motif="Erreur", le=LE, par=None)
    mars.etablir_avoir(Decimal("30.00"), motif="Geste", le=LE, par=None)
    assert restes(mars, avril) == ["0.00", "50.00"]
    assert not Reglement.objects.en_credit().exists()


def _faire(geste: str, montant: Decimal, rang: int, regie, foyer) -> Decimal:
    """Returns by how much the balance moves."""
    if geste == "facture":
        rang_suivant = Facture.objects.count()
        debut = date(2000 + rang_suivant // 12, rang_suivant % 12 + 1, 1)
        fabriques.facture(regie, foyer.famille, str(montant), debut, debut.replace(day=28), le=debut)
        return montant
    if geste == "reglement":
        payer(foyer, regie, str(montant))
        return -montant
    if geste == "annulation":
        valides = Reglement.objects.filter(montant__gt=0, annulation__isnull=True)
        if valides:
            annule = valides[rang % len(valides)]
            annule.annuler(motif="Erreur", le=LE, par=None)
            return annule.montant
        return Decimal(0)
    factures = Facture.objects.avec_reste().filter(montant__gt=0)
    if factures:
        try:
            return -factures[rang % len(factures)].etablir_avoir(montant, motif="Geste", le=LE, par=None).montant
        except MontantRefuse:
            return Decimal(0)
    return Decimal(0)
