"""Random towns whose rules move: no euro is lost, no billed day has another price without its own reason."""

from collections.abc import Callable
from datetime import date, time

from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from facturation.campagne.apercu import apercevoir
from facturation.campagne.emission import Emission
from facturation.compte.solde import solde
from facturation.models import (
    Avoir,
    CampagneDeFacturation,
    Facture,
    Ligne,
    Regie,
    StructureEnRegie,
    Tarif,
    TrancheDeTarif,
)
from famille.models import Famille, QuotientFamilial, Responsable
from planning.models import Fermeture, Prestation, Reservation
from planning.regles.jours import Jours
from tests.fabriques import QuotientFamilialFactory
from tests.facturation.campagne.test_villes_au_hasard import AU_HASARD, JOURNEES, LE_2_DECEMBRE, _reprendre, peupler
from tests.facturation.fabriques import RegieFactory
from tests.facturation.ville import NOVEMBRE, OCTOBRE

AU = date(2026, 12, 31)
DECEMBRE = (date(2026, 12, 1), date(2026, 12, 30))


def changer_de_regie() -> None:
    StructureEnRegie.objects.update(regie=RegieFactory(code="CA"))


# What applies to every day: none of it is the own reason of a billed day.
REGLES: dict[str, Callable[[], object]] = {
    "heures": lambda: Prestation.objects.update(heure_debut=time(6)),
    "ouverture": lambda: Prestation.objects.update(jours_scolaires=Jours.MARDI | Jours.JEUDI),
    "prix": lambda: TrancheDeTarif.objects.update(resident="7.70", exterieur="1.10"),
    "unité": lambda: Tarif.objects.update(unite="journee", majoration_pourcent=0, absence_pourcent=50),
    "inactive": lambda: Prestation.objects.update(inactive_depuis=date(2026, 12, 31)),
    "résidence": lambda: Responsable.objects.update(ville="Toulouse"),
    "régie": changer_de_regie,
}


def qf_ajoute(familles: list[Famille]) -> None:
    QuotientFamilialFactory(famille=familles[0], valeur=950, date_effet=date(2026, 10, 10))


def qf_retire(familles: list[Famille]) -> None:
    familles[1].quotients.all().delete()


def fermeture_tardive(familles: list[Famille]) -> None:
    Fermeture.objects.create(du=date(2026, 10, 6), au=date(2026, 10, 20), motif="Grève")


def fermeture_retiree(familles: list[Famille]) -> None:
    Fermeture.objects.filter(motif="Travaux").delete()


def qf_corrige(familles: list[Famille]) -> None:
    QuotientFamilial.objects.filter(famille=familles[1]).update(valeur=100)


FAITS = [qf_ajoute, qf_retire, qf_corrige, fermeture_tardive, fermeture_retiree]


def facturer(periode: tuple[date, date]) -> list[CampagneDeFacturation]:
    """By each régie that there is: one that takes a structure over bills none of what the other has billed."""
    return [_emettre(regie, periode) for regie in Regie.objects.order_by("pk")]


def _emettre(regie: Regie, periode: tuple[date, date]) -> CampagneDeFacturation:
    """Issue it: the preview had said the same."""
    campagne = CampagneDeFacturation.objects.create(regie=regie, du=periode[0], au=periode[1])
    apercu = apercevoir(campagne, au=AU)
    Emission(campagne, le=AU, par=None).emettre()
    connection.check_constraints()
    factures = [facture.montant for facture in Facture.objects.filter(campagne=campagne)]
    avoirs = [avoir.montant for avoir in Avoir.objects.filter(campagne=campagne)]
    assert (apercu.factures, apercu.montant) == (len(factures), sum(factures))
    assert (apercu.avoirs, apercu.rendu) == (len(avoirs), sum(avoirs))
    assert not [une for une in apercu.anomalies if une.titre.startswith("Reste à rendre")]
    return campagne


def lignes_de(campagnes: list[CampagneDeFacturation]) -> list[Ligne]:
    return [
        ligne
        for papiers in (Facture, Avoir)
        for papier in papiers.objects.filter(campagne__in=campagnes).prefetch_related("lignes")
        for ligne in papier.lignes.all()
    ]


@LE_2_DECEMBRE
@AU_HASARD
@given(
    journees=JOURNEES,
    apres=JOURNEES,
    regles=st.sets(st.sampled_from(sorted(REGLES)), max_size=4),
    faits=st.sets(st.sampled_from(FAITS), max_size=2),
)
def test_octobre_corrige_coute_ce_que_valent_ses_jours_aux_regles_d_octobre(ville, journees, apres, regles, faits):
    """Changed after the bill, then rules moved; or changed before the bill: the same balance in the end."""
    totaux = []
    for d_emblee in (False, True):
        with transaction.atomic():
            Fermeture.objects.create(du=date(2026, 10, 22), au=date(2026, 10, 30), motif="Travaux")
            familles = peupler(ville, apres if d_emblee else journees)
            if d_emblee:
                _changer(familles, faits)
            facturer(OCTOBRE)
            if not d_emblee:
                Reservation.objects.all().delete()
                _reprendre(familles, apres)
                _changer(familles, faits)
            for regle in sorted(regles):
                REGLES[regle]()
            facturer(NOVEMBRE)
            totaux.append([solde(famille) for famille in familles])
            # Nothing has changed since: the next campaign has nothing to say.
            papiers = Facture.objects.count(), Avoir.objects.count()
            assert not [ligne for ligne in lignes_de(facturer(DECEMBRE)) if ligne.jours]
            assert (Facture.objects.count(), Avoir.objects.count()) == papiers
            transaction.set_rollback(True)
    assert totaux[0] == totaux[1]


@LE_2_DECEMBRE
@AU_HASARD
@given(journees=JOURNEES, regles=st.sets(st.sampled_from(sorted(REGLES)), min_size=1))
def test_aucune_regle_ne_touche_un_jour_facture(ville, journees, regles):
    with transaction.atomic():
        peupler(ville, journees)
        facturer(OCTOBRE)
        for regle in sorted(regles):
            REGLES[regle]()
        assert not [ligne for ligne in lignes_de(facturer(NOVEMBRE)) if ligne.est_regularisation]
        transaction.set_rollback(True)


def _changer(familles: list[Famille], faits: set[Callable[[list[Famille]], None]]) -> None:
    for fait in sorted(faits, key=lambda fait: fait.__name__):
        fait(familles)
