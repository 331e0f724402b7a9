"""Who goes up at a rentrée: every child of the town, by school and class; and those whom only an agent can place."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from famille.models import Ecole, Enfant, PassageDeClasse, Rattachement
from famille.noms import par_nom
from famille.scolarite.echelle import ECHELLE, ELEMENTAIRE, MATERNELLE, Classe, classe_de_l_age, est_loin, suivante
from socle.annee_scolaire import AnneeScolaire


@dataclass(frozen=True, eq=False)
class Eleve:
    """`suivante`: the class that comes next; empty where `pourquoi` says what an agent must decide. `reste`: already
    where the year puts it, most likely."""

    enfant: Enfant
    suivante: str
    de_son_age: str
    pourquoi: str = ""
    reste: bool = False

    @property
    def est_sortant(self) -> bool:
        return self.suivante == Classe.COLLEGE

    @property
    def remarque(self) -> str:
        """Beside its name, where the next class is not that of its age."""
        if self.reste:
            return "déjà dans la classe de son âge"
        if self.de_son_age and self.suivante != self.de_son_age:
            return f"à son âge\u00a0: {nommer(self.de_son_age)}"
        return ""


@dataclass(frozen=True)
class Groupe:
    """The children of a class of a school. `quitte`: that school has none of the next classes."""

    ecole: Ecole | None
    classe: str
    suivante: str
    quitte: bool
    eleves: list[Eleve] = field(default_factory=list)

    @property
    def titre(self) -> str:
        """« Grande section → CP »."""
        apres = "sortants" if self.suivante == Classe.COLLEGE else nommer(self.suivante)
        return f"{nommer(self.classe)} → {apres}"


class Eleves:
    """Those who have not gone up yet for that year. Three queries, whatever their number.

    `verrouiller`: nobody else changes those children until the end of the transaction.
    """

    def __init__(self, annee: AnneeScolaire, *, verrouiller: bool = False) -> None:
        self.annee, self._verrouiller = annee, verrouiller
        self._commencee = timezone.localdate() >= annee.du

    @cached_property
    def ecoles(self) -> dict[int, Ecole]:
        return Ecole.objects.in_bulk()

    @cached_property
    def tous(self) -> list[Eleve]:
        """In the order of their names. Who is too young, or of collège, has no class to go up to."""
        enfants = self._enfants().only("nom", "prenom", "date_naissance", "classe", "ecole").order_by(*par_nom())
        if self._verrouiller:
            enfants = enfants.select_for_update(no_key=True, of=("self",))
        lus = (self._eleve(enfant) for enfant in enfants)
        return [eleve for eleve in lus if eleve]

    @cached_property
    def a_preciser(self) -> list[Eleve]:
        return [eleve for eleve in self.tous if eleve.pourquoi]

    @cached_property
    def groupes(self) -> list[Groupe]:
        """Of those whose next class is known: school by school, the youngest class first."""
        groupes: dict[tuple[int, str], Groupe] = {}
        for eleve in self.tous:
            if eleve.pourquoi:
                continue
            ecole = self.ecoles.get(eleve.enfant.ecole_id or 0)
            cle = (ecole.pk if ecole else 0, eleve.enfant.classe)
            if cle not in groupes:
                groupes[cle] = Groupe(ecole, eleve.enfant.classe, eleve.suivante, self._quitte(eleve))
            groupes[cle].eleves.append(eleve)
        marches = [str(classe) for classe in ECHELLE]
        rang = {pk: n for n, pk in enumerate(self.ecoles)}
        return sorted(groupes.values(), key=lambda g: (_rang(g.ecole, rang), marches.index(g.classe)))

    @cached_property
    def maternelles(self) -> list[tuple[Ecole, int]]:
        """Those whose children of grande section go elsewhere, and how many do."""
        combien: defaultdict[int, int] = defaultdict(int)
        for groupe in self.groupes:
            if groupe.quitte and groupe.ecole and groupe.suivante == Classe.CP:
                combien[groupe.ecole.pk] += len(groupe.eleves)
        return [(self.ecoles[pk], nombre) for pk, nombre in combien.items()]

    def _enfants(self) -> QuerySet[Enfant]:
        """Tied to a famille, not passed yet; without a class, or of one that has a next."""
        passes = PassageDeClasse.objects.de(self.annee).filter(enfant=OuterRef("pk"))
        liens = Rattachement.objects.filter(enfant=OuterRef("pk"))
        return Enfant.objects.connus().filter(Exists(liens), ~Exists(passes)).exclude(classe=Classe.COLLEGE)

    def _eleve(self, enfant: Enfant) -> Eleve | None:
        de_son_age = classe_de_l_age(enfant.date_naissance, self.annee)
        apres = suivante(enfant.classe)
        if not apres:
            if not enfant.classe and de_son_age in ("", Classe.COLLEGE):
                return None
            connue = enfant.classe in Enfant.Classe.values
            pourquoi = f"{enfant.classe}\u00a0: dites sa classe" if connue else "classe inconnue"
            return Eleve(enfant, "", de_son_age, pourquoi if enfant.classe else "sans classe")
        if est_loin(apres, de_son_age):
            return Eleve(enfant, "", de_son_age, f"{nommer(enfant.classe)} aujourd’hui, loin de son âge")
        deja = self._commencee and enfant.classe == de_son_age
        return Eleve(enfant, apres, de_son_age, reste=deja)

    def _quitte(self, eleve: Eleve) -> bool:
        if eleve.est_sortant:
            return True
        return eleve.enfant.classe == Classe.GS and eleve.enfant.ecole_id in self._ecoles_maternelles

    @cached_property
    def _ecoles_maternelles(self) -> set[int]:
        """Most of whose children are of maternelle: a primary school has more classes above than below."""
        petits, grands = Q(classe__in=MATERNELLE), Q(classe__in=ELEMENTAIRE)
        comptes = Enfant.objects.connus().exclude(ecole=None).order_by().values("ecole")
        comptes = comptes.annotate(petits=Count("pk", filter=petits), grands=Count("pk", filter=grands))
        return {compte["ecole"] for compte in comptes if compte["petits"] > compte["grands"]}


def nommer(classe: str) -> str:
    """« CE1 », « Grande section », or as it is written."""
    return str(dict(Enfant.Classe.choices).get(classe, classe))


def _rang(ecole: Ecole | None, rang: dict[int, int]) -> int:
    """No school comes last."""
    return rang[ecole.pk] if ecole else len(rang)
