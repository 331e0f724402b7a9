"""Prices copied to a new year: the old ones end the day before, and what is billed already never changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

import francais
from facturation.models import CampagneDeFacturation, ReportDeTarif, Tarif, TrancheDeTarif
from facturation.montants import au_centime
from famille.models import Compte
from planning.models import Prestation
from planning.regles.jours import UN_JOUR
from socle.annee_scolaire import AnneeScolaire

CENT = Decimal(100)
UN_AN = timedelta(days=366)
# A price is copied with all that it says, but its dates.
PROPRES = ("id", "prestation", "du", "au")


@dataclass(frozen=True)
class Prix:
    """A bracket, before and after."""

    tranche: TrancheDeTarif
    resident: Decimal
    exterieur: Decimal


@dataclass(frozen=True, eq=False)
class Ligne:
    """A prestation: the price that holds the day before, if there is one; why it is not copied, if it is not."""

    prestation: Prestation
    ancien: Tarif | None
    refus: str = ""
    prix: list[Prix] = field(default_factory=list)


class ReportDesTarifs:
    """To that day, by that percentage (2 for +2 %). Four queries to read, whatever the number of prices."""

    def __init__(self, du: date, pourcent: Decimal = Decimal(0)) -> None:
        self.du, self.pourcent = du, pourcent

    @cached_property
    def lignes(self) -> list[Ligne]:
        """Of the prestations that still open then, in the order of the planning."""
        prestations = Prestation.objects.actives(self.du).select_related("structure").order_by("structure", "ordre")
        return [self._ligne(prestation) for prestation in prestations]

    @property
    def possibles(self) -> list[Ligne]:
        return [ligne for ligne in self.lignes if not ligne.refus]

    def choisies(self, prestations: Collection[int]) -> list[Ligne]:
        return [ligne for ligne in self.possibles if ligne.prestation.pk in prestations]

    def dire(self, lignes: list[Ligne]) -> list[str]:
        """In numbers; nothing if nothing is copied."""
        if not lignes:
            return []
        veille = francais.date_courte(self.du - UN_JOUR)
        nouveaux = francais.pluriel(len(lignes), "tarif reporté", "tarifs reportés")
        return [
            f"{nouveaux} à compter du {francais.date_courte(self.du)}, {self.evolution}.",
            f"Ceux d’aujourd’hui s’arrêtent le {veille}\u00a0: ce qui précède se facture par eux.",
            "Les jours déjà réservés à partir de cette date suivent le nouveau prix.",
        ]

    @property
    def evolution(self) -> str:
        """« au même prix », « +2 %, arrondi au centime »."""
        if not self.pourcent:
            return "au même prix"
        valeur = f"{self.pourcent.normalize():+f}".replace(".", ",").replace("-", "−")
        return f"{valeur}\u00a0%, arrondi au centime"

    def empreinte(self, lignes: list[Ligne]) -> str:
        """What was read is what is written."""
        return repr([(self.du, ligne.ancien and ligne.ancien.pk, [_dit(p) for p in ligne.prix]) for ligne in lignes])

    @transaction.atomic
    def faire(self, lignes: list[Ligne], *, par: Compte) -> None:
        """A few statements, whatever the number of prices."""
        le = timezone.now()
        couples = [(ligne, self._suite(ligne, ligne.ancien)) for ligne in lignes if ligne.ancien]
        avant = {ligne: ligne.ancien.au for ligne, _ in couples if ligne.ancien}
        self._arreter(couples)
        Tarif.objects.bulk_create(nouveau for _, nouveau in couples)
        TrancheDeTarif.objects.bulk_create(
            TrancheDeTarif(tarif=nouveau, qf_max=prix.tranche.qf_max, resident=prix.resident, exterieur=prix.exterieur)
            for ligne, nouveau in couples
            for prix in ligne.prix
        )
        ReportDeTarif.objects.bulk_create(
            ReportDeTarif(
                nouveau=nouveau, ancien=ligne.ancien, au_avant=avant[ligne], pourcent=self.pourcent, par=par, le=le
            )
            for ligne, nouveau in couples
        )
        _noter((nouveau for _, nouveau in couples), self.evolution, par)

    def _arreter(self, couples: Iterable[tuple[Ligne, Tarif]]) -> None:
        """Those that would go on. What ended already, ended."""
        anciens = [ligne.ancien.pk for ligne, _ in couples if ligne.ancien]
        veille = self.du - UN_JOUR
        Tarif.objects.filter(pk__in=anciens).exclude(au__lte=veille).update(au=veille)

    def _suite(self, ligne: Ligne, ancien: Tarif) -> Tarif:
        champs = (champ.attname for champ in Tarif._meta.concrete_fields if champ.name not in PROPRES)
        copies = {champ: getattr(ancien, champ) for champ in champs}
        return Tarif(prestation=ligne.prestation, du=self.du, **copies)

    def _ligne(self, prestation: Prestation) -> Ligne:
        siens = self._tarifs[prestation.pk]
        ancien = next((tarif for tarif in siens if tarif.du < self.du and _est_recent(tarif, self.du)), None)
        suivant = next((tarif for tarif in reversed(siens) if tarif.du >= self.du), None)
        if suivant:
            return Ligne(prestation, ancien, f"a déjà un tarif à compter du {francais.date_courte(suivant.du)}")
        if ancien is None:
            return Ligne(prestation, None, "n’a pas de tarif à reporter")
        if ancien.pk in self._deja_factures:
            return Ligne(prestation, ancien, "a déjà servi à facturer après cette date")
        return Ligne(prestation, ancien, prix=[self._prix(tranche) for tranche in ancien.tranches.all()])

    def _prix(self, tranche: TrancheDeTarif) -> Prix:
        facteur = 1 + self.pourcent / CENT
        return Prix(tranche, au_centime(tranche.resident * facteur), au_centime(tranche.exterieur * facteur))

    @cached_property
    def _deja_factures(self) -> set[int]:
        return _factures(self.du)

    @cached_property
    def _tarifs(self) -> defaultdict[int, list[Tarif]]:
        """By prestation, the latest first."""
        par_prestation: defaultdict[int, list[Tarif]] = defaultdict(list)
        for tarif in Tarif.objects.order_by("-du").prefetch_related("tranches"):
            par_prestation[tarif.prestation_id].append(tarif)
        return par_prestation


class RetourDesTarifs:
    """What was copied together, undone: the new prices go, the old ones end when they did."""

    def __init__(self, annee: AnneeScolaire, le: datetime) -> None:
        self.annee, self.le = annee, le

    @cached_property
    def reports(self) -> list[ReportDeTarif]:
        siens = ReportDeTarif.objects.de(self.annee).filter(le=self.le)
        return list(siens.select_related("nouveau__prestation", "ancien"))

    @cached_property
    def annulables(self) -> list[ReportDeTarif]:
        """By which nothing is billed."""
        if not self.reports:
            return []
        factures = _factures(min(report.nouveau.du for report in self.reports))
        return [report for report in self.reports if report.nouveau_id not in factures]

    def dire(self) -> list[str]:
        gardes = len(self.reports) - len(self.annulables)
        phrases = (
            (
                len(self.annulables),
                "tarif s’efface, et ce qui y a été changé depuis\u00a0; celui d’avant reprend",
                "tarifs s’effacent, et ce qui y a été changé depuis\u00a0; ceux d’avant reprennent",
            ),
            (gardes, "tarif reste\u00a0: il a servi à facturer", "tarifs restent\u00a0: ils ont servi à facturer"),
        )
        return [f"{francais.pluriel(nombre, un, plusieurs)}." for nombre, un, plusieurs in phrases if nombre]

    @transaction.atomic
    def faire(self) -> int:
        """How many are gone."""
        par_fin = self._par_fin()
        Tarif.objects.filter(pk__in=[report.nouveau_id for report in self.annulables]).delete()
        for fin, anciens in par_fin.items():
            Tarif.objects.filter(pk__in=anciens).update(au=fin)
        return len(self.annulables)

    def _par_fin(self) -> dict[date | None, list[int]]:
        """Of those that the copy ended, and nobody since."""
        par_fin: defaultdict[date | None, list[int]] = defaultdict(list)
        for report in self.annulables:
            if report.ancien.au == report.nouveau.du - UN_JOUR:
                par_fin[self._fin(report)].append(report.ancien_id)
        return par_fin

    def _fin(self, report: ReportDeTarif) -> date | None:
        """Its own of before; sooner, if a price that was written since follows."""
        suivant = self._suivants.get(report.nouveau.prestation_id)
        fins = (report.au_avant, suivant and suivant - UN_JOUR)
        return min((fin for fin in fins if fin), default=None)

    @cached_property
    def _suivants(self) -> dict[int, date]:
        """By prestation, when the first price begins that stays after those that go."""
        partent = [report.nouveau for report in self.annulables]
        restent = Tarif.objects.exclude(pk__in=[tarif.pk for tarif in partent]).filter(
            prestation__in=[tarif.prestation_id for tarif in partent], du__gt=min(tarif.du for tarif in partent)
        )
        return dict(restent.order_by().values_list("prestation").annotate(Min("du")))


def _factures(depuis: date) -> set[int]:
    """The prices by which a campaign has billed a day from that one on, by key."""
    grilles = CampagneDeFacturation.objects.filter(au__gte=depuis, regles__has_key="grilles")
    lues = grilles.order_by().values_list("regles__grilles", flat=True)
    return {grille["tarif"] for une in lues for grille in une}


def _est_recent(tarif: Tarif, du: date) -> bool:
    """In force within the year before."""
    return tarif.au is None or tarif.au >= du - UN_AN


def _dit(prix: Prix) -> tuple[int | None, Decimal, Decimal]:
    return prix.tranche.qf_max, prix.resident, prix.exterieur


def _noter(tarifs: Iterator[Tarif], evolution: str, par: Compte) -> None:
    """In the history of each."""
    sorte = ContentType.objects.get_for_model(Tarif)
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=par.pk,
            content_type=sorte,
            object_id=str(tarif.pk),
            object_repr=str(tarif)[:200],
            action_flag=ADDITION,
            change_message=f"Rentrée {AnneeScolaire.de(tarif.du)}\u00a0: reporté, {evolution}.",
        )
        for tarif in tarifs
    )
