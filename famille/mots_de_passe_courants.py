"""Passwords that everybody thinks of: words of our own list, whatever the digits around them and the letters turned.

« M0tdepasse!2026 » is « motdepasse »; « DoudouDoudou1 » is « doudou ». The page's script folds in the same way.
"""

import unicodedata
from collections.abc import Iterator

TOURNEES = str.maketrans("0134578@$€!", "oieastbasei")

# What French people type first: the keyboard, the wish to come in, affection, the house, the year, clubs and names.
_LISTE = """
azerty azertyuiop azert qwerty qwertyuiop qwertz qsdfghjklm wxcvbn abcdef abcdefgh abcdefghij abcd abc motdepasse
motdepass monmotdepasse mdp passe passwd password passw pass secret sesame ouvretoi entree bonjour bonsoir salut
coucou bienvenue merci welcome hello admin administrateur administrator utilisateur user compte famille portail
portailfamille comptefamille mairie ecole cantine garderie periscolaire centre loisirs centredeloisirs parent
parents enfant enfants provisoire changeme changer nouveau connexion identifiant login test essai demo internet
ordinateur iloveyou jetaime jetadore amour monamour mamour cheri cherie moncoeur coeur bisous bisou calin doudou
chouchou loulou loulous louloute choupette choupinette pupuce puce minou chaton chat chien toutou titi nounours
lapin princesse prince papillon licorne dauphin soleil etoile lune fleur vacances maison maman papa mamie papi papy
tonton tata bebe filles fille garcon garcons mesenfants mafamille mesamours mesloulous chocolat caramel vanille
nutella pizza fraise cerise banane orange citron tomate football foot basket rugby tennis judo danse equitation psg
paris marseille olympique om lyon toulouse bordeaux lille nantes rennes strasbourg france allezlesbleus lesbleus
zidane mbappe messi ronaldo pokemon pikachu superman batman spiderman starwars mario sonic dragon naruto minecraft
fortnite netflix google facebook instagram nicolas thomas julien alexandre maxime camille marie sophie isabelle
nathalie sandrine stephanie caroline emilie laura manon lea chloe emma lucas hugo louis jules gabriel raphael arthur
adam enzo mathis theo nathan pierre jean michel philippe laurent frederic christophe sebastien david olivier vincent
guillaume antoine printemps ete automne hiver janvier fevrier mars avril mai juin juillet aout septembre octobre
novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche noel letmein master monkey shadow sunshine
superstar michael charlie jordan liverpool arsenal chelsea killer
"""
COURANTS = frozenset(_LISTE.split())


def plier(mot: str) -> str:
    """« Élodie-12 » is « elodie-12 »: without accents nor capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", mot.lower()) if not unicodedata.combining(c))


def lettres(mot: str) -> str:
    """« d0ud0u » is « doudou »: folded, turned letters put right, nothing else than letters."""
    return "".join(c for c in plier(mot).translate(TOURNEES) if c.isalpha())


def est_courant(mot: str) -> bool:
    """Whether what is left of it, once the digits and signs around are gone, is a word of the list, or repeats one."""
    return any(_racine(coeur) in COURANTS for coeur in _coeurs(plier(mot))) or not any(c.isalpha() for c in plier(mot))


def contient(mot: str, siens: frozenset[str]) -> bool:
    """Whether it holds one of those words, of four letters or more, or is one of them."""
    formes = {lettres(mot), "".join(c for c in plier(mot) if c.isalpha())}
    return any(sien in forme if len(sien) >= 4 else sien == forme for sien in siens for forme in formes)


def _coeurs(plie: str) -> Iterator[str]:
    """« m0tdepasse1! », « m0tdepasse1 », « m0tdepasse »…: a digit at the end may be a letter, or an ornament."""
    debut = len(plie) - len(plie.lstrip("0123456789!?.,;:-_*+#@$€&/ "))
    fin = len(plie.rstrip("0123456789!?.,;:-_*+#@$€&/ "))
    for i in {0, debut}:
        for j in range(fin, len(plie) + 1):
            yield lettres(plie[i:j])


def _racine(mot: str) -> str:
    """« doudoudoudou » is « doudou »."""
    for taille in range(1, len(mot) // 2 + 1):
        if len(mot) % taille == 0 and mot[:taille] * (len(mot) // taille) == mot and mot[:taille] in COURANTS:
            return mot[:taille]
    return mot
