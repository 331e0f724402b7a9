"""The columns of an import: one line of the file is a child, with its famille. Each says what it takes.

A code names what the column changes: « titulaire.nom » is the `nom` of the titulaire.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from famille.models import Enfant, Famille, InformationsCaf, QuotientFamilial, Responsable
from portail.importation.lecture import valeurs
from portail.importation.lecture.valeurs import Lecteur

INSCRIPTIONS = 6  # of a line; a child who has more takes another line
ECOLE, PRESTATION = "ecole", "prestation"


@dataclass(frozen=True)
class Colonne:
    """`parmi`: its words are the names of rows of the town, which `lignes` knows. `autres`: other usual titles."""

    code: str
    titre: str
    aide: str
    exemple: str = ""
    lire: Lecteur = valeurs.un_texte
    parmi: str = ""
    autres: tuple[str, ...] = field(default=())

    @property
    def quoi(self) -> str:
        """« titulaire »."""
        return self.code.partition(".")[0]

    @property
    def attribut(self) -> str:
        return self.code.partition(".")[2]


def _d_un_adulte(qui: str, exemples: dict[str, str]) -> Iterator[Colonne]:
    titre = qui.capitalize()
    telephone = "Un numéro. Le 0 perdu par un tableur est remis."
    aides = {
        "civilite": ("civilité", "M. ou Mme."),
        "nom": ("nom", "Obligatoire pour un nouvel adulte."),
        "prenom": ("prénom", "Obligatoire pour un nouvel adulte."),
        "qualite": (
            "qualité",
            "Père, Mère, Beau-père, Belle-mère, Grand-parent, Tuteur légal, Famille d’accueil, Autre.",
        ),
        "situation": (
            "situation",
            "Célibataire, Marié(e), Pacsé(e), En union libre, Séparé(e), Divorcé(e), Veuf ou veuve.",
        ),
        "adresse": ("adresse", "Numéro et rue."),
        "code_postal": ("code postal", "5 chiffres."),
        "ville": ("ville", "Décide du tarif, résident ou non."),
        "telephone_domicile": ("téléphone domicile", telephone),
        "telephone_professionnel": ("téléphone prof.", telephone),
        "mobile": ("mobile", telephone),
        "email": ("e-mail", "Reçoit ce que le centre doit dire."),
    }
    lecteurs: dict[str, Lecteur] = {
        "nom": valeurs.un_nom(Responsable, "nom"),
        "prenom": valeurs.un_prenom(Responsable, "prenom"),
        "code_postal": valeurs.un_code_postal,
        "email": valeurs.un_courriel(Responsable, "email"),
    }
    for attribut, (nom, aide) in aides.items():
        lire = lecteurs.get(attribut) or valeurs.lecteur_de(Responsable, attribut)
        yield Colonne(f"{qui}.{attribut}", f"{titre} {nom}", aide, exemples.get(attribut, ""), lire)


def _d_une_inscription(rang: int) -> Iterator[Colonne]:
    quoi, premiere = f"inscription{rang}", rang == 1
    yield Colonne(
        f"{quoi}.prestation",
        f"Prestation {rang}",
        "Son nom dans le portail\u00a0; si deux structures en ont une du même nom, "
        "«\u00a0prestation, structure\u00a0».",
        "Garderie matin" if premiere else "",
        parmi=PRESTATION,
    )
    yield Colonne(
        f"{quoi}.du",
        f"Inscrit du {rang}",
        "Premier jour. Obligatoire.",
        "01/09/2026" if premiere else "",
        valeurs.un_jour_d_inscription,
    )
    yield Colonne(
        f"{quoi}.au",
        f"Inscrit au {rang}",
        "Dernier jour. Vide\u00a0: jusqu’à nouvel ordre.",
        "",
        valeurs.un_jour_d_inscription,
    )
    yield Colonne(
        f"{quoi}.jours",
        f"Jours {rang}",
        "Jours réguliers, comme «\u00a0lundi, jeudi\u00a0». Vide\u00a0: chaque jour se réserve.",
        "lundi, jeudi" if premiere else "",
        valeurs.des_jours,
    )
    yield Colonne(
        f"{quoi}.parite",
        f"Semaines {rang}",
        "Paires, impaires (garde alternée), ou toutes. Vide, pour une nouvelle\u00a0: toutes.",
        "",
        valeurs.des_semaines,
    )


def _toutes() -> Iterator[Colonne]:
    yield Colonne(
        "famille.numero",
        "N° famille",
        "Le numéro à 13 chiffres d’une famille que le portail connaît déjà. Vide pour une nouvelle.",
        lire=valeurs.un_numero_de_famille,
        autres=("numéro famille", "numéro de famille"),
    )
    yield Colonne(
        "famille.reference",
        "Référence famille",
        "Sa clé dans votre ancien logiciel. Gardée\u00a0: le même fichier, importé de nouveau, retrouve la famille.",
        "F-1024",
        valeurs.lecteur_de(Famille, "reference"),
    )
    jean = {"civilite": "M.", "nom": "DURAND", "prenom": "Jean", "qualite": "Père", "situation": "Marié(e)"}
    lieu = {"adresse": "12 rue des Lilas", "code_postal": "31400", "ville": "Saint-Jean"}
    yield from _d_un_adulte("titulaire", jean | lieu | {"mobile": "06 12 34 56 78", "email": "jean.durand@example.org"})
    yield from _d_un_adulte(
        "conjoint", {"civilite": "Mme", "nom": "DURAND", "prenom": "Anne", "qualite": "Mère"} | lieu
    )
    yield Colonne(
        "caf.numero_allocataire",
        "N° allocataire",
        "De la CAF ou de la MSA.",
        "1234567",
        valeurs.lecteur_de(InformationsCaf, "numero_allocataire"),
    )
    yield Colonne(
        "caf.regime", "Régime", "CAF, MSA ou Autre régime.", "CAF", valeurs.lecteur_de(InformationsCaf, "regime")
    )
    yield Colonne(
        "qf.valeur", "QF", "Quotient familial, en euros.", "612", valeurs.un_quotient, autres=("quotient familial",)
    )
    yield Colonne(
        "qf.date_effet",
        "QF depuis le",
        "À partir de quand il vaut. Obligatoire s’il y a un QF.",
        "01/01/2026",
        valeurs.lecteur_de(QuotientFamilial, "date_effet"),
    )
    yield Colonne(
        "enfant.reference",
        "Référence enfant",
        "Sa clé dans votre ancien logiciel. La même dans deux familles\u00a0: garde alternée.",
        "E-2048",
        valeurs.lecteur_de(Enfant, "reference"),
    )
    yield Colonne(
        "enfant.nom", "Enfant nom", "Obligatoire pour un nouvel enfant.", "DURAND", valeurs.un_nom(Enfant, "nom")
    )
    yield Colonne("enfant.prenom", "Enfant prénom", "Obligatoire.", "Léa", valeurs.un_prenom(Enfant, "prenom"))
    yield Colonne("enfant.sexe", "Sexe", "F ou G.", "F", valeurs.lecteur_de(Enfant, "sexe"))
    yield Colonne(
        "enfant.date_naissance",
        "Date de naissance",
        "Obligatoire.",
        "03/06/2018",
        valeurs.lecteur_de(Enfant, "date_naissance"),
        autres=("né le", "née le", "naissance"),
    )
    yield Colonne("enfant.ecole", "École", "Son nom dans le portail.", parmi=ECOLE)
    yield Colonne(
        "enfant.classe",
        "Classe",
        "TPS, PS, MS, GS, CP… CM2, ULIS, Collège.",
        "CE1",
        valeurs.lecteur_de(Enfant, "classe"),
    )
    yield Colonne(
        "enfant.regime",
        "Régime alimentaire",
        "Standard, Sans porc, Sans viande, Végétarien, Panier repas (PAI).",
        "Standard",
        valeurs.lecteur_de(Enfant, "regime"),
    )
    for attribut, titre in {
        "autorise_image": "Droit à l’image",
        "autorise_sortie_seul": "Peut partir seul",
        "autorise_transport": "Transport",
        "autorise_hospitalisation": "Hospitalisation",
    }.items():
        yield Colonne(
            f"enfant.{attribut}", titre, "Oui ou non. Vide pour un nouvel enfant\u00a0: non.", "oui", valeurs.oui_ou_non
        )
    for rang in range(1, INSCRIPTIONS + 1):
        yield from _d_une_inscription(rang)


COLONNES = tuple(_toutes())
PAR_CODE = {colonne.code: colonne for colonne in COLONNES}
