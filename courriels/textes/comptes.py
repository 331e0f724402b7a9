"""E-mails that concern an account, as they were first: to the word what their templates say."""

from courriels.textes.texte import HEURE, JOUR, Contexte, Texte, Variable, tels

APPELER = "Si vous ne l’avez pas demandé, appelez le centre sans attendre."


def _du_mot_de_passe_change(contexte: Contexte) -> dict[str, object]:
    par_le_centre = "Le centre a remplacé votre mot de passe par un mot de passe provisoire"
    fait = par_le_centre if contexte.get("par_le_centre") else "Le mot de passe de votre compte a été changé"
    return {**tels("jour", "heure")(contexte), "fait": fait}


def _de_l_adresse_remplacee(contexte: Contexte) -> dict[str, object]:
    nouvelle = contexte.get("nouvelle")
    suite = f"Les prochains e-mails iront à {nouvelle}." if nouvelle else "Plus aucune adresse n’est enregistrée."
    return {**tels("jour", "heure")(contexte), "suite": suite}


COMPTES = (
    Texte(
        cle="mot_de_passe",
        titre="Mot de passe oublié",
        quand="Quand quelqu’un demande un nouveau mot de passe.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\nVous avez demandé à choisir un nouveau mot de passe pour le portail famille ({centre}).\n\n"
            "Votre identifiant\u00a0: {identifiant}\n\nOuvrez ce lien dans les {duree_minutes}\u00a0minutes, il ne "
            "sert qu’une fois.\n\nSi vous n’avez rien demandé, ne faites rien\u00a0: votre mot de passe reste le même."
        ),
        variables=(
            Variable("identifiant", "l’identifiant du compte", "dupont", indispensable=True),
            Variable("duree_minutes", "combien de minutes le lien vaut", "60"),
        ),
        lire=tels("identifiant", "duree_minutes"),
        bouton="Choisir un nouveau mot de passe",
        exemple="Votre mot de passe du portail famille",
    ),
    Texte(
        cle="mot_de_passe_change",
        titre="Mot de passe changé",
        quand="Quand le mot de passe d’un compte vient de changer.",
        sujet="{sujet}",
        corps=f"Bonjour,\n\n{{fait}}, le {{jour}} à {{heure}}.\n\n{APPELER}",
        variables=(
            Variable("fait", "ce qui s’est passé", "Le mot de passe de votre compte a été changé", indispensable=True),
            JOUR,
            HEURE,
        ),
        lire=_du_mot_de_passe_change,
        bouton="Ouvrir le portail famille",
        exemple="Votre mot de passe a changé",
    ),
    Texte(
        cle="adresse_a_confirmer",
        titre="Adresse e-mail à confirmer",
        quand="Quand une adresse e-mail vient d’être enregistrée.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\nCette adresse vient d’être enregistrée pour votre compte du portail famille. Confirmez-la, "
            "connecté à votre compte\u00a0: elle servira si vous oubliez votre mot de passe.\n\nCe lien est valable "
            "{jours}\u00a0jours. Si vous ne pouvez plus vous connecter, demandez au centre un nouveau mot de passe.\n\n"
            "Si vous n’avez pas de compte, ne faites rien\u00a0: quelqu’un a donné votre adresse par erreur."
        ),
        variables=(Variable("jours", "combien de jours le lien vaut", "7"),),
        lire=tels("jours"),
        bouton="Confirmer mon adresse",
        exemple="Confirmez votre adresse e-mail",
    ),
    Texte(
        cle="adresse_remplacee",
        titre="Adresse e-mail remplacée",
        quand="À l’ancienne adresse, quand celle d’un compte change.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\nL’adresse e-mail de votre compte a été changée le {jour} à {heure}.\n{suite}\n\n"
            f"{APPELER}"
        ),
        variables=(
            JOUR,
            HEURE,
            Variable("suite", "où iront les prochains", "Plus aucune adresse n’est enregistrée.", indispensable=True),
        ),
        lire=_de_l_adresse_remplacee,
        bouton="Ouvrir le portail famille",
        exemple="Votre adresse e-mail a changé",
    ),
    Texte(
        cle="second_facteur",
        titre="Second facteur d’un agent",
        quand="À un agent, quand le second facteur de son compte change.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\n{fait}, le {jour} à {heure}.\n\n"
            "Si vous ne l’avez pas demandé, appelez la direction sans attendre."
        ),
        variables=(
            Variable("fait", "ce qui s’est passé", "Un téléphone a été relié à votre compte", indispensable=True),
            JOUR,
            HEURE,
        ),
        lire=lambda contexte: {**tels("jour", "heure")(contexte), "fait": contexte.get("phrase", "")},
        bouton="Ouvrir le portail famille",
        exemple="Le second facteur de votre compte a changé",
    ),
)
