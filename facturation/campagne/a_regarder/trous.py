"""What is missing so that everything is billed: a month, a price, a régie, a calendar. Nobody owes what nobody sees."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from facturation.campagne.a_regarder.anomalie import Anomalie, Exemple
from facturation.campagne.regles import ReglesDeCampagne
from facturation.models import CampagneDeFacturation
from francais import date_courte
from planning.calendrier.manques import manques_entre
from planning.models import Inscription, Prestation, Structure

UN_JOUR = timedelta(days=1)
MEMOIRE = timedelta(days=366)  # how far back a month that was never billed is looked for


def trous(
    campagne: CampagneDeFacturation, regles: ReglesDeCampagne, prestations: dict[int, Prestation], deja: Iterable[int]
) -> Iterator[Anomalie]:
    """Those that exist. `deja`: the prestations of which days without a price are told already."""
    yield from _mois_jamais_factures(campagne, list(regles.prestations))
    yield from _prestations_sans_tarif(campagne, regles, prestations, set(deja))
    yield from _structures_sans_regie(campagne)
    yield from _calendrier_incomplet(campagne)


def _mois_jamais_factures(campagne: CampagneDeFacturation, prestations: list[int]) -> Iterator[Anomalie]:
    """Between two campaigns of the régie, or between the last one and this one, where children were enrolled."""
    avant = campagne.regie.campagnes.filter(au__lt=campagne.du, au__gte=campagne.du - MEMOIRE).order_by("du")
    fin: date | None = None
    for du, au in [*avant.values_list("du", "au"), (campagne.du, campagne.au)]:
        if fin is not None and du > fin + UN_JOUR:
            trou = fin + UN_JOUR, du - UN_JOUR
            if Inscription.objects.filter(prestation__in=prestations).entre(*trou).exists():
                yield _jamais_facture(campagne, *trou)
        fin = au


def _jamais_facture(campagne: CampagneDeFacturation, du: date, au: date) -> Anomalie:
    parametres = urlencode({"regie": campagne.regie_id, "du": date_courte(du), "au": date_courte(au)})
    page = f"{reverse('admin:facturation_campagnedefacturation_add')}?{parametres}"
    periode = f"Du {date_courte(du)} au {date_courte(au)}"
    return Anomalie("Période jamais facturée par cette régie", 1, [Exemple(periode, page)], lien=page)


def _prestations_sans_tarif(
    campagne: CampagneDeFacturation, regles: ReglesDeCampagne, prestations: dict[int, Prestation], deja: set[int]
) -> Iterator[Anomalie]:
    tarifees = {grille.prestation for grille in regles.grilles}
    ouvertes = [pk for pk, une in regles.prestations.items() if not une.ouverture.est_inactive(regles.du)]
    sans = [prestations[pk] for pk in ouvertes if pk not in tarifees | deja]
    if sans:
        ajouter = reverse("admin:facturation_tarif_add")
        exemples = [Exemple(str(une), f"{ajouter}?prestation={une.pk}") for une in sans]
        yield Anomalie("Prestations sans tarif sur cette période", len(sans), exemples, lien=exemples[0].lien)


def _structures_sans_regie(campagne: CampagneDeFacturation) -> Iterator[Anomalie]:
    """Of which nothing is ever billed, though children are enrolled."""
    inscrits = Inscription.objects.order_by().entre(campagne.du, campagne.au)
    servies = inscrits.filter(prestation__structure__en_regie__isnull=True).values("prestation__structure")
    sans = list(Structure.objects.filter(pk__in=servies))
    if sans:
        page = reverse("admin:facturation_regie_change", args=[campagne.regie_id])
        exemples = [Exemple(str(structure), page) for structure in sans]
        yield Anomalie("Structures sans régie\u00a0: rien n’y est facturé", len(sans), exemples, lien=page)


def _calendrier_incomplet(campagne: CampagneDeFacturation) -> Iterator[Anomalie]:
    """As the calendar itself says it: July and 25 December would be billed like days of school."""
    manques = manques_entre(campagne.du, campagne.au)
    sortes = (
        ("Calendrier incomplet\u00a0: les vacances qui manquent comptent comme des jours d’école", "vacances"),
        ("Jours fériés manquants\u00a0: ils sont facturés comme les autres", "jourferie"),
    )
    for (titre, modele), phrases in zip(sortes, zip(*manques, strict=True), strict=True):
        page = reverse(f"admin:planning_{modele}_changelist")
        if dits := [Exemple(phrase, page) for phrase in phrases if phrase]:
            yield Anomalie(titre, len(dits), dits, lien=page)
