"""Several at the same instant, on a real PostgreSQL: money is taken, given back and paid once."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections, transaction

from facturation.compte.solde import solde
from facturation.erreurs import DejaAnnule, MontantRefuse
from facturation.models import Affectation, Avoir, Facture, Reglement
from facturation.models import facture as module_facture
from famille.models import Famille
from tests.facturation import fabriques
from tests.facturation.outils import restes_recomptes, restes_tenus

pytestmark = pytest.mark.django_db(transaction=True)
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
LE = date(2015, 4, 8)
CHEQUE = Reglement.Mode.CHEQUE


def l_un_pendant_l_autre(premier: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """`second` is asked for while the transaction of `premier`, which has done all it does, is not over yet."""
    fait, fini = threading.Event(), threading.Event()

    def d_abord() -> object:
        with transaction.atomic():
            resultat = premier()
            fait.set()
            # Long enough for the other to come to the lock, or to pass where there is none.
            fini.wait(timeout=1)
        return resultat

    def ensuite() -> object:
        assert fait.wait(timeout=10)
        resultat = second()
        fini.set()
        return resultat

    with ThreadPoolExecutor(2) as fils:
        resultats = [fils.submit(_essayer, geste) for geste in (d_abord, ensuite)]
        return [resultat.result() for resultat in resultats]


def _essayer(geste: Callable[[], object]) -> object:
    try:
        return geste()
    except Exception as erreur:
        return erreur
    finally:
        connections.close_all()


@pytest.fixture
def facture(regie, dupont, sans_pdf) -> Facture:
    return fabriques.facture(regie, dupont.famille, "10.00", *AVRIL)


def annuler_la_facture() -> Avoir:
    return Facture.objects.get().annuler(motif="Erreur", le=LE, par=None)


def test_deux_annulations_d_une_facture_au_meme_instant_n_en_font_qu_une(facture):
    avoir, refus = l_un_pendant_l_autre(annuler_la_facture, annuler_la_facture)
    assert isinstance(avoir, Avoir)
    assert isinstance(refus, MontantRefuse)
    assert solde(facture.famille) == 0


def test_sans_le_verrou_de_la_famille_postgresql_refuse_le_second_avoir(facture, monkeypatch):
    monkeypatch.setattr(module_facture, "verrouiller", lambda objets, pk: objets.get(pk=pk))
    monkeypatch.setattr(module_facture.Compteur.objects, "prendre", _numeros())
    avoir, refus = l_un_pendant_l_autre(annuler_la_facture, annuler_la_facture)
    assert isinstance(avoir, Avoir)
    assert isinstance(refus, IntegrityError)
    assert Avoir.objects.get().montant == Decimal("10.00")


def test_deux_annulations_d_un_reglement_au_meme_instant_n_en_font_qu_une(facture, regie, dupont):
    Reglement.objects.enregistrer(dupont.famille, regie, Decimal(10), CHEQUE, le=LE, par=None)

    def annuler() -> Reglement:
        return Reglement.objects.get(montant__gt=0).annuler(motif="Erreur", le=LE, par=None)

    inverse, refus = l_un_pendant_l_autre(annuler, annuler)
    assert isinstance(inverse, Reglement)
    assert isinstance(refus, DejaAnnule)
    assert facture.reste_a_payer() == Decimal("10.00")


def test_deux_reglements_au_meme_instant_ne_paient_pas_deux_fois_la_meme_facture(facture, regie, dupont):
    def payer() -> Reglement:
        return Reglement.objects.enregistrer(dupont.famille, regie, Decimal(8), CHEQUE, le=LE, par=None)

    resultats = l_un_pendant_l_autre(payer, payer)
    assert [type(resultat) for resultat in resultats] == [Reglement, Reglement]
    assert sorted(Affectation.objects.values_list("montant", flat=True)) == [Decimal("2.00"), Decimal("8.00")]
    assert sum(reglement.credit for reglement in Reglement.objects.en_credit()) == Decimal("6.00")


@pytest.mark.parametrize(
    "geste",
    [
        lambda facture: facture.annuler(motif="Erreur", le=LE, par=None),
        lambda facture: Reglement.objects.enregistrer(
            facture.famille, facture.regie, Decimal(1), CHEQUE, le=LE, par=None
        ),
        lambda facture: Reglement.objects.get().annuler(motif="Erreur", le=LE, par=None),
    ],
    ids=["corriger", "enregistrer", "annuler"],
)
def test_chaque_geste_attend_que_la_famille_soit_libre(facture, geste):
    """Somebody holds the famille: nothing is written until they let it go."""
    Reglement.objects.enregistrer(facture.famille, facture.regie, Decimal(2), CHEQUE, le=LE, par=None)
    avant, fait = _ecritures(), threading.Event()

    def agir() -> None:
        geste(Facture.objects.select_related("regie", "famille").get())
        fait.set()

    with ThreadPoolExecutor(1) as fils:
        with transaction.atomic():
            Famille.objects.select_for_update().get(pk=facture.famille_id)
            tache = fils.submit(_essayer, agir)
            _attendre_un_verrou()
            assert not fait.is_set()
        assert tache.result() is None
    assert _ecritures() == avant + 1


def _ecritures() -> int:
    return Avoir.objects.count() + Reglement.objects.count()


def _attendre_un_verrou() -> None:
    """Until somebody waits for a lock on this database."""
    for _ in range(200):
        with connection.cursor() as curseur:
            # What one transaction reads of the others' activity is read once, unless it asks.
            curseur.execute("SELECT pg_stat_clear_snapshot()")
            curseur.execute(
                "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            attente = curseur.fetchall()
        if attente:
            (requete,) = attente[0]
            assert "famille_famille" in requete
            return
        time.sleep(0.05)
    raise AssertionError("Nobody waits for the famille.")


def _numeros() -> Callable[..., int]:
    """Numbers without the counter's own lock, which would make the two wait for each other."""
    suite = iter(range(1, 100))
    return lambda *_: next(suite)


def test_deux_affectations_au_meme_instant_se_retranchent_toutes_deux_du_reste(facture):
    """Raw rows, without the verbs and their locks: what is kept still counts both."""
    reglement = Reglement.objects.create(
        regie=facture.regie, numero=1, famille=facture.famille, date=LE, montant=Decimal("6.00"), mode=CHEQUE
    )

    def affecter() -> None:
        Affectation.objects.create(reglement=reglement, facture=facture, montant=Decimal("3.00"))

    assert l_un_pendant_l_autre(affecter, affecter) == [None, None]
    assert restes_tenus() == restes_recomptes() == {facture.pk: Decimal("4.00")}
