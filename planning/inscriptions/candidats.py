"""Children to be chosen by agents: looked for by name, school or class; each with the famille who would pay."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from famille.models import Ecole, Enfant, Famille, Rattachement
from famille.noms import par_nom
from francais import date_courte
from socle.recherche import Ordre, mots_cherches

# Three classes: beyond, one looks for something narrower.
MAX = 100


@dataclass(frozen=True)
class Candidat:
    """A child, on behalf of a famille. A garde alternée makes two of them."""

    enfant: Enfant
    famille: Famille

    @property
    def cle(self) -> str:
        return f"{self.enfant.pk}-{self.famille.pk}"

    @property
    def ou(self) -> str:
        """« École Jean-Moulin, CE1 »."""
        ecole = self.enfant.ecole.nom if self.enfant.ecole else ""
        return ", ".join(filter(None, [ecole, self.enfant.get_classe_display()]))

    @property
    def precisions(self) -> str:
        """« 03/06/2007, École Jean-Moulin, CE1 – DUPONT (1001001818331) »: who, of two of the same name."""
        dites = ", ".join(filter(None, [date_courte(self.enfant.date_naissance), self.ou]))
        return f"{dites} – {self.famille}"


def chercher(texte: str = "", ecole: Ecole | None = None, classe: str = "") -> list[Candidat]:
    """Those whom each word names, in that school and class; at most MAX + 1, none if nothing is asked."""
    mots = mots_cherches(texte)
    if not (mots or ecole or classe):
        return []
    enfants = Enfant.objects.all()
    for mot in mots:
        enfants = enfants.filter(pk__in=Enfant.objects.nommes(mot).values("pk"))
    if ecole:
        enfants = enfants.filter(ecole=ecole)
    if classe:
        enfants = enfants.filter(classe=classe)
    return _candidats(Rattachement.objects.filter(enfant__in=enfants), MAX + 1)


def relire(cles: Iterable[str]) -> list[Candidat]:
    """The candidates of those keys, as a form sends them back. What is tied to no famille is left out."""
    couples = {cle for cle in cles if cle.replace("-", "", 1).isdecimal()}
    enfants = {int(cle.partition("-")[0] or 0) for cle in couples}
    trouves = _candidats(Rattachement.objects.filter(enfant__in=enfants))
    return [candidat for candidat in trouves if candidat.cle in couples]


def _candidats(rattachements: QuerySet[Rattachement], nombre: int | None = None) -> list[Candidat]:
    lus = rattachements.select_related("enfant__ecole", "famille").prefetch_related("famille__responsables")
    ordre: Ordre = [*par_nom("enfant__"), "enfant", "famille"]
    return [Candidat(ligne.enfant, ligne.famille) for ligne in lus.order_by(*ordre)[:nombre]]
