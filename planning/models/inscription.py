"""A child may use a prestation from … to …, on behalf of one famille, perhaps with a weekly pattern.

Being *inscrit* is not having *réservé*. The pattern's days (*régulier*) are derived, not stored: a réservation
row exists once something happens to a day. See docs/decisions/0011.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from famille.models import Compte, Enfant, Famille
from francais import date_courte, pluriel
from planning import erreurs
from planning.acteurs import exiger_agent
from planning.champs import JoursField
from planning.regles.calendrier import Calendrier
from planning.regles.etats import OCCUPENT, Etat, Presence
from planning.regles.inscription import ReglesInscription
from planning.regles.jours import AUCUN_JOUR, Jours, bornes_du_mois
from planning.regles.ouverture import Rythme
from planning.regles.regles_du_jour import ReglesDuJour
from socle.periodes import DANS_L_ORDRE, couvre, dans_l_ordre, du_au, entre, un_seul
from socle.verrous import verrouiller

from .calendrier import lire_calendrier
from .prestation import Prestation
from .prise_de_places import PriseDePlaces, PriseDeRythme
from .reservation import Reservation


@contextmanager
def relais() -> Iterator[None]:
    """While one inscription takes over from another, both may stand; not afterwards."""
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS inscription_sans_chevauchement DEFERRED")
        yield
        curseur.execute("SET CONSTRAINTS inscription_sans_chevauchement IMMEDIATE")


class InscriptionQuerySet(models.QuerySet["Inscription"]):
    def entre(self, du: date, au: date) -> "InscriptionQuerySet":
        """In force on some day from `du` to `au`."""
        return self.filter(entre(du, au))

    def en_vigueur(self, jour: date) -> "InscriptionQuerySet":
        return self.entre(jour, jour)

    def du_mois(self, annee: int, mois: int) -> "InscriptionQuerySet":
        return self.entre(*bornes_du_mois(annee, mois))

    def regulieres(self) -> "InscriptionQuerySet":
        return self.exclude(jours=AUCUN_JOUR)

    def a_regulariser(self) -> "InscriptionQuerySet":
        """Children who came without being inscrits."""
        return self.filter(a_regulariser=True)

    def aux_heures_de(self, prestation: Prestation) -> "InscriptionQuerySet":
        """To prestations whose hours overlap those of that one."""
        return self.filter(
            prestation__heure_debut__lt=prestation.heure_fin, prestation__heure_fin__gt=prestation.heure_debut
        )

    @transaction.atomic
    def inscrire(
        self,
        enfant: Enfant,
        prestation: Prestation,
        famille: Famille,
        *,
        du: date,
        au: date | None = None,
        jours: Jours = AUCUN_JOUR,
        parite: int | None = None,
        par: Compte,
    ) -> "Inscription":
        """The one door: checks what the pattern takes. Raises InscriptionImpossible, HorairesIncompatibles, Complet."""
        exiger_agent(par)
        verrouiller(Enfant.objects.only("pk"), enfant.pk)
        inscription = Inscription(
            enfant=enfant, prestation=prestation, famille=famille, du=du, au=au, jours=jours, parite=parite, par=par
        )
        inscription._refuser_le_chevauchement()
        # The one-day inscriptions of the roll call overlap this one, until they have been absorbed.
        with relais():
            inscription.save()
            inscription._absorber()
        PriseDeRythme(inscription).verifier()
        return inscription

    @transaction.atomic
    def accueillir(
        self, enfant: Enfant, prestation: Prestation, famille: Famille, jour: date, *, par: Compte
    ) -> "Inscription":
        """The inscription with which to call the roll for a child who is there. Made for the day if there is none:
        the presence shows as « Erreur » until an agent has enrolled the child."""
        exiger_agent(par)
        verrouiller(Enfant.objects.only("pk"), enfant.pk)
        cles = {"enfant": enfant, "prestation": prestation, "famille": famille}
        existante = self.en_vigueur(jour).filter(**cles).first()
        return existante or Inscription.objects.create(**cles, du=jour, au=jour, a_regulariser=True, par=par)


class Inscription(models.Model):
    """A child, a prestation, and the famille who pays. Made by `Inscription.objects.inscrire`."""

    class Parite(models.IntegerChoices):
        PAIRE = 0, "Semaines paires"
        IMPAIRE = 1, "Semaines impaires"

    enfant = models.ForeignKey("famille.Enfant", models.PROTECT, related_name="inscriptions")
    prestation = models.ForeignKey("planning.Prestation", models.PROTECT, related_name="inscriptions")
    famille = models.ForeignKey("famille.Famille", models.PROTECT, related_name="inscriptions")
    du = models.DateField("du")
    au = models.DateField("au", null=True, blank=True, help_text="Dernier jour. Vide\u00a0: jusqu’à nouvel ordre.")
    jours = JoursField("jours réguliers", default=AUCUN_JOUR)
    parite = models.PositiveSmallIntegerField(
        "semaines", choices=Parite, null=True, blank=True, help_text="Garde alternée. Vide\u00a0: toutes les semaines."
    )
    a_regulariser = models.BooleanField("à régulariser", default=False, editable=False)
    creee_le = models.DateTimeField("créée le", default=timezone.now, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )

    # Annotated by whoever reads the inscriptions of a month: the titulaire's name, town and QF; the places of a day.
    payeur: str
    ville: str
    qf: int | None
    capacite: int | None

    objects = InscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        ordering = ["enfant", "prestation", "du"]
        indexes = [
            models.Index(fields=["prestation", "du"], name="inscription_reguliere", condition=~Q(jours=0)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=dans_l_ordre(),
                name="inscription_dans_l_ordre",
                violation_error_message=DANS_L_ORDRE,
            ),
            # Deferrable, for `relais`.
            ExclusionConstraint(
                name="inscription_sans_chevauchement",
                expressions=[
                    (un_seul("enfant"), RangeOperators.OVERLAPS),
                    (un_seul("prestation"), RangeOperators.OVERLAPS),
                    (un_seul("famille"), RangeOperators.OVERLAPS),
                    (du_au(), RangeOperators.OVERLAPS),
                ],
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message="L’enfant est déjà inscrit à cette prestation à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enfant} — {self.prestation}"

    @property
    def rythme(self) -> Rythme:
        return Rythme(Jours(self.jours), self.parite)

    @property
    def est_reguliere(self) -> bool:
        return bool(self.jours)

    def couvre(self, jour: date) -> bool:
        return couvre(self.du, self.au, jour)

    @property
    def regles(self) -> ReglesInscription:
        """The rules as plain values. Reads the prestation and the child."""
        return ReglesInscription(
            prestation=self.prestation.regles,
            naissance=self.enfant.date_naissance,
            du=self.du,
            au=self.au,
            rythme=self.rythme,
            a_regulariser=self.a_regulariser,
        )

    def regles_du_jour(self, calendrier: Calendrier, *, pour_agent: bool = False) -> ReglesDuJour:
        """The rules in front of that calendar, now."""
        return ReglesDuJour(self.regles, calendrier, timezone.now(), pour_agent)

    def journee(self, jour: date) -> Reservation:
        """That day: its row, or an unsaved réservation in the state that the pattern gives. Never writes."""
        return self.journees([jour])[0]

    def journees(self, jours: Iterable[date], calendrier: Calendrier | None = None) -> list[Reservation]:
        """The same for several days, in order."""
        jours = sorted(set(jours))
        if not jours:
            return []
        # Without a pattern, a day is what its row says: no need of a calendar.
        calendrier = calendrier or (lire_calendrier(jours[0], jours[-1]) if self.est_reguliere else Calendrier())
        regles = self.regles_du_jour(calendrier)
        lignes = {ligne.jour: ligne for ligne in self.reservations.filter(jour__in=jours)}
        journees = []
        for jour in jours:
            journee = lignes.get(jour) or Reservation(jour=jour, prestation_id=self.prestation_id)
            journee.inscription = self
            if journee.etat == Etat.AUCUN and regles.est_regulier(jour):
                journee.etat = Etat.REGULIERE
            journees.append(journee)
        return journees

    def verrouiller(self) -> None:
        """Nobody else changes the child until the end of the transaction. Reads the inscription again."""
        verrouiller(Enfant.objects.only("pk"), self.enfant_id)
        try:
            self.refresh_from_db(fields=["du", "au", "jours", "parite", "a_regulariser"])
        except Inscription.DoesNotExist:
            raise erreurs.InscriptionAbsente("Cette inscription a été remplacée par une autre.") from None

    def reserver(self, jours: Iterable[date], *, par: Compte) -> list[Reservation]:
        """Book days, all or none: booked at once by an agent or where validation is automatic, else asked for."""
        d_office = par.is_staff or self.prestation.est_automatique
        return PriseDePlaces(self, par=par).faire(jours, Etat.RESERVEE if d_office else Etat.DEMANDEE)

    def demander(self, jours: Iterable[date], *, par: Compte) -> list[Reservation]:
        """Ask for days, all or none. Each holds its place at once, and waits for an agent."""
        return PriseDePlaces(self, par=par).faire(jours, Etat.DEMANDEE)

    @transaction.atomic
    def demander_absence(self, jours: Iterable[date], *, motif: str = "", par: Compte) -> list[Reservation]:
        """Declare absences on booked or régulier days, all or none."""
        journees = self.journees(jours)
        for journee in journees:
            journee.demander_absence(motif, par=par)
        return journees

    @transaction.atomic
    def mettre_en_conge(self, jours: Iterable[date], *, par: Compte) -> list[Reservation]:
        """The famille is away: the booked days among those are given back, unbilled. The others stay as they are."""
        journees = [journee for journee in self.journees(jours) if journee.est_acquise]
        for journee in journees:
            journee.mettre_en_conge(par=par)
        return journees

    @transaction.atomic
    def terminer(self, au: date, *, par: Compte) -> None:
        """Set the last day. Refuses if days are booked or attended after it."""
        exiger_agent(par)
        self.verrouiller()
        if au < self.du:
            raise erreurs.InscriptionImpossible(f"Cette inscription commence le {date_courte(self.du)}.")
        apres = self.reservations.filter(jour__gt=au)
        pris = apres.filter(Q(etat__in=OCCUPENT) | Q(presence=Presence.PRESENT)).count()
        if pris:
            jours = pluriel(pris, "jour réservé ou pointé", "jours réservés ou pointés")
            raise erreurs.InscriptionImpossible(f"Il reste {jours} après le {date_courte(au)}.")
        apres.delete()
        self.au = au
        self.save(update_fields=["au"])

    @transaction.atomic
    def annuler_accueil(self, *, par: Compte) -> None:
        """Undo `accueillir`: the child was not there after all. A real inscription stays."""
        exiger_agent(par)
        self.verrouiller()
        if self.a_regulariser:
            self.reservations.all().delete()
            self.delete()

    @transaction.atomic
    def changer_rythme(
        self, jours: Jours, *, parite: int | None = None, a_compter_du: date, par: Compte
    ) -> "Inscription":
        """Another pattern from that day on: a new inscription takes over, and what is past stays as it was."""
        exiger_agent(par)
        self.verrouiller()
        if not self.couvre(a_compter_du):
            raise erreurs.InscriptionImpossible(f"L’inscription n’est pas en vigueur le {date_courte(a_compter_du)}.")
        suite = Inscription(enfant=self.enfant, prestation=self.prestation, famille=self.famille, du=a_compter_du)
        suite.au, suite.jours, suite.parite, suite.par = self.au, jours, parite, par
        with relais():
            suite.save()
            self._ceder_a(suite)
        PriseDeRythme(suite, remplace=self.rythme).verifier()
        return suite

    def _ceder_a(self, suite: "Inscription") -> None:
        self.reservations.filter(jour__gte=suite.du).update(inscription=suite)
        if suite.du == self.du:
            self.delete()
        else:
            self.au = suite.du - timedelta(days=1)
            self.save(update_fields=["au"])

    def _voisines(self) -> InscriptionQuerySet:
        return Inscription.objects.entre(self.du, self.au or date.max).filter(
            enfant=self.enfant, prestation=self.prestation, famille=self.famille
        )

    def _refuser_le_chevauchement(self) -> None:
        if self.au is not None and self.au < self.du:
            raise erreurs.InscriptionImpossible(DANS_L_ORDRE)
        if not self.enfant.rattachements.filter(famille=self.famille).exists():
            raise erreurs.InscriptionImpossible("Cet enfant n’est pas rattaché à cette famille.")
        if self._voisines().filter(a_regulariser=False).exists():
            raise erreurs.InscriptionImpossible("L’enfant est déjà inscrit à cette prestation à ces dates.")

    def _absorber(self) -> None:
        """Take over the days of children who came before they were enrolled."""
        for journee in self._voisines().a_regulariser():
            journee.reservations.update(inscription=self)
            journee.delete()
