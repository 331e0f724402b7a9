"""What a famille's price depends on, besides its days: QF, town, and what it was billed already. Read lot by lot."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import F

from facturation.campagne.passe.rattrapage import Rattrapage
from facturation.campagne.rendu import Possible
from facturation.models import Avoir, CampagneDeFacturation, Facture, Regie
from facturation.models.facture import somme_par_facture
from facturation.prix.article import Article
from facturation.prix.grille import Nature, Unite
from facturation.prix.residence import habite_la_commune
from famille.models import QuotientFamilial, Responsable

# An enumeration's own look-up would be felt: a city's billed months have a million days.
NATURES = {nature.value: nature for nature in Nature}
UNITES = {unite.value: unite for unite in Unite}

DEJA_FACTURE = """
SELECT o.famille_id, o.facture_id, l.nature, l.unite,
       coalesce(e.fondu_dans_id, l.enfant_id), l.prestation_id, u.jour,
       CASE WHEN l.unite = 'heure' THEN coalesce(u.minutes, u.quantite * 60) ELSE u.quantite END,
       l.prix_unitaire, l.explication
FROM (
    SELECT f.famille_id, f.id AS facture_id, l.id AS ligne_id
    FROM facturation_facture f JOIN facturation_ligne l ON l.facture_id = f.id
    WHERE f.famille_id = ANY(%(familles)s) AND f.regie_id = %(regie)s AND f.date >= %(depuis)s
    UNION ALL
    SELECT a.famille_id, a.facture_id, l.id
    FROM facturation_avoir a JOIN facturation_ligne l ON l.avoir_id = a.id
    WHERE a.famille_id = ANY(%(familles)s) AND a.regie_id = %(regie)s AND a.date >= %(depuis)s
) AS o
JOIN facturation_ligne l ON l.id = o.ligne_id AND l.enfant_id IS NOT NULL AND l.prestation_id IS NOT NULL
JOIN famille_enfant e ON e.id = l.enfant_id
CROSS JOIN LATERAL unnest(l.jours, l.quantites, l.minutes) AS u(jour, quantite, minutes)
ORDER BY l.id
"""


@dataclass(slots=True)
class Situation:
    """`ville`: of its titulaire, None without one. `quotients`: (date of effect, QF), newest first.

    `deja`: what it was billed on the days that are read again; `residences`: (du, au, did it live in the town).
    """

    famille: int
    ville: str | None
    quotients: Sequence[tuple[date, int]]
    est_facturee: bool  # over this very period
    deja: list[Article] = field(default_factory=list)
    residences: list[tuple[date, date, bool]] = field(default_factory=list)

    @property
    def resident(self) -> bool:
        """Today."""
        return habite_la_commune(self.ville or "")

    def habitait(self, jour: date, *, sinon: bool) -> bool:
        """As the paper of that period remembers: moving house changes no past price. `sinon`: there was none."""
        return next((resident for du, au, resident in self.residences if du <= jour <= au), sinon)

    def qf(self, jour: date) -> int | None:
        return next((valeur for effet, valeur in self.quotients if effet <= jour), None)


def lire_situations(
    familles: list[int], campagne: CampagneDeFacturation, rattrapage: Rattrapage
) -> dict[int, Situation]:
    """By famille. Six queries at most, however many there are."""
    villes, quotients = lire_villes(familles), lire_quotients(familles, campagne.au)
    facturees = _facturees(familles, campagne)
    situations = {
        famille: Situation(famille, villes.get(famille), quotients.get(famille, ()), famille in facturees)
        for famille in familles
    }
    if rattrapage.campagnes:
        _lire_le_deja_facture(situations, campagne, rattrapage)
    return situations


def lire_villes(familles: list[int]) -> dict[int, str]:
    """{famille: town of its titulaire}. A famille without a titulaire is not there."""
    titulaires = Responsable.objects.filter(famille__in=familles, role=Responsable.Role.TITULAIRE)
    return dict(titulaires.values_list("famille", "ville"))


def lire_quotients(familles: list[int], au: date) -> dict[int, list[tuple[date, int]]]:
    """{famille: [(date of effect, QF)]}, newest first."""
    lignes = QuotientFamilial.objects.filter(famille__in=familles, date_effet__lte=au)
    lus = lignes.order_by("famille", "-date_effet").values_list("famille", "date_effet", "valeur")
    return {famille: [ligne[1:] for ligne in groupe] for famille, groupe in groupby(lus, itemgetter(0))}


def _facturees(familles: list[int], campagne: CampagneDeFacturation) -> set[int]:
    """Those who have an invoice of this régie over this period already."""
    factures = Facture.objects.order_by().filter(famille__in=familles, regie=campagne.regie)
    communes = factures.filter(du__lte=campagne.au, au__gte=campagne.du)
    return set(communes.values_list("famille", flat=True))


def _lire_le_deja_facture(
    situations: dict[int, Situation], campagne: CampagneDeFacturation, rattrapage: Rattrapage
) -> None:
    papiers = {"famille__in": list(situations), "regie": campagne.regie_id, "date__gte": rattrapage.depuis}
    factures = Facture.objects.order_by().filter(**papiers).values_list("famille", "du", "au", "resident")
    # A month that gave back more than it billed has no invoice: its avoir remembers.
    avoirs = Avoir.objects.order_by().filter(**papiers, campagne__isnull=False, resident__isnull=False)
    d_un_mois_rendu = avoirs.values_list("famille", "campagne__du", "campagne__au", "resident")
    for famille, du, au, resident in (*factures, *d_un_mois_rendu):
        if du is not None and au is not None and resident is not None:
            situations[famille].residences.append((du, au, resident))
    parametres: dict[str, list[int] | int | date]
    parametres = {"familles": list(situations), "regie": campagne.regie_id, "depuis": rattrapage.depuis}
    with connection.cursor() as curseur:
        curseur.execute(DEJA_FACTURE, parametres)
        for famille, facture, nature, unite, enfant, prestation, jour, quantite, prix, explication in curseur:
            if rattrapage.relit(jour):
                situations[famille].deja.append(
                    Article(
                        enfant, prestation, jour, NATURES[nature], quantite, UNITES[unite], prix, explication, facture
                    )
                )


def lire_possibles(familles: list[int], regie: Regie) -> dict[int, list[Possible]]:
    """{famille: what each of its invoices of that régie can still give back}. One query."""
    factures = Facture.objects.filter(famille__in=familles, regie=regie).order_by("pk")
    a_rendre = factures.annotate(possible=F("montant") - somme_par_facture(Avoir)).filter(possible__gt=0)
    possibles: dict[int, list[Possible]] = defaultdict(list)
    for famille, pk, numero, possible in a_rendre.values_list("famille", "pk", "numero", F("possible")):
        possibles[famille].append(Possible(pk, f"{regie.code}-{numero}", possible))
    return possibles
