"""Two records of one child become one: what was written of either is of the one that is kept.

The other record stays, empty and out of every list: invoices name it, and an issued invoice never changes.
"""

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from famille.fusion.suites import suites
from famille.models import Assurance, Enfant, FicheSanitaire, LectureConfidentielle, Rattachement, Tiers
from francais import coller, pluriel
from socle.verrous import verrouiller_toutes

COMPLETES = ("sexe", "ecole_id", "classe")
AUTORISATIONS = ("autorise_image", "autorise_sortie_seul", "autorise_transport", "autorise_hospitalisation")


class FusionImpossible(Exception):
    """Says why, in French sentences."""


class FusionDEnfants:
    """`garde` keeps its record and takes in all that `fondue` has."""

    def __init__(self, garde: Enfant, fondue: Enfant) -> None:
        self.garde, self.fondue = garde, fondue

    def obstacles(self) -> list[str]:
        """Why not, one sentence each; empty if nothing prevents it."""
        if self.garde == self.fondue or self.garde.fondu_dans_id or self.fondue.fondu_dans_id:
            return ["Choisissez une autre fiche, qui n’a pas été fusionnée déjà."]
        siens = list(self._les_siens())
        return siens + [phrase for suite in suites() for phrase in suite.obstacles(self.garde, self.fondue)]

    def compter(self) -> list[str]:
        """What moves, in numbers: « 1 famille », « 2 inscriptions, 14 jours »…"""
        nombres = [
            (self.fondue.rattachements.count(), "famille", "familles"),
            (self.fondue.tiers.count(), "personne autorisée ou interdite", "personnes autorisées ou interdites"),
        ]
        dits = [pluriel(nombre, un, plusieurs) for nombre, un, plusieurs in nombres if nombre]
        return dits + [phrase for suite in suites() for phrase in suite.compter(self.fondue)]

    @transaction.atomic
    def faire(self) -> None:
        """Raises FusionImpossible, with the sentences."""
        verrouiller_toutes(Enfant.objects, [self.garde.pk, self.fondue.pk])
        self.garde.refresh_from_db()
        self.fondue.refresh_from_db()
        if obstacles := self.obstacles():
            raise FusionImpossible(" ".join(obstacles))
        # First: PostgreSQL lets an inscription with bookings change of child for that alone, and wants a tie.
        self._dire_fondue()
        self._rattacher()
        for suite in suites():
            suite.deplacer(self.garde, self.fondue)
        Rattachement.objects.filter(enfant=self.fondue).delete()
        self._reprendre_les_tiers()
        self._reprendre_la_fiche()
        self._reprendre_l_histoire()

    def _les_siens(self) -> Iterator[str]:
        """Of health nothing is merged blindly, by somebody who may not even read it."""
        if FicheSanitaire.objects.filter(enfant__in=[self.garde, self.fondue]).count() == 2:
            yield (
                "Chacune a sa fiche sanitaire\u00a0: qui en a le droit doit d’abord n’en garder qu’une, complète, "
                "et supprimer l’autre."
            )

    def _dire_fondue(self) -> None:
        Enfant.objects.filter(fondu_dans=self.fondue).update(fondu_dans=self.garde)
        self.fondue.fondu_dans = self.garde
        self.fondue.save(update_fields=["fondu_dans"])

    def _rattacher(self) -> None:
        for famille in self.fondue.familles.all():
            Rattachement.objects.get_or_create(famille=famille, enfant=self.garde)

    def _reprendre_les_tiers(self) -> None:
        """Each person once. Whom either record forbids to fetch the child is forbidden, however the name is written."""
        siens, autres = list(self.garde.tiers.all()), list(self.fondue.tiers.all())
        interdits = {_nomme(tiers) for tiers in siens + autres if tiers.statut == Tiers.Statut.INTERDIT}
        connus = {_nomme(tiers) for tiers in siens}
        for tiers in autres:
            if _nomme(tiers) not in connus:
                Tiers.objects.filter(pk=tiers.pk).update(enfant=self.garde)
        Tiers.objects.filter(enfant=self.fondue).delete()
        a_interdire = [tiers.pk for tiers in self.garde.tiers.all() if _nomme(tiers) in interdits]
        Tiers.objects.filter(pk__in=a_interdire).update(statut=Tiers.Statut.INTERDIT)

    def _reprendre_la_fiche(self) -> None:
        """What lacks is taken; of what differs, the record that is kept says it, but a refusal is a refusal."""
        for champ in COMPLETES:
            if not getattr(self.garde, champ):
                setattr(self.garde, champ, getattr(self.fondue, champ))
        if self.garde.regime == Enfant.Regime.STANDARD:
            self.garde.regime = self.fondue.regime
        for champ in AUTORISATIONS:
            setattr(self.garde, champ, getattr(self.garde, champ) and getattr(self.fondue, champ))
        self.garde.save()
        # It is kept for the papers that name it, which say nothing of health.
        Enfant.objects.filter(pk=self.fondue.pk).update(regime=Enfant.Regime.STANDARD)
        FicheSanitaire.objects.filter(enfant=self.fondue).update(enfant=self.garde)
        self._garder_la_derniere_assurance()

    def _garder_la_derniere_assurance(self) -> None:
        derniere = Assurance.objects.filter(enfant__in=[self.garde, self.fondue]).order_by("-expire_le").first()
        if derniere:
            Assurance.objects.filter(enfant__in=[self.garde, self.fondue]).exclude(pk=derniere.pk).delete()
            Assurance.objects.filter(pk=derniere.pk).update(enfant=self.garde)

    def _reprendre_l_histoire(self) -> None:
        LectureConfidentielle.objects.filter(enfant=self.fondue).update(enfant=self.garde)
        journal = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Enfant))
        journal.filter(object_id=str(self.fondue.pk)).update(object_id=str(self.garde.pk))


def _nomme(tiers: Tiers) -> tuple[str, str]:
    return coller(tiers.nom), coller(tiers.prenom)
