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
from planning.models import AppelTermine, Inscription, Prestation, Reservation
from planning.regles.etats import Presence

# The others are mended on the page of the famille, or by a quotient.
LISTE_DE_LA_FAMILLE = {
    "en_suspens": "admin:demandes_demande_changelist",
    "venus_en_suspens": "admin:demandes_demande_changelist",
    "deja_facturee": "admin:facturation_facture_changelist",
}


NON_FAIT, TERMINE = "Appel non fait", "Appel terminé sans que tous les enfants attendus soient pointés"
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


def appels_a_terminer(campagne: CampagneDeFacturation, prestations: Iterable[int]) -> Iterator[Anomalie]:
    """The days that were called and that nobody has ended, of prestations whose rolls are ended: bills are the same."""
    termines = AppelTermine.objects.filter(jour__range=(campagne.du, campagne.au), prestation__in=prestations)
    dits = set(termines.en_vigueur().values_list("prestation", "jour"))
    habituees = set(termines.values_list("prestation", flat=True))
    appeles = Reservation.objects.entre(campagne.du, campagne.au).filter(prestation__in=habituees)
    appeles = appeles.exclude(presence=Presence.NON_POINTEE).order_by("prestation", "jour")
    restent = [couple for couple in appeles.values_list("prestation", "jour").distinct() if couple not in dits]
    if restent:
        noms = Prestation.objects.in_bulk({prestation for prestation, _ in restent})
        premier = min(jour for _, jour in restent)
        page = f"{reverse('admin:planning_prestation_appels')}?jour={premier.isoformat()}"
        yield _par_jour("Appel non terminé", restent, page, noms, _page_d_appel)


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
        if self._sans_prix:
            yield _par_jour(
                "Tarif manquant\u00a0: ces jours ne sont pas facturés",
                self._sans_prix,
                reverse("admin:facturation_tarif_changelist"),
                self._prestations,
                lambda prestation, _: f"{ajouter}?prestation={prestation}",
            )

    def _appels_non_faits(self) -> Iterator[Anomalie]:
        """The page of the kind is that of the first day that nobody has called. Ended all the same, it says so."""
        jours = {jour for _, jour in self._non_pointees}
        fins = AppelTermine.objects.en_vigueur().filter(jour__in=jours, prestation__in=self._prestations)
        termines = set(fins.values_list("prestation", "jour"))
        vus = self._non_pointees.keys()
        page = reverse("admin:planning_prestation_appels")
        for titre, couples in ((NON_FAIT, vus - termines), (TERMINE, vus & termines)):
            if couples:
                premier = min(jour for _, jour in couples)
                yield _par_jour(titre, couples, f"{page}?jour={premier.isoformat()}", self._prestations, _page_d_appel)

    def _nommees(self, motif: str) -> Iterator[Anomalie]:
        concernees = self._familles[motif]
        if concernees:
            familles = Famille.objects.avec_responsables().in_bulk(concernees[:EXEMPLES])
            exemples = [Exemple(str(familles[pk]), _ou_corriger(motif, familles[pk])) for pk in concernees[:EXEMPLES]]
            liste = reverse(LISTE_DE_LA_FAMILLE.get(motif, "admin:famille_famille_changelist"))
            reste = len(concernees) - len(exemples)
            yield Anomalie(TITRES[motif], len(concernees), exemples, autres=reste, lien=liste)


def _page_d_appel(prestation: int, jour: date) -> str:
    return reverse("admin:planning_prestation_appel", args=[prestation, jour.year, jour.month, jour.day])


def _par_jour(
    titre: str,
    jours: Iterable[tuple[int, date]],
    page: str,
    noms: dict[int, Prestation],
    page_d_un: Callable[[int, date], str],
) -> Anomalie:
    """As many as days, a line a prestation: « Garderie matin : 02, 03, 05/11/2026 ». Leads to its first day."""
    exemples, tous = [], sorted(jours)
    for prestation, groupe in groupby(tous, key=itemgetter(0)):
        dates = [jour for _, jour in groupe]
        exemples.append(Exemple(f"{noms[prestation]}\u00a0: {dates_courtes(dates)}", page_d_un(prestation, dates[0])))
    return Anomalie(titre, len(tous), exemples, lien=page)


def _ou_corriger(motif: str, famille: Famille) -> str:
    if motif in LISTE_DE_LA_FAMILLE:
        return _liste(LISTE_DE_LA_FAMILLE[motif], famille)
    if motif == "sans_qf":
        return f"{reverse('admin:famille_quotientfamilial_add')}?famille={famille.pk}"
    return reverse("admin:famille_famille_change", args=[famille.pk])


def _liste(page: str, famille: Famille) -> str:
    """That famille's, in a list that finds it by its number."""
    return f"{reverse(page)}?q={famille.numero}"
