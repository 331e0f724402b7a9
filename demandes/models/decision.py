"""The decision that closes a request. No row: the request is pending."""

from collections.abc import Iterable, Mapping
from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

import francais
from demandes.erreurs import NeTientPlus, PartInconnue
from socle.chiffrement import TexteChiffre
from socle.roles.sans_porte import SansPorte


class UneDecisionReste(SansPorte):
    """It goes with its request, at the end of what is kept, never alone: the request would be pending again."""

    name = "une_decision_reste"
    fonction = "demandes_garder_la_decision"
    level = pgtrigger.Row
    when = pgtrigger.After
    operation = pgtrigger.Delete
    timing = pgtrigger.Deferred


class Decision(models.Model):
    """Accepted, refused, withdrawn, expired: by whom, when, why. PostgreSQL forbids a second one, or a change to it."""

    class Verdict(models.TextChoices):
        ACCEPTEE = "acceptee", "Acceptée"
        REFUSEE = "refusee", "Refusée"
        RETIREE = "retiree", "Retirée"
        EXPIREE = "expiree", "Expirée"

    demande = models.OneToOneField("demandes.Demande", models.CASCADE, primary_key=True, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    automatique = models.BooleanField("validation automatique", default=False)
    le = models.DateTimeField(default=timezone.now)
    motif = TexteChiffre(blank=True)
    # Of a request made of several parts (the days of a booking): those that were refused while the rest was accepted.
    refusees = models.JSONField("parts refusées", default=list, blank=True)
    # What the agent chose of other parts, against the usual rule: {part: option}.
    choix = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        ordering = ["-le"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verdict="refusee", motif="") & (models.Q(refusees=[]) | ~models.Q(motif="")),
                name="un_refus_a_un_motif",
                violation_error_message="Indiquez le motif du refus.",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["acceptee", "refusee", "retiree", "expiree"]), name="verdict_connu"
            ),
            models.CheckConstraint(
                condition=models.Q(automatique=False) | models.Q(par__isnull=True, verdict="acceptee"),
                name="une_validation_automatique_n_a_pas_d_agent",
            ),
        ]
        triggers = [
            # `par` apart: an account that is erased leaves its decisions.
            pgtrigger.ReadOnly(
                name="une_decision_ne_change_pas",
                fields=["demande", "verdict", "automatique", "le", "motif", "refusees", "choix"],
            ),
            # The queue of pending requests reads a partial index, however many years lie behind it.
            pgtrigger.Trigger(
                name="clot_la_demande",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="UPDATE demandes_demande SET decidee_le = NEW.le WHERE id = NEW.demande_id; RETURN NEW;",
            ),
            UneDecisionReste(),
        ]

    def __str__(self) -> str:
        return f"Demande n°\u00a0{self.demande_id} {self.participe}"

    @property
    def participe(self) -> str:
        """« acceptée », « acceptée en partie », « refusée », « retirée », « expirée »."""
        return f"{self.get_verdict_display().lower()}{' en partie' if self.est_partielle else ''}"

    @property
    def auteur(self) -> str:
        """Who decided, fit to be shown to both sides."""
        if self.automatique:
            return "validation automatique"
        if self.est_un_retrait:
            return "la famille"
        if self.est_une_expiration:
            return "personne"
        return str(self.par) if self.par else "le centre"

    @property
    def constat(self) -> str:
        """« a déjà été acceptée le 08/04/2015 à 10 h 30 par Alice MAIRIE », after the name of the request."""
        quand = f"le {francais.date_et_heure(timezone.localtime(self.le))}"
        if self.est_une_expiration:
            return f"a expiré {quand}\u00a0: personne n’y a répondu à temps"
        return f"a déjà été {self.participe} {quand} par {self.auteur}"

    @property
    def est_favorable(self) -> bool:
        return self.verdict == self.Verdict.ACCEPTEE

    @property
    def est_un_retrait(self) -> bool:
        """The famille's own change of mind."""
        return self.verdict == self.Verdict.RETIREE

    @property
    def est_une_expiration(self) -> bool:
        """Nobody decided before its days came."""
        return self.verdict == self.Verdict.EXPIREE

    @property
    def est_partielle(self) -> bool:
        """Accepted, but for some of its parts."""
        return self.est_favorable and bool(self.refusees)

    def refuser_aussi(self, parts: Iterable[str], motif: str) -> None:
        """Before it is written: those can no longer be accepted. `motif`: why, unless another reason is given."""
        if perdues := sorted(set(parts)):
            self.refusees = sorted({*self.refusees, *perdues})
            self.motif = self.motif or motif

    def exiger_ses_parts(self, permis: Mapping[str, set[str]]) -> None:
        """Raises PartInconnue if it decides of anything but its request's own parts; NeTientPlus if it leaves none."""
        if set(self.refusees) - permis.keys():
            raise PartInconnue
        if any(option not in permis.get(code, set()) for code, option in self.choix.items()):
            raise PartInconnue
        if permis and not permis.keys() - set(self.refusees):
            raise NeTientPlus("Il ne reste rien à accepter\u00a0: refusez la demande.")

    @property
    def jour(self) -> date:
        return timezone.localtime(self.le).date()
