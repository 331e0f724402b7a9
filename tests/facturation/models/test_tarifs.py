"""A price that has billed days does not change: its end alone moves, and never before the last billed day."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from facturation.models import CampagneDeFacturation, Tarif
from facturation.prix.grille import Arrondi, Unite
from planning.models import Prestation, Structure
from tests.facturation import fabriques

RENTREE = date(2014, 9, 1)
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))


@pytest.fixture
def tarif(db) -> Tarif:
    """« Restauration scolaire », 3,60 € or 7,20 €; in three brackets."""
    repas = fabriques.prestation_tarifee().prestation
    Tarif.objects.all().delete()
    tranches = [(None, "5.10", "9.00"), (400, "2.00", "4.00"), (800, "3.60", "7.20")]
    return fabriques.tarif(repas, *tranches, du=RENTREE, unite=Unite.REPAS)


def facturer(regie, tarif: Tarif, du: date = AVRIL[0], au: date = AVRIL[1]) -> None:
    CampagneDeFacturation.objects.create(regie=regie, du=du, au=au, regles={"grilles": [{"tarif": tarif.pk}]})


def refus(tarif: Tarif) -> dict | list | None:
    try:
        tarif.clean()
    except ValidationError as erreur:
        return erreur.message_dict if hasattr(erreur, "error_dict") else erreur.messages
    return None


DEJA = (
    "Ce tarif a servi à facturer jusqu’au 30/04/2015\u00a0: un prix déjà facturé ne change pas. "
    "Terminez-le par sa date «\u00a0au\u00a0», puis ajoutez le suivant."
)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("du", date(2014, 10, 1)),
        ("unite", Unite.JOURNEE),
        ("pas_minutes", 15),
        ("arrondi", Arrondi.PROCHE),
        ("absence_pourcent", 50),
        ("majoration_pourcent", 25),
    ],
)
def test_d_un_tarif_qui_a_facture_rien_ne_change_que_sa_fin(regie, tarif, champ, valeur):
    setattr(tarif, champ, valeur)
    assert refus(tarif) is None
    facturer(regie, tarif)
    assert refus(tarif) == [DEJA]


def test_il_ne_change_pas_de_prestation(regie, tarif):
    facturer(regie, tarif)
    autre = Structure.objects.create(nom="Accueil de Loisirs")
    tarif.prestation = Prestation.objects.create(
        structure=autre, nom="ALSH Mercredi journée", heure_debut=time(9), heure_fin=time(17)
    )
    assert refus(tarif) == [DEJA]


@pytest.mark.parametrize(
    ("au", "permis"),
    [(None, True), (date(2015, 5, 1), True), (date(2015, 4, 30), True), (date(2015, 4, 29), False)],
)
def test_il_se_termine_le_dernier_jour_facture_au_plus_tot(regie, tarif, au, permis):
    facturer(regie, tarif, *(date(2015, 3, 1), date(2015, 3, 31)))
    facturer(regie, tarif)
    tarif.au = au
    assert refus(tarif) == (None if permis else {"au": ["Ce tarif a servi à facturer jusqu’au 30/04/2015."]})


def test_celui_qui_finit_au_milieu_du_mois_n_a_facture_que_jusque_la(regie, tarif):
    Tarif.objects.update(au=date(2015, 4, 15))
    tarif.refresh_from_db()
    facturer(regie, tarif)
    assert tarif.dernier_jour_facture == date(2015, 4, 15)
    tarif.au = date(2015, 4, 14)
    assert refus(tarif) == {"au": ["Ce tarif a servi à facturer jusqu’au 15/04/2015."]}


def test_celui_qui_n_a_rien_facture_est_libre(regie, tarif):
    autre = Tarif.objects.create(prestation=tarif.prestation, du=date(2013, 9, 1), au=date(2014, 8, 31))
    facturer(regie, autre)
    assert (tarif.dernier_jour_facture, tarif.refus_de_changer) == (None, "")
    assert (autre.dernier_jour_facture, Tarif().dernier_jour_facture) == (date(2014, 8, 31), None)
    assert autre.refus_de_changer.startswith("Ce tarif a servi à facturer jusqu’au 31/08/2014\u00a0:")


def test_le_tarif_suivant_ne_libere_pas_celui_qui_a_facture(regie, tarif):
    Tarif.objects.update(au=date(2015, 12, 31))
    suivant = Tarif.objects.create(prestation=tarif.prestation, du=date(2016, 1, 1), au=date(2016, 8, 31))
    facturer(regie, tarif)
    tarif.unite = Unite.JOURNEE
    assert refus(tarif) == [DEJA]
    suivant.unite = Unite.JOURNEE
    assert (refus(suivant), suivant.dernier_jour_facture) == (None, None)


def test_un_nouveau_tarif_commence_avant_de_finir(tarif):
    assert refus(Tarif(prestation=tarif.prestation, du=date(2016, 9, 1), au=date(2016, 8, 31))) == {
        "au": ["La fin doit suivre le début."]
    }
    assert refus(Tarif(prestation=tarif.prestation, du=date(2016, 9, 1))) is None


def test_ses_tranches_se_numerotent_du_plus_bas_qf_au_plus_haut(tarif):
    for grille in (tarif.grille, *Tarif.objects.grilles()):
        assert [(tranche.numero, tranche.qf_max) for tranche in grille.tranches] == [(1, 400), (2, 800), (3, None)]
        assert (grille.pk, grille.prestation, grille.du, grille.au) == (tarif.pk, tarif.prestation_id, RENTREE, None)
        assert grille.tranche(400).exterieur == Decimal("4.00")


@pytest.mark.parametrize(
    ("du", "au", "trouves"),
    [
        (date(2014, 8, 1), date(2014, 8, 31), 0),
        (date(2014, 8, 1), RENTREE, 1),
        (date(2015, 4, 15), date(2015, 5, 15), 1),
        (date(2015, 4, 16), date(2015, 5, 15), 0),
    ],
)
def test_les_tarifs_d_une_periode_sont_ceux_qui_y_valent_un_jour_au_moins(tarif, du, au, trouves):
    Tarif.objects.update(au=date(2015, 4, 15))
    assert Tarif.objects.entre(du, au).count() == trouves
    assert tarif.tranches.entre(du, au).count() == 3 * trouves
