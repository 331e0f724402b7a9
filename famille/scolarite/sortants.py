"""Who leaves primary school at a rentrée, whether the classes have gone up already or not."""

from django.db.models import Exists, OuterRef, Q

from famille.models import PassageDeClasse
from famille.scolarite.echelle import Classe
from socle.annee_scolaire import AnneeScolaire


def sortants(annee: AnneeScolaire, chemin: str = "") -> Q:
    """`chemin` leads to the child: « enfant__ ». Of collège already, or of CM2 and not passed for that year yet."""
    cle = OuterRef(f"{chemin.removesuffix('__') or 'pk'}")
    passes = PassageDeClasse.objects.de(annee).filter(enfant=cle)
    de_cm2, de_college = Q(**{f"{chemin}classe": Classe.CM2}), Q(**{f"{chemin}classe": Classe.COLLEGE})
    return de_college | Q(de_cm2, ~Exists(passes))
