"""The preview of a campaign: what the issue would write, what to look at first, and the campaign before it."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from facturation.campagne.a_regarder.anomalie import Anomalie
from facturation.campagne.a_regarder.constats import Constats, anomalies_du_planning, appels_a_terminer
from facturation.campagne.a_regarder.trous import trous
from facturation.campagne.creance import Creance
from facturation.campagne.decompte import Decompte, Progression
from facturation.campagne.redaction import Redaction
from facturation.models import CampagneDeFacturation
from facturation.montants import NUL
from socle.ouvrier.memoire import sans_ramasse_miettes

Sommes = defaultdict[int | None, Decimal]  # {prestation: €}
Recueil = Callable[[Mapping[int, Decimal]], None]  # {famille: €}


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
        anomalies = [Anomalie.lire(anomalie) for anomalie in contenu["anomalies"]]
        return cls(**contenu | sommes | {"par_prestation": par_prestation, "anomalies": anomalies})


def apercevoir(
    campagne: CampagneDeFacturation,
    *,
    au: date,
    progression: Progression | None = None,
    recueillir: Recueil | None = None,
) -> Apercu:
    """Reckon the whole campaign as of the day `au`, without writing anything of it.

    `recueillir` is handed what each famille would get, lot by lot: a city's would fill the memory.
    """
    decompte = Decompte(campagne, au=au)
    apercu, constats = Apercu(), Constats(decompte.prestations)
    sommes: Sommes = defaultdict(Decimal)
    with sans_ramasse_miettes():
        for lot in _suivre(decompte, campagne.derniere_famille, progression):
            redaction = Redaction.du_lot(lot, decompte.prestations)
            montants = {}
            for creance in lot:
                montants[creance.famille] = _additionner(apercu, sommes, redaction, creance)
                constats.observer(creance)
            if recueillir:
                recueillir({famille: montant for famille, montant in montants.items() if montant is not None})
    ordonnees = sorted(decompte.prestations.values(), key=lambda prestation: prestation.ordre)
    apercu.par_prestation = [(p.nom, sommes[p.pk]) for p in ordonnees if sommes[p.pk]]
    apercu.anomalies = [
        *trous(campagne, decompte.regles, decompte.prestations, constats.sans_prix),
        *anomalies_du_planning(campagne, decompte.regles.prestations),
        *constats.anomalies(),
        *appels_a_terminer(campagne, decompte.regles.prestations),
    ]
    _comparer(apercu, campagne)
    return apercu


def _suivre(decompte: Decompte, apres: int, progression: Progression | None) -> Iterator[list[Creance]]:
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


def _additionner(apercu: Apercu, sommes: Sommes, redaction: Redaction, creance: Creance) -> Decimal | None:
    """Returns what that famille would get, in €: below zero, given back; None, no paper."""
    facture = redaction.facture(creance)
    if facture:
        apercu.factures += 1
        apercu.montant += facture.montant
        for ligne in facture.lignes:
            sommes[ligne.prestation_id] += ligne.montant
            apercu.regularisations += ligne.est_regularisation
        return facture.montant
    avoirs = redaction.avoirs(creance)
    rendu = -sum((ligne.montant for lignes in avoirs.values() for ligne in lignes), NUL)
    apercu.avoirs += len(avoirs)
    apercu.rendu += rendu
    return -rendu if avoirs else None


def _comparer(apercu: Apercu, campagne: CampagneDeFacturation) -> None:
    avant = campagne.regie.campagnes.filter(au__lt=campagne.du, emise_le__isnull=False).order_by("-au").first()
    if avant:
        sommes = avant.factures.order_by().aggregate(nombre=Count("pk"), montant=Sum("montant", default=NUL))
        apercu.precedente = avant.periode
        apercu.factures_avant, apercu.montant_avant = sommes["nombre"], sommes["montant"]
