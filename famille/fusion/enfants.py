"""Two records of one child become one: what was written of either is of the one that is kept.

The other record stays, empty and out of every list: invoices name it, and an issued invoice never changes.
"""

from collections.abc import Iterator, Mapping

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from famille.fusion.ecarts import FONDUE, Ecart, FusionImpossible, Partie, empreinte
from famille.fusion.fiche import LaFiche, LAssurance
from famille.fusion.personnes import LesPersonnes
from famille.fusion.sante import LaSante
from famille.fusion.suites import suites
from famille.models import Compte, Enfant, LectureConfidentielle, PassageDeClasse, Rattachement
from francais import enumerer, pluriel
from socle.verrous import verrouiller_toutes

DROIT = "famille.fusionner_enfants"
# To read both health records, and to leave one.
DROITS_DE_SANTE = ("famille.view_fichesanitaire", "famille.change_fichesanitaire", "famille.delete_fichesanitaire")
A_CHANGE = "Une des deux fiches a changé entre-temps\u00a0: relisez ce qui diffère."


class FusionDEnfants:
    """`garde` keeps its record and takes in all that `fondue` has."""

    def __init__(self, garde: Enfant, fondue: Enfant) -> None:
        self.garde, self.fondue = garde, fondue

    def obstacles(self, *, par: Compte) -> list[str]:
        """Why not, one sentence each; empty if nothing prevents it."""
        if not par.has_perm(DROIT):
            return ["Seule la direction fusionne deux fiches."]
        if self.garde == self.fondue or self.garde.fondu_dans_id or self.fondue.fondu_dans_id:
            return ["Choisissez une autre fiche, qui n’a pas été fusionnée déjà."]
        siens = list(self._les_siens(par))
        return siens + [phrase for suite in suites() for phrase in suite.obstacles(self.garde, self.fondue)]

    def ecarts(self) -> list[Ecart]:
        """What the two say otherwise, health included: to be shown to those alone whom no obstacle stops."""
        return [ecart for partie in self._parties() for ecart in partie.ecarts()]

    def compter(self) -> list[str]:
        """What moves, in numbers: « 1 famille », « 2 inscriptions, 14 jours »…"""
        sante = LaSante(self.garde, self.fondue)
        vaccinations = sante.la.vaccinations.count() if sante.la else 0
        nombres = [
            (self.fondue.rattachements.count(), "famille", "familles"),
            (self.fondue.tiers.count(), "personne autorisée ou interdite", "personnes autorisées ou interdites"),
            (1 if sante.la else 0, "fiche sanitaire", ""),
            (vaccinations, "vaccination", ""),
        ]
        dits = [pluriel(nombre, un, plusieurs) for nombre, un, plusieurs in nombres if nombre]
        return dits + [phrase for suite in suites() for phrase in suite.compter(self.fondue)]

    @transaction.atomic
    def faire(self, choix: Mapping[str, str] | None = None, *, par: Compte, vu: str = "") -> str:
        """What was done, which the record's history keeps with who did it. Raises FusionImpossible, with the sentences.

        `choix`: {code of an écart: option}; without one, the safest. `vu`: the `empreinte` of what was read.
        """
        verrouiller_toutes(Enfant.objects, [self.garde.pk, self.fondue.pk])
        self.garde.refresh_from_db()
        self.fondue.refresh_from_db()
        if obstacles := self.obstacles(par=par):
            raise FusionImpossible(" ".join(obstacles))
        ecarts = self.ecarts()
        if vu and vu != empreinte(ecarts):
            raise FusionImpossible(A_CHANGE)
        dit = self._dire(ecarts, choix or {})
        self._fondre(choix or {})
        LogEntry.objects.log_actions(par.pk, [self.garde], CHANGE, dit, single_object=True)
        return dit

    def _fondre(self, choix: Mapping[str, str]) -> None:
        parties = self._parties()
        # First: PostgreSQL lets an inscription with bookings change of child for that alone, and wants a tie.
        self._dire_fondue()
        self._rattacher()
        for suite in suites():
            suite.deplacer(self.garde, self.fondue)
        Rattachement.objects.filter(enfant=self.fondue).delete()
        for partie in parties:
            partie.fondre(choix)
        self._reprendre_l_histoire()

    def _parties(self) -> list[Partie]:
        classes = (LaFiche, LaSante, LesPersonnes, LAssurance)
        return [classe(self.garde, self.fondue) for classe in classes]

    def _les_siens(self, par: Compte) -> Iterator[str]:
        """Of health nothing is merged blindly, by somebody who may not even read it."""
        if LaSante(self.garde, self.fondue).sont_deux and not par.has_perms(DROITS_DE_SANTE):
            yield "Chacune a sa fiche sanitaire\u00a0: seul qui a le droit de les tenir fusionne ces deux enfants."

    def _dire(self, ecarts: list[Ecart], choix: Mapping[str, str]) -> str:
        """Of health, the history says nothing, not even on what the two records differed."""
        dit = f"Fiche n°\u00a0{self.fondue.pk} ({self.fondue}) fusionnée dans celle-ci\u00a0: {self.en_nombres}."
        repris = [e.libelle for e in ecarts if not e.est_de_sante and e.choisie(choix) == FONDUE]
        return f"{dit} Repris de cette fiche\u00a0: {enumerer(repris)}." if repris else dit

    @property
    def en_nombres(self) -> str:
        return ", ".join(self.compter()) or "rien, elle était vide"

    def _dire_fondue(self) -> None:
        Enfant.objects.filter(fondu_dans=self.fondue).update(fondu_dans=self.garde)
        self.fondue.fondu_dans = self.garde
        self.fondue.save(update_fields=["fondu_dans"])

    def _rattacher(self) -> None:
        for famille in self.fondue.familles.all():
            Rattachement.objects.get_or_create(famille=famille, enfant=self.garde)

    def _reprendre_l_histoire(self) -> None:
        LectureConfidentielle.objects.filter(enfant=self.fondue).update(enfant=self.garde)
        # Of a rentrée that both went through, that of the record that is kept.
        siens = PassageDeClasse.objects.filter(enfant=self.fondue)
        siens.filter(annee__in=self.garde.passages.values("annee")).delete()
        siens.update(enfant=self.garde)
        journal = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Enfant))
        journal.filter(object_id=str(self.fondue.pk)).update(object_id=str(self.garde.pk))
