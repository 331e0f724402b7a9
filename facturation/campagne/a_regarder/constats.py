"""What planning knows to be wrong, and what the reckoning met."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet
from django.urls import reverse

from facturation.campagne.a_regarder.anomalie import EXEMPLES, Anomalie
from facturation.campagne.creance import Creance
from facturation.models import CampagneDeFacturation
from famille.models import Famille
from francais import date_courte, dates_courtes, euros
from planning.models import Inscription, Prestation, Reservation

# Their page belongs to another app, above.
DES_DEMANDES = {"en_suspens", "venus_en_suspens"}


def anomalies_du_planning(campagne: CampagneDeFacturation, prestations: Iterable[int]) -> Iterator[Anomalie]:
    """Those of the period that exist."""
    incoherentes = Reservation.objects.en_erreur().entre(campagne.du, campagne.au).filter(prestation__in=prestations)
    journees = incoherentes.select_related("inscription__enfant", "prestation")
    yield from _relever("Journées incohérentes", journees, _journee, "admin:planning_reservation_changelist")
    sans_inscription = Inscription.objects.a_regulariser().entre(campagne.du, campagne.au)
    presents = sans_inscription.filter(prestation__in=prestations).select_related("enfant", "prestation")
    yield from _relever("Enfants présents sans inscription", presents, str, "admin:planning_inscription_changelist")


def _relever(titre: str, lignes: QuerySet, nommer: Callable[..., str], page: str) -> Iterator[Anomalie]:
    nombre = lignes.count()
    if nombre:
        exemples = [nommer(ligne) for ligne in lignes[:EXEMPLES]]
        yield Anomalie(titre, nombre, exemples, autres=nombre - len(exemples), lien=reverse(page))


def _journee(reservation: Reservation) -> str:
    return f"{reservation.inscription.enfant}, {reservation.prestation}, {date_courte(reservation.jour)}"


class Constats:
    """What the reckoning stumbles on. Familles are kept by id, and named at the end: few of them are shown."""

    def __init__(self, prestations: dict[int, Prestation]) -> None:
        self._prestations = prestations
        self._sans_prix: Counter[tuple[int, date]] = Counter()
        self._en_reste: dict[int, Decimal] = {}
        self._non_pointees: Counter[tuple[int, date]] = Counter()
        self._familles = {
            "sans_payeur": Anomalie("Familles sans titulaire\u00a0: la facture n’aurait pas de payeur"),
            "sans_qf": Anomalie("QF inconnu\u00a0: le tarif le plus élevé s’applique"),
            "sans_adresse": Anomalie("Commune inconnue\u00a0: le tarif de la commune s’applique"),
            "en_suspens": Anomalie("Demandes à décider\u00a0: ces jours ne sont pas facturés"),
            "venus_en_suspens": Anomalie("Demandes à décider, enfant venu\u00a0: ces jours sont facturés"),
            "deja_facturee": Anomalie("Déjà facturées sur cette période\u00a0: rien de plus"),
        }

    @property
    def sans_prix(self) -> set[int]:
        """The prestations of which some day has no price."""
        return {prestation for prestation, _ in self._sans_prix}

    def observer(self, creance: Creance) -> None:
        for motif, anomalie in self._familles.items():
            if getattr(creance, motif):
                anomalie.noter(creance.famille)
        if creance.rendu and creance.rendu.en_reste:
            self._en_reste[creance.famille] = creance.rendu.montant_en_reste
        self._sans_prix.update(creance.sans_prix)
        self._non_pointees.update(creance.non_pointees)

    def anomalies(self) -> Iterator[Anomalie]:
        """Those that exist, the worst first."""
        yield from self._en_reste_a_rendre()
        sans_tarif = "Tarif manquant\u00a0: ces jours ne sont pas facturés"
        yield from self._par_jour(sans_tarif, self._sans_prix, reverse("admin:facturation_tarif_changelist"))
        yield from self._nommees("sans_payeur")
        yield from self._par_jour("Appel non fait", self._non_pointees, self._page_d_appel())
        for motif in ("en_suspens", "venus_en_suspens", "sans_qf", "sans_adresse", "deja_facturee"):
            yield from self._nommees(motif)

    def _en_reste_a_rendre(self) -> Iterator[Anomalie]:
        """« DUPONT Jean (n° 1001001818331) : 10,80 € »."""
        if self._en_reste:
            anomalie = Anomalie("Reste à rendre\u00a0: aucune facture de ces familles ne peut plus le porter")
            familles = Famille.objects.avec_responsables().in_bulk(list(self._en_reste)[:EXEMPLES])
            for famille, montant in self._en_reste.items():
                anomalie.noter(f"{familles.get(famille, famille)}\u00a0: {euros(montant)}")
            yield anomalie

    def _page_d_appel(self) -> str:
        """Of the first day that nobody has called."""
        premier = min((jour for _, jour in self._non_pointees), default=None)
        page = reverse("admin:planning_prestation_appels")
        return f"{page}?jour={premier.isoformat()}" if premier else page

    def _par_jour(self, titre: str, jours: Counter[tuple[int, date]], page: str) -> Iterator[Anomalie]:
        """As many as days, a line a prestation: « Garderie matin : 02, 03, 05/11/2026 »."""
        if jours:
            par_prestation = groupby(sorted(jours), key=itemgetter(0))
            lignes = [
                f"{self._prestations[prestation]}\u00a0: {dates_courtes(jour for _, jour in groupe)}"
                for prestation, groupe in par_prestation
            ]
            yield Anomalie(titre, len(jours), lignes, lien=page)

    def _nommees(self, motif: str) -> Iterator[Anomalie]:
        anomalie = self._familles[motif]
        if anomalie.nombre:
            familles = Famille.objects.avec_responsables().in_bulk([int(pk) for pk in anomalie.exemples])
            if motif not in DES_DEMANDES:
                anomalie.lien = reverse("admin:famille_famille_changelist")
            anomalie.exemples = [str(familles[int(pk)]) for pk in anomalie.exemples]
            yield anomalie
