"""A child may use a prestation from … to …, on behalf of one famille, perhaps with a weekly pattern.

Being *inscrit* is not having *réservé*. The pattern's days (*régulier*) are derived, not stored: a réservation
row exists once something happens to a day. See docs/decisions/0011.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from famille.models import Compte, Enfant, Famille
from francais import date_courte, pluriel
from planning import erreurs
from planning.acteurs import exiger_agent, exiger_famille
from planning.journees.lecture import jours_occupes
from planning.regles.calendrier import Calendrier, plus_proposee
from planning.regles.dossier.manques import RIEN_NE_MANQUE
from planning.regles.etats import OCCUPENT, Etat, Presence
from planning.regles.inscription import ReglesInscription
from planning.regles.jours import AUCUN_JOUR, UN_JOUR, Jours
from planning.regles.ouverture import SANS_RYTHME, Rythme
from planning.regles.refus import ReglesDuJour, attendu_ailleurs
from socle.periodes import DANS_L_ORDRE, dans_l_ordre, sans_chevauchement
from socle.verrous import verrouiller

from .calendrier import lire_calendrier
from .inscription_queryset import FiltresInscription
from .jours_pris.absences import AvecAbsences
from .jours_pris.derogation import Derogation
from .jours_pris.manques import AvecManques
from .prestation import Prestation
from .relais import SANS_CHEVAUCHEMENT, AvecRelais, relais
from .reservation import Reservation
from .rythme import AvecRythme, NouveauRythme


class InscriptionQuerySet(FiltresInscription["Inscription"]):
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
            inscription.absorber(inscription.venues())
        inscription._verifier_le_rythme()
        return inscription


class Inscription(AvecAbsences, AvecManques, AvecRelais, AvecRythme):
    """A child, a prestation, and the famille who pays. Made by `Inscription.objects.inscrire`."""

    AU_LIEU_DE_SUPPRIMER = "terminez-la par sa date de fin. Ce qui a été réservé et facturé reste."

    enfant = models.ForeignKey("famille.Enfant", models.PROTECT, related_name="inscriptions")
    prestation = models.ForeignKey("planning.Prestation", models.PROTECT, related_name="inscriptions")
    famille = models.ForeignKey("famille.Famille", models.PROTECT, related_name="inscriptions")
    a_regulariser = models.BooleanField("à régulariser", default=False, editable=False)
    creee_le = models.DateTimeField("créée le", default=timezone.now, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )

    # Annotated by `avec_payeur`: the titulaire's name and town, the QF of a day.
    payeur: str
    ville: str
    qf: int | None
    tenue: Calendrier | None = None  # the calendar of its days, as long as who changes several holds the child's lock

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
                condition=dans_l_ordre(), name="inscription_dans_l_ordre", violation_error_message=DANS_L_ORDRE
            ),
            # Deferrable, for `relais`.
            sans_chevauchement(
                SANS_CHEVAUCHEMENT,
                *("enfant", "prestation", "famille"),
                deferrable=models.Deferrable.IMMEDIATE,
                message="L’enfant est déjà inscrit à cette prestation à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enfant} — {self.prestation}"

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

    def regles_du_jour(self, calendrier: Calendrier, *, pour_agent: bool = False, malgre: bool = False) -> ReglesDuJour:
        """The rules in front of that calendar, now. `malgre`: whatever the record lacks."""
        manques = RIEN_NE_MANQUE if malgre else self.manques
        return ReglesDuJour(self.regles, calendrier, timezone.now(), pour_agent, manques)

    def journee(self, jour: date) -> Reservation:
        """That day: its row, or an unsaved réservation in the state that the pattern gives. Never writes."""
        return self.journees([jour])[0]

    def journees(
        self, jours: Iterable[date], calendrier: Calendrier | None = None, lignes: dict[date, Reservation] | None = None
    ) -> list[Reservation]:
        """The same for several days, in order. `lignes`: those of their rows that there are, if they are read."""
        jours = sorted(set(jours))
        if not jours:
            return []
        # Without a pattern, a day is what its row says: no need of a calendar.
        if (calendrier := calendrier or self.tenue) is None:
            calendrier = lire_calendrier(jours[0], jours[-1]) if self.est_reguliere else Calendrier()
        regles = self.regles_du_jour(calendrier, malgre=True)
        if lignes is None:
            lignes = {ligne.jour: ligne for ligne in self.reservations.filter(jour__in=jours)}
        journees = []
        for jour in jours:
            journee = lignes.get(jour) or Reservation(jour=jour, prestation_id=self.prestation_id)
            journee.inscription = self
            if journee.etat == Etat.AUCUN and regles.est_regulier(jour):
                journee.etat = Etat.REGULIERE
            journees.append(journee)
        return journees

    def jours_pris_ailleurs(self, jours: Iterable[date]) -> set[date]:
        """Those of these days on which the child is expected elsewhere at the same hours, by whatever famille."""
        jours = sorted(jours)
        return jours_occupes(self._aux_memes_heures(jours[0], jours[-1]).values_list("pk", flat=True), jours)

    def verrouiller(self) -> None:
        """Nobody else changes the child until the end of the transaction. Reads the inscription again."""
        verrouiller(Enfant.objects.only("pk"), self.enfant_id)
        if (lue := Inscription.objects.relire(self.pk)) is None:
            raise erreurs.InscriptionAbsente("Cette inscription a été remplacée par une autre.")
        vars(self).update(lue, pieces_manquantes=None)

    def reserver(self, jours: Iterable[date], *, par: Compte, derogation: str = "") -> list[Reservation]:
        """Book days, all or none: booked at once by an agent or where validation is automatic, else asked for."""
        d_office = par.is_staff or self.prestation.est_automatique
        return self.prendre(jours, Etat.RESERVEE if d_office else Etat.DEMANDEE, par=par, derogation=derogation)

    def demander(self, jours: Iterable[date], *, par: Compte) -> list[Reservation]:
        """Ask for days, all or none. Each holds its place at once, and waits for an agent."""
        return self.prendre(jours, Etat.DEMANDEE, par=par)

    @transaction.atomic
    def prendre(
        self, jours: Iterable[date], etat: Etat, *, par: Compte, derogation: str = "", deja_eues: bool = False
    ) -> list[Reservation]:
        """Bring each day into that state, or raise the first reason why not: the rules, another activity, the places.

        `derogation`: why the centre goes beyond the deadline, the places or the record; each such day keeps it.
        `deja_eues`: given back, they are no new bookings, and ask nothing of the record.
        Locks the child, then the prestation, then its days: a transaction that books for several children or
        prestations takes them in the order of their ids.
        """
        exiger_famille(par, self.famille_id)
        if derogation:
            exiger_agent(par)
        jours = sorted(set(jours))
        if not jours:
            return []
        self.verrouiller()
        calendrier = lire_calendrier(jours[0], jours[-1])
        journees = self.journees(jours, calendrier)
        regles = self.regles_du_jour(calendrier, pour_agent=par.is_staff, malgre=deja_eues or bool(derogation))
        for journee in journees:
            if refus := regles.refus_de_reserver(journee.jour, Etat(journee.etat)):
                raise refus
        if ailleurs := self.jours_pris_ailleurs(jours):
            raise attendu_ailleurs(min(ailleurs))
        pleins = self.prestation.prendre_des_places(jours, au_dela=bool(derogation))
        prises = Reservation.objects.prendre(journees, etat, par=par)
        if derogation:
            tardifs, incomplets, noter = filter(regles.est_hors_delai, jours), self.manques, Derogation.objects.noter
            noter(prises, delai=tardifs, places=pleins, dossier=jours if incomplets else [], motif=derogation, par=par)
        return prises

    @transaction.atomic
    def terminer(self, au: date, *, par: Compte) -> None:
        """Set the last day. Refuses if days are booked or attended after it, and what a later one may not add."""
        exiger_agent(par)
        self.verrouiller()
        if au < self.du:
            raise erreurs.InscriptionImpossible(f"Cette inscription commence le {date_courte(self.du)}.")
        apres = self.reservations.filter(jour__gt=au)
        if pris := apres.filter(Q(etat__in=OCCUPENT) | Q(presence=Presence.PRESENT)).count():
            jours = pluriel(pris, "jour réservé ou pointé", "jours réservés ou pointés")
            raise erreurs.InscriptionImpossible(f"Il reste {jours} après le {date_courte(au)}.")
        apres.delete()
        self.jusqu_au(au)

    @transaction.atomic
    def changer_rythme(
        self, jours: Jours, *, parite: int | None = None, a_compter_du: date, par: Compte
    ) -> "Inscription":
        """Another pattern from that day on: a new inscription takes over, and what is past stays as it was.

        From its first day, it is the same one: nothing is past. What is booked or asked for goes on.
        """
        exiger_agent(par)
        self.verrouiller()
        if not self.couvre(a_compter_du):
            raise erreurs.InscriptionImpossible(f"L’inscription n’est pas en vigueur le {date_courte(a_compter_du)}.")
        self.exiger_le_rattachement()
        ancien, suite = self.rythme, self
        if a_compter_du > self.du:
            suite = Inscription(enfant=self.enfant, prestation=self.prestation, famille=self.famille, du=a_compter_du)
            suite.au = self.au
        suite.jours, suite.parite, suite.par = jours, parite, par
        with relais():
            suite.save()
            if suite is not self:
                self.ceder_a(suite)
        suite.reservations.oublier_le_rythme()
        suite._verifier_le_rythme(remplace=ancien)
        return suite

    def jusqu_au(self, au: date | None) -> None:
        """Under the child's lock. Later than it was, it may meet the next one, those of the roll, full days."""
        avant = self.au
        if suivante := self.voisines(au).filter(a_regulariser=False).order_by("du").first():
            raise erreurs.InscriptionImpossible(f"Une autre inscription la suit, dès le {date_courte(suivante.du)}.")
        self.au = au
        with relais():
            self.save(update_fields=["au"])
            self.absorber(self.venues())
        if avant is not None and (au is None or au > avant):
            self._verifier_le_rythme(a_compter_du=avant + UN_JOUR)

    def _verifier_le_rythme(self, *, remplace: Rythme = SANS_RYTHME, a_compter_du: date | None = None) -> None:
        """Raises HorairesIncompatibles or Complet. Nothing to say of an inscription without a pattern."""
        if self.est_reguliere:
            regles = replace(self.regles, du=a_compter_du or self.du)
            autres = self._aux_memes_heures(regles.du, self.au or date.max).select_related("prestation", "enfant")
            NouveauRythme(self.prestation, regles, {autre.pk: autre.regles for autre in autres}).verifier(remplace)

    def _aux_memes_heures(self, du: date, au: date) -> InscriptionQuerySet:
        """The other inscriptions of the child, in whatever famille, whose hours overlap those of this one."""
        autres = Inscription.objects.filter(enfant=self.enfant_id).exclude(pk=self.pk).ouvertes(du)
        return autres.entre(du, au).aux_heures(self.prestation.horaires)

    def voisines(self, au: date | None) -> InscriptionQuerySet:
        """The others of that child to that prestation, for that famille, up to that day."""
        memes = Inscription.objects.de_ce_foyer(self.enfant, self.famille).filter(prestation=self.prestation)
        return memes.entre(self.du, au or date.max).exclude(pk=self.pk)

    def venues(self) -> InscriptionQuerySet:
        """Of those days, the ones that a roll call has made."""
        return self.voisines(self.au).a_regulariser()

    def _refuser_le_chevauchement(self) -> None:
        if self.au is not None and self.au < self.du:
            raise erreurs.InscriptionImpossible(DANS_L_ORDRE)
        if (depuis := self.prestation.inactive_depuis) and self.du >= depuis:
            raise erreurs.InscriptionImpossible(plus_proposee(depuis))
        self.exiger_le_rattachement()
        if self.voisines(self.au).filter(a_regulariser=False).exists():
            raise erreurs.InscriptionImpossible("L’enfant est déjà inscrit à cette prestation à ces dates.")

    def exiger_le_rattachement(self) -> None:
        if not self.enfant.rattachements.filter(famille=self.famille).exists():
            raise erreurs.InscriptionImpossible("Cet enfant n’est pas rattaché à cette famille.")
