"""E-mails of requests, planning, messages, invoices, as they were first: to the word what their templates say."""

from courriels.textes.texte import HEURE, JOUR, Contexte, Texte, Variable, tels

GARDER = "Ce message est un accusé de réception\u00a0: gardez-le."


def _liste(contexte: Contexte, nom: str) -> list[str]:
    valeur = contexte.get(nom)
    return [str(un) for un in valeur] if isinstance(valeur, list | tuple) else []


def _phrases(contexte: Contexte) -> str:
    return "\n\n".join(_liste(contexte, "phrases"))


def _du_depot(contexte: Contexte) -> dict[str, object]:
    total = f"{contexte.get('titre_du_total', '')}\u00a0: {contexte['total']}" if contexte.get("total") else ""
    jours = "\n".join(f"–\u00a0{jour}" for jour in _liste(contexte, "jours"))
    return {**tels("numero", "objet", "pour", "jour", "heure")(contexte), "jours": jours, "total": total}


def _de_la_facture(contexte: Contexte) -> dict[str, object]:
    rien = "Vous n’avez rien à payer\u00a0: ce que vous aviez déjà versé la règle."
    reste = f"Il reste à payer {contexte.get('reste')}, avant le {contexte.get('echeance')}."
    return {
        **tels("facture", "regie", "montant", "du", "au", "echeance")(contexte),
        "a_payer": reste if contexte.get("reste") else rien,
    }


def _du_paiement(contexte: Contexte) -> dict[str, object]:
    centre = contexte.get("par_le_centre")
    qui = "Le centre a vérifié et enregistré" if centre else "Le Trésor public a confirmé"
    return {**tels("montant", "facture", "regie", "jour", "heure", "reglement", "refdet")(contexte), "qui": qui}


def _des_reponses(contexte: Contexte) -> dict[str, object]:
    ensemble = contexte.get("ensemble")
    avis = [un for un in ensemble if isinstance(un, dict)] if isinstance(ensemble, list) else []
    return {"reponses": "\n\n".join(f"{un.get('sujet', '')}\n{_phrases(un)}" for un in avis)}


SERVICES = (
    Texte(
        cle="demande_deposee",
        titre="Accusé de réception d’une demande",
        quand="Dès qu’une famille dépose une demande.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\nLe centre a bien reçu votre demande n°\u00a0{numero} «\u00a0{objet}\u00a0»{pour}, le {jour} à "
            f"{{heure}}.\n\n{{jours}}\n\n{{total}}\n\n{GARDER}"
        ),
        variables=(
            Variable("numero", "le numéro de la demande", "12", au_sujet=True, indispensable=True),
            Variable("objet", "ce qui est demandé", "Réserver des jours", indispensable=True),
            Variable("pour", "pour quel enfant, s’il y en a un", " pour Léa"),
            JOUR,
            HEURE,
            Variable("jours", "les jours demandés, un par ligne", "–\u00a0mercredi 15 avril 2015, ALSH journée"),
            Variable("total", "ce que cela coûterait", "Total\u00a0: 12,20\u00a0€"),
        ),
        lire=_du_depot,
        bouton="Suivre ou retirer cette demande",
        exemple="Accusé de réception de votre demande n°\u00a012",
    ),
    Texte(
        cle="demande_decidee",
        titre="Réponse à une demande",
        quand="Quand une demande est acceptée, refusée, ou qu’elle expire.",
        sujet="{sujet}",
        corps="Bonjour,\n\n{reponse}",
        variables=(
            Variable(
                "reponse",
                "la réponse, jour par jour, avec son motif",
                "Votre demande n°\u00a012 est acceptée.\n\nMercredi 15 avril 2015, ALSH journée\u00a0: réservé.",
                indispensable=True,
            ),
        ),
        lire=lambda contexte: {"reponse": _phrases(contexte)},
        bouton="Voir le détail de cette demande",
        exemple="Votre demande n°\u00a012 est acceptée",
    ),
    Texte(
        cle="groupe_decisions",
        titre="Réponses à plusieurs demandes",
        quand="Quand plusieurs réponses partent ensemble.",
        sujet="{sujet}",
        corps="Bonjour,\n\n{reponses}",
        variables=(
            Variable(
                "reponses",
                "chaque réponse, sous son objet",
                "Votre demande n°\u00a012 est acceptée\nLéa, mercredi 15 avril 2015\u00a0: réservé.",
                indispensable=True,
            ),
        ),
        lire=_des_reponses,
        bouton="Voir mes demandes",
        exemple="Deux réponses à vos demandes",
    ),
    Texte(
        cle="jours_changes",
        titre="Changement au planning",
        quand="Quand un agent change des jours, une inscription, une prestation.",
        sujet="{sujet}",
        corps="Bonjour,\n\n{changements}",
        variables=(
            Variable(
                "changements",
                "ce qui change, pour quel enfant, quels jours",
                "Léa, mercredi 15 avril 2015\u00a0: réservation annulée.",
                indispensable=True,
            ),
        ),
        lire=lambda contexte: {"changements": _phrases(contexte)},
        bouton="Voir le planning",
        exemple="Des jours de Léa ont changé",
    ),
    Texte(
        cle="message_nouveau",
        titre="Nouveau message du centre",
        quand="Quand le centre écrit à une famille qui autorise les e-mails.",
        sujet="{sujet}",
        corps="Bonjour,\n\n{centre} vous a écrit. Lisez le message et répondez-y sur le portail famille.",
        variables=(),
        lire=tels(),
        bouton="Lire le message",
        exemple="Vous avez un nouveau message",
        pied=(
            "Vous recevez cet e-mail parce que votre dossier autorise le centre à vous écrire. Vous pouvez changer "
            "d’avis dans «\u00a0Mon compte\u00a0»."
        ),
    ),
    Texte(
        cle="facture_emise",
        titre="Facture émise",
        quand="Quand une facture est émise.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\nVotre facture {facture} ({regie}) est prête\u00a0: {montant} pour la période du {du} au "
            "{au}.\n\n{a_payer}"
        ),
        variables=(
            Variable("facture", "son numéro", "AL-36", au_sujet=True, indispensable=True),
            Variable("regie", "la régie", "Régie garderie ALSH", au_sujet=True),
            Variable("montant", "son montant", "120,60\u00a0€", indispensable=True),
            Variable("du", "le premier jour facturé", "01/04/2015"),
            Variable("au", "le dernier", "30/04/2015"),
            Variable("echeance", "la date limite de paiement", "31/05/2015"),
            Variable(
                "a_payer",
                "ce qu’il reste à payer, et avant quand",
                "Il reste à payer 120,60\u00a0€, avant le 31/05/2015.",
                indispensable=True,
            ),
        ),
        lire=_de_la_facture,
        bouton="Voir mes factures",
        exemple="Votre facture AL-36 est prête",
    ),
    Texte(
        cle="paiement_recu",
        titre="Reçu d’un paiement en ligne",
        quand="Quand le Trésor public confirme un paiement en ligne.",
        sujet="{sujet}",
        corps=(
            "Bonjour,\n\n{qui} votre paiement en ligne de {montant} pour la facture {facture} ({regie}), le {jour} à "
            f"{{heure}}.\n\nRèglement n°\u00a0{{reglement}}, référence TIPI {{refdet}}.\n\n{GARDER}"
        ),
        variables=(
            Variable("qui", "qui l’a confirmé", "Le Trésor public a confirmé"),
            Variable("montant", "la somme", "120,60\u00a0€", indispensable=True),
            Variable("facture", "le numéro de la facture", "AL-36", au_sujet=True, indispensable=True),
            Variable("regie", "la régie", "Régie garderie ALSH", au_sujet=True),
            JOUR,
            HEURE,
            Variable("reglement", "le numéro du règlement", "AL-228", indispensable=True),
            Variable("refdet", "la référence du Trésor", "abc123def456", indispensable=True),
        ),
        lire=_du_paiement,
        bouton="Voir le paiement et son reçu en PDF",
        exemple="Reçu de votre paiement en ligne",
    ),
)
