"""What letters say around what is printed for each: identifiants and prices are never in their words."""

from courriels.textes.texte import Texte, Variable, tels

HORAIRES = Variable("horaires", "les horaires d’ouverture", "du lundi au vendredi, de 8\u00a0h\u00a030 à 18\u00a0h")
COURRIEL = Variable("courriel", "l’adresse e-mail du centre", "accueil@saint-jean.example")

LETTRES = (
    Texte(
        cle="lettre_acces",
        titre="Lettre d’accès\u00a0: le titre et le début",
        quand="Avant l’identifiant et le mot de passe provisoire.",
        sujet="Votre accès au portail famille",
        corps=(
            "Vous pouvez désormais suivre votre dossier et celui de vos enfants en ligne, à toute heure. Voici de quoi "
            "vous connecter une première fois\u00a0:"
        ),
        variables=(HORAIRES, COURRIEL),
        lire=tels("horaires", "courriel"),
        est_une_lettre=True,
    ),
    Texte(
        cle="lettre_acces_fin",
        titre="Lettre d’accès\u00a0: la fin",
        quand="Après la manière de se connecter.",
        sujet="",
        corps=(
            "Ce courrier est confidentiel\u00a0: détruisez-le après votre première connexion. Votre mot de passe est à "
            "vous seul, le centre ne vous le demandera jamais.\n\nUne difficulté, un mot de passe qui n’est plus "
            "valable\u00a0? Appelez-nous au {telephone}, {horaires}, ou écrivez à {courriel}."
        ),
        variables=(HORAIRES, COURRIEL),
        lire=tels("horaires", "courriel"),
        est_une_lettre=True,
    ),
)
