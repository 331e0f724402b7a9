"""The passage itself: what an agent decided comes in; it is counted, then made in a few statements, or undone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

import francais
from famille.models import Compte, Enfant, PassageDeClasse
from famille.scolarite.echelle import Classe
from famille.scolarite.eleves import Eleve, Eleves, nommer
from socle.annee_scolaire import AnneeScolaire
from socle.verrous import verrouiller_toutes

LOT = 1000


@dataclass(frozen=True)
class Choix:
    """What an agent decided. `restent`: who stays down, by key. `classes`: of those who were to be placed. `ecoles`:
    where the grandes sections of a maternelle go. `de_leur_age`: the usual class for whom nothing was chosen."""

    restent: frozenset[int] = frozenset()
    classes: Mapping[int, str] = field(default_factory=dict)
    ecoles: Mapping[int, int] = field(default_factory=dict)
    de_leur_age: bool = False


@dataclass(frozen=True)
class Passe:
    """`ecole`: the key of the school at the rentrée, if there is one."""

    enfant: Enfant
    classe: str
    ecole: int | None

    @property
    def est_sortant(self) -> bool:
        return self.classe == Classe.COLLEGE and self.enfant.classe != Classe.COLLEGE

    @property
    def phrase(self) -> str:
        """For the history of the child."""
        if self.classe == self.enfant.classe:
            return f"reste en {nommer(self.classe)}"
        avant = nommer(self.enfant.classe) if self.enfant.classe else "sans classe"
        return f"{avant}, devient {'sortant (collège)' if self.est_sortant else nommer(self.classe)}"


class PassageDesClasses:
    """Of the children of `eleves`, as they were read, by that choice."""

    def __init__(self, eleves: Eleves, choix: Choix) -> None:
        self.eleves, self.choix = eleves, choix

    @cached_property
    def passes(self) -> list[Passe]:
        return [passe for eleve in self.eleves.tous if (passe := self._passe(eleve))]

    @cached_property
    def sortants(self) -> list[Passe]:
        return [passe for passe in self.passes if passe.est_sortant]

    @cached_property
    def restent_a_preciser(self) -> int:
        return len(self.eleves.tous) - len(self.passes)

    def dire(self) -> list[str]:
        """In numbers; nothing if nobody goes up."""
        if not self.passes:
            return []
        sortants = self.sortants
        maintenus = [passe for passe in self.passes if passe.classe == passe.enfant.classe]
        montent = len(self.passes) - len(sortants) - len(maintenus)
        return [
            *_si(montent, "enfant change de classe", "enfants changent de classe"),
            *_si(
                len(sortants),
                "enfant est sortant\u00a0: il passe au collège et quitte son école",
                "enfants sont sortants\u00a0: ils passent au collège et quittent leur école",
            ),
            *_si(len(maintenus), "enfant reste dans sa classe", "enfants restent dans leur classe"),
            *self._dire_les_ecoles(),
            *_si(self.restent_a_preciser, "enfant reste à préciser", "enfants restent à préciser"),
        ]

    @property
    def empreinte(self) -> str:
        """Who, from what to what: what was read is what is made."""
        dits = ((p.enfant.pk, p.enfant.classe, p.classe, p.enfant.ecole_id, p.ecole) for p in self.passes)
        return repr(sorted(dits, key=lambda dit: dit[0]))

    def faire(self, *, par: Compte) -> int:
        """How many. In the transaction of who has read them with a lock; a few statements, whatever their number."""
        le = timezone.now()
        PassageDeClasse.objects.bulk_create((self._ligne(passe, par, le) for passe in self.passes), batch_size=LOT)
        par_sort: defaultdict[tuple[str, int | None], list[int]] = defaultdict(list)
        for passe in self.passes:
            par_sort[passe.classe, passe.ecole].append(passe.enfant.pk)
        for (classe, ecole), pks in par_sort.items():
            Enfant.objects.filter(pk__in=pks).update(classe=classe, ecole=ecole)
        _noter(((passe.enfant, passe.phrase) for passe in self.passes), self.eleves.annee, par)
        return len(self.passes)

    def _passe(self, eleve: Eleve) -> Passe | None:
        enfant, ecole = eleve.enfant, eleve.enfant.ecole_id
        if eleve.pourquoi:
            classe = self.choix.classes.get(enfant.pk) or (eleve.de_son_age if self.choix.de_leur_age else "")
            if not classe:
                return None
            return Passe(enfant, classe, None if classe == Classe.COLLEGE else ecole)
        if enfant.pk in self.choix.restent:
            return Passe(enfant, enfant.classe, ecole)
        if eleve.est_sortant:
            return Passe(enfant, eleve.suivante, None)
        if enfant.classe == Classe.GS:
            vers = self.choix.ecoles.get(ecole or 0, 0)
            ecole = vers if vers in self.eleves.ecoles else ecole
        return Passe(enfant, eleve.suivante, ecole)

    def _dire_les_ecoles(self) -> list[str]:
        """« 18 enfants de la maternelle vont à École Jaurès. » And those of whom nobody said."""
        vont = Counter(
            (passe.enfant.ecole_id, passe.ecole) for passe in self.passes if passe.ecole and self._quitte(passe)
        )
        return [self._dire_l_ecole(avant or 0, apres or 0, combien) for (avant, apres), combien in vont.items()]

    def _dire_l_ecole(self, avant: int, apres: int, combien: int) -> str:
        qui = f"{francais.pluriel(combien, 'enfant')} de «\u00a0{self.eleves.ecoles[avant].nom}\u00a0»"
        if apres != avant:
            return f"{qui} {'va' if combien == 1 else 'vont'} à «\u00a0{self.eleves.ecoles[apres].nom}\u00a0»."
        garde = "y reste rattaché" if combien == 1 else "y restent rattachés"
        return f"{qui} {garde} au CP\u00a0: choisissez leur école, ou corrigez chaque fiche."

    def _quitte(self, passe: Passe) -> bool:
        maternelles = {ecole.pk for ecole, _ in self.eleves.maternelles}
        return (passe.enfant.classe, passe.classe) == (Classe.GS, Classe.CP) and passe.enfant.ecole_id in maternelles

    def _ligne(self, passe: Passe, par: Compte, le: datetime) -> PassageDeClasse:
        return PassageDeClasse(
            enfant=passe.enfant,
            annee=self.eleves.annee.debut,
            avant=passe.enfant.classe,
            apres=passe.classe,
            ecole_avant_id=passe.enfant.ecole_id,
            ecole_apres_id=passe.ecole,
            par=par,
            le=le,
        )


class RetourDesClasses:
    """What was made together, undone: each child whose record has not been put right since is back where it was."""

    def __init__(self, annee: AnneeScolaire, le: datetime) -> None:
        self.annee, self.le = annee, le

    @cached_property
    def lignes(self) -> list[PassageDeClasse]:
        return list(PassageDeClasse.objects.du_lot(self.annee, self.le).select_related("enfant"))

    def dire(self) -> list[str]:
        """In numbers; nothing if there is nothing to undo."""
        touches = sum(not _encore_tel(ligne) for ligne in self.lignes)
        return [
            *_si(
                len(self.lignes) - touches,
                "enfant retrouve la classe et l’école qu’il avait",
                "enfants retrouvent la classe et l’école qu’ils avaient",
            ),
            *_si(
                touches,
                "enfant dont la fiche a changé depuis la garde telle quelle",
                "enfants dont la fiche a changé depuis la gardent telle quelle",
            ),
        ]

    @transaction.atomic
    def faire(self, *, par: Compte) -> int:
        """How many are back. All of them may go up again for that year."""
        verrouiller_toutes(Enfant.objects, [ligne.enfant_id for ligne in self.lignes])
        del self.lignes  # read again, under the lock
        rendus = [ligne for ligne in self.lignes if _encore_tel(ligne)]
        par_sort: defaultdict[tuple[str, int | None], list[int]] = defaultdict(list)
        for ligne in rendus:
            par_sort[ligne.avant, ligne.ecole_avant_id].append(ligne.enfant_id)
        for (classe, ecole), pks in par_sort.items():
            Enfant.objects.filter(pk__in=pks).update(classe=classe, ecole=ecole)
        PassageDeClasse.objects.du_lot(self.annee, self.le).delete()
        dits = (
            (ligne.enfant, f"passage annulé, {nommer(ligne.avant) or 'sans classe'} de nouveau") for ligne in rendus
        )
        _noter(dits, self.annee, par)
        return len(rendus)


def _encore_tel(ligne: PassageDeClasse) -> bool:
    return (ligne.enfant.classe, ligne.enfant.ecole_id) == (ligne.apres, ligne.ecole_apres_id)


def _si(combien: int, un: str, plusieurs: str) -> list[str]:
    return [f"{francais.pluriel(combien, un, plusieurs)}."] if combien else []


def _noter(dits: Iterable[tuple[Enfant, str]], annee: AnneeScolaire, par: Compte) -> None:
    """In the history of each child."""
    sorte = ContentType.objects.get_for_model(Enfant)
    LogEntry.objects.bulk_create(
        (
            LogEntry(
                user_id=par.pk,
                content_type=sorte,
                object_id=str(enfant.pk),
                object_repr=str(enfant)[:200],
                action_flag=CHANGE,
                change_message=f"Rentrée {annee}\u00a0: {phrase}.",
            )
            for enfant, phrase in dits
        ),
        batch_size=LOT,
    )
