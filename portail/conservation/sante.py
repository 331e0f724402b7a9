"""Health data, once the child no longer comes; and, much later, the journal of who read them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Enfant, FicheSanitaire, LectureConfidentielle, PieceFournie, Rattachement
from planning.models import Inscription, Reservation
from portail.conservation.dormance import familles_dormantes
from portail.conservation.durees import SANTE, duree
from portail.conservation.rubrique import Gardees, Rubrique

SANS_FIN = "qui sont inscrits sans date de fin, mais sans un jour réservé depuis\u00a0: un agent peut y mettre fin"


class DonneesDeSante(Rubrique):
    """Of a child: the record, its vaccinations, the diet, the requests that wrote them, the documents of health."""

    titre, duree, depuis = "Données de santé, par enfant", SANTE, ""
    suit = "dossiers"

    def __init__(self, le: date) -> None:
        super().__init__(le)
        self.dormantes = familles_dormantes(duree(self.suit).limite(le))

    def a_purger(self) -> QuerySet[Enfant]:
        return self._connus().filter(self._n_est_plus_inscrit() | self._dossier_dormant(), ~self._revient())

    def gardees(self) -> list[Gardees]:
        inscrits = Exists(Inscription.objects.order_by().filter(enfant=OuterRef("pk")))
        jamais = self._connus().filter(~inscrits, ~self._dossier_dormant())
        reviennent = self._connus().filter(self._n_est_plus_inscrit(), self._revient())
        return [
            Gardees(self._inscrits_sans_venir().count(), SANS_FIN),
            Gardees(reviennent.count(), "qui ne sont plus inscrits, mais une demande les concerne depuis"),
            Gardees(jamais.count(), "qui n’ont jamais été inscrits\u00a0: gardées autant que leur dossier"),
        ]

    def effacer(self, lignes: QuerySet[Enfant]) -> int:
        enfants = list(lignes.values_list("pk", flat=True))
        FicheSanitaire.objects.filter(enfant__in=enfants).delete()
        PieceFournie.objects.filter(piece__de_sante=True, enfant__in=enfants).delete()
        Demande.objects.filter(self._de_sante(), enfant__in=enfants).delete()
        Enfant.objects.filter(pk__in=enfants).update(regime=Enfant.Regime.STANDARD)
        return len(enfants)

    def _connus(self) -> QuerySet[Enfant]:
        """Of whom something is known."""
        fiches = FicheSanitaire.objects.order_by().filter(enfant=OuterRef("pk"))
        demandes = _d_un_enfant().filter(self._de_sante(), enfant=OuterRef("pk"))
        pieces = PieceFournie.objects.order_by().filter(piece__de_sante=True, enfant=OuterRef("pk"))
        connue = Exists(fiches) | Exists(demandes) | Exists(pieces)
        return Enfant.objects.filter(~Q(regime=Enfant.Regime.STANDARD) | connue)

    def _n_est_plus_inscrit(self) -> Q:
        inscriptions = Inscription.objects.order_by().filter(enfant=OuterRef("pk"))
        recentes = inscriptions.filter(Q(au=None) | Q(au__gte=self.limite))
        return Q(Exists(inscriptions)) & ~Q(Exists(recentes))

    def _inscrits_sans_venir(self) -> QuerySet[Enfant]:
        """Enrolled until further notice, and forgotten: as long as nobody ends it, nothing of theirs goes."""
        inscriptions = Inscription.objects.order_by().filter(enfant=OuterRef("pk"))
        jours = Reservation.objects.order_by().filter(inscription__enfant=OuterRef("pk"), jour__gte=self.limite)
        ouvertes, recentes = inscriptions.filter(au=None, du__lt=self.limite), inscriptions.filter(du__gte=self.limite)
        return self._connus().filter(Exists(ouvertes), ~Exists(recentes), ~Exists(jours))

    def _dossier_dormant(self) -> Q:
        """All its dossiers are: those that money holds lose this all the same."""
        rattachements = Rattachement.objects.order_by().filter(enfant=OuterRef("pk"))
        vivants = rattachements.exclude(famille__in=self.dormantes.order_by().values("pk"))
        return Q(Exists(rattachements)) & ~Q(Exists(vivants))

    def _revient(self) -> Exists:
        """Its parents are preparing a return: they have asked something about it, or still do."""
        demandes = _d_un_enfant().filter(enfant=OuterRef("pk"))
        recentes = Q(deposee_le__gte=self.instant) | Q(decidee_le__gte=self.instant)
        return Exists(demandes.filter(Q(decidee_le=None) | recentes))

    def _de_sante(self) -> Q:
        return Q(type__in=[genre.code for genre in GENRES.tous() if genre.est_de_sante()])


def _d_un_enfant() -> QuerySet[Demande]:
    """Said once more, for PostgreSQL to read no other: it may well read them before it has a child."""
    return Demande.objects.order_by().filter(enfant__isnull=False)


class JournalDesLectures(Rubrique):
    """It outlives the record: it is what proves that nobody has read it unlawfully, or that somebody has."""

    titre, reglage, depuis = "Journal des lectures de données confidentielles", "journal", "après la lecture"

    def a_purger(self) -> QuerySet[LectureConfidentielle]:
        return LectureConfidentielle.objects.filter(le__lt=self.instant)
