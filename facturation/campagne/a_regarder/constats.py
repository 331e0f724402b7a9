"""What planning knows to be wrong, and what the reckoning met."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet
from django.urls import reverse

from facturation.campagne.a_regarder.anomalie import EXEMPLES, Anomalie, Exemple
from facturation.campagne.creance import Creance
from facturation.models import CampagneDeFacturation
from famille.models import Famille
from francais import date_courte, dates_courtes, euros
from planning.models import Inscription, Prestation, Reservation

# The others are mended on the page of the famille, or by a quotient.
LISTE_DE_LA_FAMILLE = {
    "en_suspens": "admin:demandes_demande_changelist",
    "venus_en_suspens": "admin:demandes_demande_changelist",
    "deja_facturee": "admin:facturation_facture_changelist",
}


TITRES = {
    "sans_payeur": "Familles sans titulaire\u00a0: la facture n’aurait pas de payeur",
    "sans_qf": "QF inconnu\u00a0: le tarif le plus élevé s’applique",
    "sans_adresse": "Commune inconnue\u00a0: le tarif de la commune s’applique",
    "en_suspens": "Demandes à décider\u00a0: ces jours ne sont pas facturés",
    "venus_en_suspens": "Demandes à décider, enfant venu\u00a0: ces jours sont facturés",
    "deja_facturee": "Déjà facturées sur cette période\u00a0: rien de plus",
}


def anomalies_du_planning(campagne: CampagneDeFacturation, prestations: Iterable[int]) -> Iterator[Anomalie]:
    """Those of the period that exist."""
    incoherentes = Reservation.objects.en_erreur().entre(campagne.du, campagne.au).filter(prestation__in=prestations)
    journees = incoherentes.select_related("inscription__enfant", "prestation")
    yield from _relever("Journées incohérentes", journees, _journee, "admin:planning_reservation")
    sans_inscription = Inscription.objects.a_regulariser().entre(campagne.du, campagne.au)
    presents = sans_inscription.filter(prestation__in=prestations).select_related("enfant", "prestation")
    yield from _relever("Enfants présents sans inscription", presents, str, "admin:planning_inscription")


def _relever(titre: str, lignes: QuerySet, nommer: Callable[..., str], pages: str) -> Iterator[Anomalie]:
    nombre = lignes.count()
    if nombre:
        exemples = [Exemple(nommer(ligne), reverse(f"{pages}_change", args=[ligne.pk])) for ligne in lignes[:EXEMPLES]]
        liste = reverse(f"{pages}_changelist")
        yield Anomalie(titre, nombre, exemples, autres=nombre - len(exemples), lien=liste)


def _journee(reservation: Reservation) -> str:
    return f"{reservation.inscription.enfant}, {reservation.prestation}, {date_courte(reservation.jour)}"


class Constats:
    """What the reckoning stumbles on. Familles are kept by id, and named at the end: few of them are shown."""

    def __init__(self, prestations: dict[int, Prestation]) -> None:
        self._prestations = prestations
        self._sans_prix: Counter[tuple[int, date]] = Counter()
        self._en_reste: dict[int, Decimal] = {}
        self._non_pointees: Counter[tuple[int, date]] = Counter()
        self._familles: dict[str, list[int]] = {motif: [] for motif in TITRES}

    @property
    def sans_prix(self) -> set[int]:
        """The prestations of which some day has no price."""
        return {prestation for prestation, _ in self._sans_prix}

    def observer(self, creance: Creance) -> None:
        for motif, familles in self._familles.items():
            if getattr(creance, motif):
                familles.append(creance.famille)
        if creance.rendu and creance.rendu.en_reste:
            self._en_reste[creance.famille] = creance.rendu.montant_en_reste
        self._sans_prix.update(creance.sans_prix)
        self._non_pointees.update(creance.non_pointees)

    def anomalies(self) -> Iterator[Anomalie]:
        """Those that exist, the worst first."""
        yield from self._en_reste_a_rendre()
        yield from self._sans_tarif()
        yield from self._nommees("sans_payeur")
        yield from self._appels_non_faits()
        for motif in ("en_suspens", "venus_en_suspens", "sans_qf", "sans_adresse", "deja_facturee"):
            yield from self._nommees(motif)

    def _en_reste_a_rendre(self) -> Iterator[Anomalie]:
        """« DUPONT Jean (n° 1001001818331) : 10,80 € »."""
        if self._en_reste:
            anomalie = Anomalie("Reste à rendre\u00a0: aucune facture de ces familles ne peut plus le porter")
            familles = Famille.objects.avec_responsables().in_bulk(list(self._en_reste)[:EXEMPLES])
            for pk, montant in self._en_reste.items():
                famille = familles.get(pk)
                lien = _liste("admin:facturation_facture_changelist", famille) if famille else ""
                anomalie.noter(f"{famille or pk}\u00a0: {euros(montant)}", lien)
            yield anomalie

    def _sans_tarif(self) -> Iterator[Anomalie]:
        ajouter = reverse("admin:facturation_tarif_add")
        yield from self._par_jour(
            "Tarif manquant\u00a0: ces jours ne sont pas facturés",
            self._sans_prix,
            reverse("admin:facturation_tarif_changelist"),
            lambda prestation, _: f"{ajouter}?prestation={prestation}",
        )

    def _appels_non_faits(self) -> Iterator[Anomalie]:
        """The page of the kind is that of the first day that nobody has called."""
        premier = min((jour for _, jour in self._non_pointees), default=None)
        page = reverse("admin:planning_prestation_appels")
        yield from self._par_jour(
            "Appel non fait",
            self._non_pointees,
            f"{page}?jour={premier.isoformat()}" if premier else page,
            lambda prestation, jour: reverse(
                "admin:planning_prestation_appel", args=[prestation, jour.year, jour.month, jour.day]
            ),
        )

    def _par_jour(
        self, titre: str, jours: Counter[tuple[int, date]], page: str, page_d_un: Callable[[int, date], str]
    ) -> Iterator[Anomalie]:
        """As many as days, a line a prestation: « Garderie matin : 02, 03, 05/11/2026 ». Leads to its first day."""
        if jours:
            exemples = []
            for prestation, groupe in groupby(sorted(jours), key=itemgetter(0)):
                dates = [jour for _, jour in groupe]
                texte = f"{self._prestations[prestation]}\u00a0: {dates_courtes(dates)}"
                exemples.append(Exemple(texte, page_d_un(prestation, dates[0])))
            yield Anomalie(titre, len(jours), exemples, lien=page)

    def _nommees(self, motif: str) -> Iterator[Anomalie]:
        concernees = self._familles[motif]
        if concernees:
            familles = Famille.objects.avec_responsables().in_bulk(concernees[:EXEMPLES])
            exemples = [Exemple(str(familles[pk]), _ou_corriger(motif, familles[pk])) for pk in concernees[:EXEMPLES]]
            liste = reverse(LISTE_DE_LA_FAMILLE.get(motif, "admin:famille_famille_changelist"))
            reste = len(concernees) - len(exemples)
            yield Anomalie(TITRES[motif], len(concernees), exemples, autres=reste, lien=liste)


def _ou_corriger(motif: str, famille: Famille) -> str:
    if motif in LISTE_DE_LA_FAMILLE:
        return _liste(LISTE_DE_LA_FAMILLE[motif], famille)
    if motif == "sans_qf":
        return f"{reverse('admin:famille_quotientfamilial_add')}?famille={famille.pk}"
    return reverse("admin:famille_famille_change", args=[famille.pk])


def _liste(page: str, famille: Famille) -> str:
    """That famille's, in a list that finds it by its number."""
    return f"{reverse(page)}?q={famille.numero}"
