"""The days of several requests that are decided together: what they share is locked and read once for all.

Their children are locked first, so that what is read stays true until the end of the transaction.
"""

from collections.abc import Iterable
from datetime import date

from demandes.types.planning.code_de_jour import Jour
from facturation.prix.devis import Devis, bareme_de
from famille.models import Enfant, Famille
from planning.models import Inscription, Reservation, lire_calendrier
from planning.models.jours_pris.manques import lire_les_pieces
from socle.verrous import verrouiller_toutes


class JoursEnsemble:
    """Five queries, however many days there are: `jours` (one at least) of inscriptions of these `enfants`."""

    def __init__(self, enfants: Iterable[int], jours: Iterable[Jour]) -> None:
        enfants, jours = set(enfants), set(jours)
        du, au = min(jour for _, jour in jours), max(jour for _, jour in jours)
        self.cles = frozenset(cle for cle, _ in jours)
        verrouiller_toutes(Enfant.objects, enfants)
        lues = Inscription.objects.filter(pk__in=self.cles, enfant__in=enfants).order_by("prestation_id", "pk")
        self._inscriptions = list(lues.select_related("prestation__structure", "enfant").avec_manques())
        lire_les_pieces(self._inscriptions)
        self.calendrier = (du, au, lire_calendrier(du, au))
        lignes = Reservation.objects.filter(inscription__in=self._inscriptions, jour__in={jour for _, jour in jours})
        self._lignes: dict[Jour, Reservation | None] = dict.fromkeys(jours)
        self._lignes |= {(ligne.inscription_id, ligne.jour): ligne for ligne in lignes}
        self._bareme = bareme_de({une.prestation_id: une.prestation for une in self._inscriptions}.values(), du, au)
        for inscription in self._inscriptions:
            inscription.tenue = self.calendrier[2]

    def lacher(self) -> None:
        """The transaction is over, and the locks with it."""
        for inscription in self._inscriptions:
            inscription.tenue = None

    def inscriptions(self, cles: Iterable[int], famille: Famille, enfant: Enfant | None) -> list[Inscription]:
        """In the order in which places are taken."""
        siennes = [une for une in self._inscriptions if une.famille_id == famille.pk]
        return [une for une in siennes if une.pk in cles and enfant is not None and une.enfant_id == enfant.pk]

    def prendre(self, inscription: Inscription, jours: Iterable[date]) -> dict[date, Reservation] | None:
        """The rows of those days, the first time: whoever comes next reads again what has been done of them."""
        couples = [(inscription.pk, jour) for jour in jours]
        if not self._lignes.keys() >= set(couples):
            return None
        lues = {jour: self._lignes.pop((cle, jour)) for cle, jour in couples}
        return {jour: ligne for jour, ligne in lues.items() if ligne}

    def devis(self, famille: Famille) -> Devis:
        return Devis.sur(self._bareme, famille)
