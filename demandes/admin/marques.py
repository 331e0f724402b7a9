"""What makes a request of the planning pressing: its first day is near or was asked late, its places are short.

Read at once for a whole page of the queue: the number of queries does not depend on the number of requests.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

import francais
from demandes.models import Demande
from demandes.types.planning.places import note_de_places
from planning.models import Inscription, lire_calendrier
from planning.places.restantes import effectifs

PROCHE = timedelta(days=2)


def marquer(demandes: Iterable[Demande]) -> None:
    """Give each request its `marques`, a few short words."""
    jours = {demande: demande.genre.jours_concernes(demande) for demande in demandes if demande.est_en_attente}
    jours = {demande: couples for demande, couples in jours.items() if couples}
    if jours:
        _marquer_les_jours(jours)


def _marquer_les_jours(jours: dict[Demande, list[tuple[int, date]]]) -> None:
    cles = {cle for couples in jours.values() for cle, _ in couples}
    lues = Inscription.objects.filter(pk__in=cles).select_related("prestation__structure", "enfant")
    inscriptions = {inscription.pk: inscription for inscription in lues}
    dates = [jour for couples in jours.values() for _, jour in couples]
    calendrier = lire_calendrier(min(dates), max(dates))
    notes_par_jour = _places(
        {(inscriptions[cle].prestation_id, jour) for c in jours.values() for cle, jour in c if cle in inscriptions}
    )
    for demande, couples in jours.items():
        marques = []
        premier = min(jour for _, jour in couples)
        if premier <= timezone.localdate() + PROCHE:
            marques.append(f"Proche\u00a0: {francais.date_courte(premier)}")
        connus = [(inscriptions[cle], jour) for cle, jour in couples if cle in inscriptions]
        if any(demande.genre.est_hors_delai(demande, i.regles_du_jour(calendrier), jour) for i, jour in connus):
            marques.append("Hors délai")
        if demande.genre.prend_des_places:
            # « Complet » before the last place that the famille holds, and both before nothing.
            marques.append(max((notes_par_jour[i.prestation_id, jour] for i, jour in connus), default=""))
        demande.marques = list(filter(None, marques))


def _places(couples: set[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """By prestation and day, what is short, of requests that hold their places."""
    ouverts: dict[int, list[date]] = {}
    for prestation, jour in couples:
        ouverts.setdefault(prestation, []).append(jour)
    return {couple: note_de_places(effectif, tenue=True) for couple, effectif in effectifs(ouverts).items()}
