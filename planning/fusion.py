"""The inscriptions of a child whose two records become one, with their days; and the documents given of it."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from famille.fusion.suites import Suite
from famille.models import Enfant
from francais import date_courte, pluriel
from planning.journees.lecture import jours_occupes
from planning.models import Inscription, Reservation
from planning.regles.jours import jours_entre

UN_AN = timedelta(days=366)  # as far as a pattern without an end is looked at


class InscriptionsDUnEnfant(Suite):
    def obstacles(self, garde: Enfant, fondue: Enfant) -> Iterator[str]:
        siennes = garde.inscriptions.select_related("prestation")
        for une in fondue.inscriptions.select_related("prestation"):
            fin = une.au or max(une.du, timezone.localdate()) + UN_AN
            memes = siennes.filter(prestation=une.prestation_id, famille=une.famille_id)
            if memes.entre(une.du, une.au or date.max).exists():
                yield (
                    f"Les deux fiches sont inscrites à «\u00a0{une.prestation}\u00a0» pour la même famille aux mêmes "
                    "dates\u00a0: terminez d’abord l’une des deux inscriptions."
                )
            elif commun := _premier_jour_commun(une, list(siennes.entre(une.du, fin)), fin):
                yield (
                    f"Les deux fiches sont attendues aux mêmes heures le {date_courte(commun)}\u00a0: annulez d’abord "
                    "l’une des deux journées."
                )

    def compter(self, fondue: Enfant) -> Iterator[str]:
        nombre = fondue.inscriptions.count()
        if nombre:
            jours = Reservation.objects.filter(inscription__enfant=fondue).count()
            dits = f" et {pluriel(jours, 'jour réservé ou pointé', 'jours réservés ou pointés')}" if jours else ""
            yield f"{pluriel(nombre, 'inscription')}{dits}"

    def deplacer(self, garde: Enfant, fondue: Enfant) -> None:
        fondue.inscriptions.update(enfant=garde)


class PiecesDUnEnfant(Suite):
    """The documents that were given of a child."""

    def compter(self, fondue: Enfant) -> Iterator[str]:
        nombre = fondue.pieces_fournies.count()
        if nombre:
            yield pluriel(nombre, "document fourni", "documents fournis")

    def deplacer(self, garde: Enfant, fondue: Enfant) -> None:
        fondue.pieces_fournies.update(enfant=garde)


def _premier_jour_commun(une: Inscription, autres: list[Inscription], fin: date) -> date | None:
    """On which the child would be expected twice at the same hours."""
    communs: set[date] = set()
    for autre in autres:
        if une.prestation.horaires.chevauchent(autre.prestation.horaires):
            jours = list(jours_entre(max(une.du, autre.du), min(fin, autre.au or fin)))
            communs |= jours_occupes([une.pk], jours) & jours_occupes([autre.pk], jours)
    return min(communs, default=None)
