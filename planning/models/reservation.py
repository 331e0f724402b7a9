"""One inscription on one day: its booking state and, beside it, its attendance. See planning.regles.etats for the axes.

Every verb locks the child, reads the day again, then changes it: two verbs never work on the same state.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from famille.models import Compte
from francais import jour_et_mois
from planning import erreurs
from planning.acteurs import exiger_agent, exiger_famille
from planning.journees.journee import Journee
from planning.regles.etats import ABSENCES_DECIDEES, ACQUISES, EN_ATTENTE, OCCUPENT, Etat, Presence
from planning.regles.refus import ReglesDuJour
from socle.chiffrement import TexteChiffre

from .calendrier import lire_calendrier
from .pointage import AvecPointage
from .reservation_queryset import VENUES_SANS_RESERVATION, FiltresReservation


class ReservationQuerySet(FiltresReservation["Reservation"]):
    def prendre(self, journees: list["Reservation"], etat: Etat, *, par: Compte) -> list["Reservation"]:
        """Write that state on those days of one inscription, which must have been checked: `inscription.prendre`."""
        nouvelles = [journee for journee in journees if journee.pk is None]
        connues = [journee for journee in journees if journee.pk]
        for journee in journees:
            # A second request does not erase why the first one was refused, until it is accepted.
            motif = journee.motif if journee.etat == Etat.REFUSEE and etat == Etat.DEMANDEE else ""
            journee.changer(etat, par, motif=motif)
        self.bulk_create(nouvelles)
        self.bulk_update(connues, ["etat", "etat_avant", "motif", "depuis", "par"])
        return journees

    def oublier_le_rythme(self) -> None:
        """Their pattern has changed: what it said of them, it says no more. Nobody has said anything else."""
        for champ in ("etat", "etat_avant"):
            self.filter(**{champ: Etat.REGULIERE}).update(**{champ: Etat.AUCUN})


class Reservation(AvecPointage):
    """A day of an inscription, once something has happened to it. Get one by `inscription.journee(jour)`."""

    AU_LIEU_DE_SUPPRIMER = "annulez-la, ou notez une absence, depuis la liste des réservations."

    # Its index is that of the unique constraint.
    inscription = models.ForeignKey("planning.Inscription", models.PROTECT, related_name="reservations", db_index=False)
    # Written by PostgreSQL from the inscription: places are counted without a join.
    prestation = models.ForeignKey(
        "planning.Prestation", models.PROTECT, related_name="reservations", editable=False, db_index=False
    )
    jour = models.DateField()
    etat = models.CharField("état", max_length=16, choices=Etat, default=Etat.AUCUN)
    # What a withdrawal or a refused absence goes back to.
    etat_avant = models.CharField("état précédent", max_length=16, choices=Etat, default=Etat.AUCUN, editable=False)
    # Why a child is away, or why not: encrypted.
    motif = TexteChiffre(max_length=500, blank=True)
    depuis = models.DateTimeField("depuis", default=timezone.now, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = "réservation"
        verbose_name_plural = "réservations"
        permissions = [("faire_appel", "Peut faire l’appel")]
        ordering = ["jour", "inscription"]
        indexes = [
            models.Index(fields=["prestation", "jour"], name="reservation_du_jour"),
            models.Index(fields=["jour"], name="reservation_en_attente", condition=Q(etat__in=sorted(EN_ATTENTE))),
            models.Index(fields=["jour"], name="presence_sans_reservation", condition=VENUES_SANS_RESERVATION),
        ]
        constraints = [
            *AvecPointage.Meta.constraints,
            models.UniqueConstraint(fields=["inscription", "jour"], name="une_reservation_par_jour"),
            models.CheckConstraint(condition=Q(etat__in=Etat.values), name="reservation_etat_connu"),
            models.CheckConstraint(
                condition=Q(etat_avant__in=Etat.values) & ~Q(etat_avant__in=sorted(EN_ATTENTE)),
                name="reservation_etat_avant_stable",
            ),
            models.CheckConstraint(condition=~Q(etat=Etat.REFUSEE) | ~Q(motif=""), name="reservation_refus_motive"),
        ]

    def __str__(self) -> str:
        return f"{self.inscription}, {jour_et_mois(self.jour)}\u00a0: {self.get_etat_display().lower()}"

    @property
    def occupe_une_place(self) -> bool:
        return self.etat in OCCUPENT

    @property
    def est_en_attente(self) -> bool:
        return self.etat in EN_ATTENTE

    @property
    def est_acquise(self) -> bool:
        """Booked or régulier, and nobody has said otherwise."""
        return self.etat in ACQUISES

    @property
    def journee(self) -> Journee:
        """As plain values. Reads the inscription."""
        dossier = self.inscription
        cles = (dossier.famille_id, dossier.enfant_id, dossier.pk, self.prestation_id, self.jour, self.pk)
        return Journee(*cles, Etat(self.etat), Presence(self.presence), self.arrivee, self.depart)

    def demander(self, *, par: Compte) -> None:
        """Ask for that day. It holds its place at once."""
        self._devenir(self.inscription.demander([self.jour], par=par)[0])

    def reserver(self, *, par: Compte, derogation: str = "") -> None:
        """Book that day. `derogation`: see `inscription.prendre`."""
        self._devenir(self.inscription.reserver([self.jour], par=par, derogation=derogation)[0])

    @transaction.atomic
    def prendre_en_charge(self, *, par: Compte) -> None:
        """An agent is looking at the request."""
        exiger_agent(par)
        self._relire()
        suivant = {Etat.DEMANDEE: Etat.EN_COURS, Etat.ABSENCE_DEMANDEE: Etat.ABSENCE_EN_COURS}
        self._exiger(*suivant)
        self._passer(suivant[Etat(self.etat)], par, motif=self.motif)

    @transaction.atomic
    def confirmer(self, *, par: Compte) -> None:
        """Accept the request: the day is booked. By an agent, or by the famille where validation is automatic."""
        if self.inscription.prestation.est_automatique:
            exiger_famille(par, self.inscription.famille_id)
        else:
            exiger_agent(par)
        self._relire()
        self._exiger(Etat.DEMANDEE, Etat.EN_COURS)
        self._passer(Etat.RESERVEE, par)

    @transaction.atomic
    def refuser(self, motif: str, *, par: Compte) -> None:
        """Refuse the request, and say why. The place is free again."""
        exiger_agent(par)
        _exiger_motif(motif)
        self._relire()
        self._exiger(Etat.DEMANDEE, Etat.EN_COURS)
        self._passer(Etat.REFUSEE, par, motif=motif)

    @transaction.atomic
    def expirer(self, motif: str) -> None:
        """Nobody has answered in time: refused by nobody. The place is free again."""
        _exiger_motif(motif)
        self._relire()
        self._exiger(Etat.DEMANDEE, Etat.EN_COURS)
        self._passer(Etat.REFUSEE, None, motif=motif)

    @transaction.atomic
    def retirer(self, *, par: Compte) -> None:
        """Withdraw a pending request, of booking or of absence: the day is what it was before."""
        exiger_famille(par, self.inscription.famille_id)
        self._relire()
        self._exiger(*EN_ATTENTE)
        self._passer(Etat(self.etat_avant), par, motif=self.motif if self.etat_avant == Etat.REFUSEE else "")

    @transaction.atomic
    def annuler(self, *, par: Compte) -> None:
        """An agent takes the day back: not expected, not billed, its place free, whatever the pattern says."""
        exiger_agent(par)
        self._relire()
        self._exiger(*ACQUISES, Etat.DEMANDEE, Etat.EN_COURS)
        self._passer(Etat.ANNULEE, par)

    @transaction.atomic
    def demander_absence(self, motif: str = "", *, par: Compte) -> None:
        """Declare that the child will not come. The place is held until an agent excuses or bills."""
        exiger_famille(par, self.inscription.famille_id)
        self._relire()
        self._exiger_absent()
        self._refuser_si(self._regles_du_jour(par).refus_d_absence(self.jour, Etat(self.etat)))
        self._passer(Etat.ABSENCE_DEMANDEE, par, motif=motif)

    @transaction.atomic
    def excuser(self, motif: str = "", *, par: Compte) -> None:
        """The absence is not billed, and the place is free again."""
        self._decider_absence(Etat.ABSENT_EXCUSE, par, motif, Etat.ABSENT_FACTURE)

    @transaction.atomic
    def facturer_absence(self, motif: str = "", *, par: Compte) -> None:
        """The absence is billed, and keeps its place: it is paid for."""
        self._decider_absence(Etat.ABSENT_FACTURE, par, motif)

    @transaction.atomic
    def refuser_absence(self, motif: str, *, par: Compte) -> None:
        """The day stays booked."""
        exiger_agent(par)
        _exiger_motif(motif)
        self._relire()
        self._exiger(Etat.ABSENCE_DEMANDEE, Etat.ABSENCE_EN_COURS)
        self._passer(Etat(self.etat_avant), par, motif=motif)

    @transaction.atomic
    def mettre_en_conge(self, *, par: Compte) -> None:
        """The famille is away: the day is given back, unbilled. Same deadline as an absence."""
        exiger_famille(par, self.inscription.famille_id)
        self._relire()
        self._exiger_absent()
        self._refuser_si(self._regles_du_jour(par).refus_d_absence(self.jour, Etat(self.etat)))
        self._passer(Etat.CONGE, par)

    @transaction.atomic
    def retablir(self, *, par: Compte) -> None:
        """Undo an absence, a congé or an annulation: the day is booked again, if a place is left."""
        exiger_agent(par)
        self._relire()
        self._exiger(*ABSENCES_DECIDEES, Etat.ANNULEE)
        avant = Etat(self.etat_avant) if self.etat_avant in ACQUISES else Etat.RESERVEE
        if self.occupe_une_place:
            self._passer(avant, par)
        else:
            self._devenir(self.inscription.prendre([self.jour], avant, par=par, deja_eues=True)[0])

    def _decider_absence(self, etat: Etat, par: Compte, motif: str, *aussi_depuis: Etat) -> None:
        exiger_agent(par)
        self._relire()
        self._exiger_absent()
        self._exiger(Etat.ABSENCE_DEMANDEE, Etat.ABSENCE_EN_COURS, *ACQUISES, *aussi_depuis)
        self._passer(etat, par, motif=motif or self.motif)

    def _relire(self) -> None:
        """Lock the child, unless it is held already, and become the day as it is now."""
        if self.inscription.tenue is None:
            self.inscription.verrouiller()
        if not self.inscription.couvre(self.jour):
            raise erreurs.InscriptionAbsente(f"L’enfant n’est pas inscrit le {jour_et_mois(self.jour)}.")
        self._devenir(self.inscription.journee(self.jour))

    def _devenir(self, autre: "Reservation") -> None:
        for champ in self._meta.concrete_fields:
            if champ.attname != "inscription_id":
                setattr(self, champ.attname, getattr(autre, champ.attname))
        self._state.adding = autre._state.adding

    def changer(self, etat: Etat, par: Compte | None, *, motif: str = "") -> None:
        """Move the booking axis, in memory, and keep what the state was before."""
        d_une_absence_a_l_autre = self.etat in ABSENCES_DECIDEES and etat in ABSENCES_DECIDEES
        if self.etat not in EN_ATTENTE and not d_une_absence_a_l_autre:
            self.etat_avant = self.etat
        self.etat, self.motif, self.depuis, self.par = etat, motif, timezone.now(), par

    def _passer(self, etat: Etat, par: Compte | None, *, motif: str = "") -> None:
        self.changer(etat, par, motif=motif)
        self.save()

    def _regles_du_jour(self, par: Compte) -> ReglesDuJour:
        return self.inscription.regles_du_jour(
            lire_calendrier(self.jour, self.jour), pour_agent=par.is_staff, malgre=True
        )

    def _exiger(self, *etats: Etat) -> None:
        if self.etat not in etats:
            raise erreurs.EtatIncompatible(self._dire_l_etat())

    def _dire_l_etat(self) -> str:
        """What the day is, whether or not it was so when somebody looked at it."""
        if self.etat == Etat.AUCUN:
            regles = self.inscription.regles_du_jour(lire_calendrier(self.jour, self.jour), malgre=True)
            return regles.pourquoi_sans_reservation(self.jour)
        return f"Impossible pour le {jour_et_mois(self.jour)}, noté «\u00a0{self.get_etat_display().lower()}\u00a0»."

    def _exiger_absent(self) -> None:
        if self.est_presente:
            raise erreurs.EtatIncompatible(f"L’enfant était présent le {jour_et_mois(self.jour)}.")

    def _refuser_si(self, refus: erreurs.RefusPlanning | None) -> None:
        if refus:
            raise refus


def _exiger_motif(motif: str) -> None:
    if not motif.strip():
        raise erreurs.MotifRequis("Indiquez le motif du refus.")
