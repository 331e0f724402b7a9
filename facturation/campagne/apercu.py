"""The preview of a campaign: what the issue would write, what to look at first, and the campaign before it."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Sum

from facturation.campagne.decompte import CompteFamille, Decompte, Progression
from facturation.campagne.ecrivain import Ecrivain
from facturation.models import CampagneDeFacturation
from facturation.models.facture import NUL
from famille.models import Enfant, Famille
from francais import date_courte, dates_courtes
from planning.models import Inscription, Prestation, Reservation
from socle.memoire import sans_ramasse_miettes

EXEMPLES = 20  # familles or children named per kind of anomaly; the others are counted


@dataclass
class Anomalie:
    """Something to look at before issuing: how many times, and the first examples."""

    titre: str
    nombre: int = 0
    exemples: list[str] = field(default_factory=list)
    autres: int = 0  # counted without being named

    def noter(self, exemple: object) -> None:
        self.nombre += 1
        if len(self.exemples) < EXEMPLES:
            self.exemples.append(str(exemple))
        else:
            self.autres += 1


@dataclass
class Apercu:
    """What the issue would write (invoices, €), beside the campaign before. `par_prestation`: [(name, €)].

    `precedente`: the period of the campaign before, empty if there is none.
    """

    factures: int = 0
    montant: Decimal = NUL
    avoirs: int = 0
    rendu: Decimal = NUL
    regularisations: int = 0
    par_prestation: list[tuple[str, Decimal]] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    precedente: str = ""
    factures_avant: int = 0
    montant_avant: Decimal = NUL

    @property
    def ecart(self) -> Decimal:
        """In €: above zero, the town bills more than the time before."""
        return self.montant - self.montant_avant

    def en_json(self) -> dict:
        """As plain values, amounts in € included, for `lire`."""
        return asdict(self)

    @classmethod
    def lire(cls, contenu: dict) -> "Apercu":
        """From what `en_json` gave, once it has been through JSON."""
        sommes = {champ: Decimal(contenu[champ]) for champ in ("montant", "rendu", "montant_avant")}
        par_prestation = [(nom, Decimal(montant)) for nom, montant in contenu["par_prestation"]]
        anomalies = [Anomalie(**anomalie) for anomalie in contenu["anomalies"]]
        return cls(**contenu | sommes | {"par_prestation": par_prestation, "anomalies": anomalies})


def apercevoir(campagne: CampagneDeFacturation, *, au: date, progression: Progression | None = None) -> Apercu:
    """Reckon the whole campaign as of the day `au`, without writing anything of it."""
    decompte = Decompte(campagne, au=au)
    apercu, constats, sommes = Apercu(), _Constats(decompte.prestations), Counter()
    with sans_ramasse_miettes():
        for lot in _suivre(decompte, campagne.derniere_famille, progression):
            enfants = Enfant.objects.in_bulk({a.enfant for c in lot for a in [*c.articles, *c.regularisations]})
            ecrivain = Ecrivain(decompte.prestations, enfants)
            for compte in lot:
                _additionner(apercu, sommes, compte, ecrivain)
                constats.observer(compte)
    noms = sorted(decompte.prestations.values(), key=lambda prestation: prestation.ordre)
    apercu.par_prestation = [(prestation.nom, sommes[prestation.pk]) for prestation in noms if sommes[prestation.pk]]
    apercu.anomalies = [*_du_planning(campagne, decompte.prestations), *constats.anomalies()]
    _comparer(apercu, campagne)
    return apercu


def _suivre(decompte: Decompte, apres: int, progression: Progression | None) -> Iterator[list[CompteFamille]]:
    """The lots of familles. After each, says how far it has come."""
    faites, total = 0, decompte.compter_familles()
    for lot in decompte.lots(apres=apres):
        yield lot
        gc.collect()
        faites += len(lot)
        if progression:
            progression(faites, max(faites, total))
    if progression:
        progression(faites, faites)


def _additionner(apercu: Apercu, sommes: Counter, compte: CompteFamille, ecrivain: Ecrivain) -> None:
    facture = ecrivain.facture(compte)
    if facture:
        apercu.factures += 1
        apercu.montant += facture.montant
        for ligne in facture.lignes:
            sommes[ligne.prestation_id] += ligne.montant
            apercu.regularisations += ligne.est_regularisation
    for lignes in ecrivain.a_rendre(compte).values():
        apercu.avoirs += 1
        apercu.rendu -= sum(ligne.montant for ligne in lignes)


def _comparer(apercu: Apercu, campagne: CampagneDeFacturation) -> None:
    avant = campagne.regie.campagnes.filter(au__lt=campagne.du, emise_le__isnull=False).order_by("-au").first()
    if avant:
        sommes = avant.factures.order_by().aggregate(nombre=Count("pk"), montant=Sum("montant", default=NUL))
        apercu.precedente = avant.periode
        apercu.factures_avant, apercu.montant_avant = sommes["nombre"], sommes["montant"]


def _du_planning(campagne: CampagneDeFacturation, prestations: Iterable[int]) -> Iterator[Anomalie]:
    """What planning knows to be wrong over the period."""
    incoherentes = Reservation.objects.en_erreur().entre(campagne.du, campagne.au).filter(prestation__in=prestations)
    sans_inscription = Inscription.objects.a_regulariser().entre(campagne.du, campagne.au)
    for titre, lignes, nommer in (
        ("Journées incohérentes", incoherentes.select_related("inscription__enfant", "prestation"), _journee),
        (
            "Enfants présents sans inscription",
            sans_inscription.filter(prestation__in=prestations).select_related("enfant", "prestation"),
            str,
        ),
    ):
        anomalie = Anomalie(titre, lignes.count())
        anomalie.exemples = [nommer(ligne) for ligne in lignes[:EXEMPLES]]
        anomalie.autres = anomalie.nombre - len(anomalie.exemples)
        if anomalie.nombre:
            yield anomalie


def _journee(reservation: Reservation) -> str:
    return f"{reservation.inscription.enfant}, {reservation.prestation}, {date_courte(reservation.jour)}"


class _Constats:
    """What the reckoning stumbles on. Familles are kept by id, and named at the end: few of them are shown."""

    def __init__(self, prestations: dict[int, Prestation]) -> None:
        self._prestations = prestations
        self._sans_prix, self._non_pointees = Counter(), Counter()
        self._familles = {
            "sans_payeur": Anomalie("Familles sans titulaire\u00a0: la facture n’aurait pas de payeur"),
            "sans_qf": Anomalie("QF inconnu\u00a0: le tarif le plus élevé s’applique"),
            "sans_adresse": Anomalie("Commune inconnue\u00a0: le tarif de la commune s’applique"),
            "en_suspens": Anomalie("Demandes à décider\u00a0: ces jours ne sont pas facturés"),
            "deja_facturee": Anomalie("Déjà facturées sur cette période\u00a0: rien de plus"),
        }

    def observer(self, compte: CompteFamille) -> None:
        for motif, anomalie in self._familles.items():
            if getattr(compte, motif):
                anomalie.noter(compte.famille)
        self._sans_prix.update(compte.sans_prix)
        self._non_pointees.update(compte.non_pointees)

    def anomalies(self) -> Iterator[Anomalie]:
        """Those that exist, the worst first."""
        yield from self._par_jour("Tarif manquant\u00a0: ces jours ne sont pas facturés", self._sans_prix)
        yield from self._nommees("sans_payeur")
        yield from self._par_jour("Appel non fait", self._non_pointees)
        for motif in ("en_suspens", "sans_qf", "sans_adresse", "deja_facturee"):
            yield from self._nommees(motif)

    def _par_jour(self, titre: str, jours: Counter) -> Iterator[Anomalie]:
        """As many as days, a line a prestation: « Garderie matin : 02, 03, 05/11/2026 »."""
        if jours:
            par_prestation = groupby(sorted(jours), key=itemgetter(0))
            lignes = [
                f"{self._prestations[prestation]}\u00a0: {dates_courtes(jour for _, jour in groupe)}"
                for prestation, groupe in par_prestation
            ]
            yield Anomalie(titre, len(jours), lignes)

    def _nommees(self, motif: str) -> Iterator[Anomalie]:
        anomalie = self._familles[motif]
        if anomalie.nombre:
            familles = Famille.objects.avec_responsables().in_bulk([int(pk) for pk in anomalie.exemples])
            anomalie.exemples = [str(familles[int(pk)]) for pk in anomalie.exemples]
            yield anomalie
