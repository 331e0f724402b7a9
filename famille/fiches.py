"""The records as pages show them: sections of labelled values, ready for the template."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

import francais
from famille.models import Enfant, Famille, Responsable

Champs = list[dict[str, str]]


@dataclass
class Section:
    """One table of a record. `code` is its anchor and the kind of request that changes it."""

    code: str
    titre: str
    champs: Champs = field(default_factory=list)
    colonnes: list[str] = field(default_factory=list)
    lignes: list[list[str]] = field(default_factory=list)
    vide: str = ""
    alerte: str = ""

    @property
    def rangees(self) -> list[list[tuple[str, str]]]:
        """The rows as (column, value) pairs: on a phone, each value says its label."""
        return [list(zip(self.colonnes, ligne, strict=True)) for ligne in self.lignes]


def _champs(*paires: tuple[str, str]) -> Champs:
    return [{"libelle": libelle, "valeur": valeur} for libelle, valeur in paires]


def _telephone(numero) -> str:
    return francais.telephone(numero) if numero else ""


class FicheFamille:
    """« Informations famille », as one of its responsables sees it."""

    def __init__(self, famille: Famille, vue_par: Responsable) -> None:
        prefetch_related_objects([famille], "responsables")
        self.famille = famille
        self.vue_par = vue_par
        self.banque = getattr(famille, "informations_bancaires", None)

    def sections(self) -> list[Section]:
        return [*self._responsables(), self._fiscales(), self._caf(), self._bancaires()]

    def _responsables(self) -> list[Section]:
        titulaire, conjoint = self.famille.titulaire, self.famille.conjoint
        sections = []
        if titulaire:
            sections.append(Section("responsable", self._titre(titulaire), self._titulaire(titulaire)))
        if conjoint:
            sections.append(Section("conjoint", self._titre(conjoint), self._conjoint(conjoint)))
        else:
            sections.append(Section("conjoint", "Mon conjoint", vide="Aucun conjoint n’est déclaré."))
        return sections

    def _titre(self, responsable: Responsable) -> str:
        return "Mon compte" if responsable.pk == self.vue_par.pk else "Mon conjoint"

    def _titulaire(self, r: Responsable) -> Champs:
        banque = self.banque
        return _champs(
            ("Civilité", r.get_civilite_display()),
            ("N° Famille", self.famille.numero),
            ("Nom", r.nom),
            ("Prénom", r.prenom),
            ("Qualité", r.get_qualite_display()),
            ("Situation", r.situation_accordee),
            *_coordonnees(r),
            ("Titulaire du compte", banque.titulaire if banque else ""),
            ("Nom banque", banque.banque if banque else ""),
            *_travail(r),
            *_autorisations(r),
            ("Organisme rattachement", self.famille.organisme_rattachement),
        )

    def _conjoint(self, r: Responsable) -> Champs:
        identite = (("Nom", r.nom), ("Prénom", r.prenom), ("Qualité", r.get_qualite_display()))
        return _champs(*identite, *_coordonnees(r), *_travail(r), *_autorisations(r))

    def _fiscales(self) -> Section:
        return Section(
            "fiscales",
            "Informations fiscales",
            colonnes=["Année des revenus", "Revenu fiscal de référence", "Nombre de parts"],
            lignes=[
                [
                    str(f.annee),
                    f"{francais.nombre(f.revenu_fiscal_reference)}{francais.INSECABLE}€",
                    francais.nombre(f.parts, 2).removesuffix(",00"),
                ]
                for f in self.famille.informations_fiscales.all()
            ],
            vide="Le centre ne connaît aucun de vos avis d’impôt.",
        )

    def _caf(self) -> Section:
        caf = getattr(self.famille, "informations_caf", None)
        quotients = [
            [francais.date_courte(q.date_effet), francais.nombre(q.valeur)] for q in self.famille.quotients.all()
        ]
        return Section(
            "caf",
            "Informations CAF",
            _champs(
                ("N° allocataire", caf.numero_allocataire if caf else ""),
                ("Régime", caf.get_regime_display() if caf else ""),
            ),
            colonnes=["À compter du", "Quotient familial"],
            lignes=quotients,
            vide="Aucun quotient familial n’est connu : le tarif le plus élevé s’applique.",
        )

    def _bancaires(self) -> Section:
        banque = self.banque
        return Section(
            "bancaires",
            "Informations bancaires",
            _champs(
                ("Titulaire du compte", banque.titulaire if banque else ""),
                ("Nom banque", banque.banque if banque else ""),
                ("IBAN", banque.iban_masque if banque else ""),
                ("BIC", banque.bic if banque else ""),
            ),
        )


def _coordonnees(r: Responsable) -> list[tuple[str, str]]:
    return [
        ("Adresse", r.adresse),
        ("Code postal", r.code_postal),
        ("Ville", r.ville),
        ("Téléphone domicile", _telephone(r.telephone_domicile)),
        ("Téléphone prof.", _telephone(r.telephone_professionnel)),
        ("Mobile", _telephone(r.mobile)),
        ("Email", r.email),
    ]


def _travail(r: Responsable) -> list[tuple[str, str]]:
    return [
        ("Profession", r.profession),
        ("CSP", r.get_csp_display()),
        ("Employeur", r.employeur),
        ("Adresse employeur", r.adresse_employeur),
    ]


def _autorisations(r: Responsable) -> list[tuple[str, str]]:
    return [
        ("Autorisation courriel", francais.oui_non(r.autorisation_courriel)),
        ("Autorisation SMS", francais.oui_non(r.autorisation_sms)),
    ]


def sections_enfant(enfant: Enfant, *, au: date) -> list[Section]:
    """A child's record on a day. Reads its health data: only for pages that show them."""
    return [
        _identite(enfant, au),
        *_tiers(enfant),
        *_sante(enfant),
        Section("regime", "Régime alimentaire", _champs(("Régime", enfant.get_regime_display()))),
        Section(
            "autorisations",
            "Autorisations",
            _champs(
                ("Droit à l’image", francais.oui_non(enfant.autorise_image)),
                ("Peut partir seul", francais.oui_non(enfant.autorise_sortie_seul)),
                ("Transport en car ou en véhicule du centre", francais.oui_non(enfant.autorise_transport)),
                ("Hospitalisation en cas d’urgence", francais.oui_non(enfant.autorise_hospitalisation)),
            ),
        ),
        _assurance(enfant, au),
    ]


def _identite(enfant: Enfant, au: date) -> Section:
    return Section(
        "identite",
        "Identité et scolarité",
        _champs(
            ("Nom", enfant.nom),
            ("Prénom", enfant.prenom),
            ("Sexe", enfant.get_sexe_display()),
            ("Date de naissance", francais.date_courte(enfant.date_naissance)),
            ("Âge", francais.pluriel(enfant.age_au(au), "an")),
            ("École", str(enfant.ecole or "")),
            ("Classe", enfant.get_classe_display()),
        ),
    )


def _tiers(enfant: Enfant) -> list[Section]:
    tiers = list(enfant.tiers.all())

    def section(statut: str, code: str, titre: str, vide: str) -> Section:
        lignes = [[f"{t.prenom} {t.nom}", t.lien, _telephone(t.telephone)] for t in tiers if t.statut == statut]
        return Section(code, titre, colonnes=["Personne", "Lien avec l’enfant", "Téléphone"], lignes=lignes, vide=vide)

    return [
        section(
            "autorise",
            "personnes-autorisees",
            "Personnes autorisées à venir chercher l’enfant",
            "En dehors de ses responsables, personne n’est autorisé à venir chercher l’enfant.",
        ),
        section(
            "interdit",
            "personnes-interdites",
            "Personnes interdites",
            "Aucune interdiction de venir chercher l’enfant n’est enregistrée.",
        ),
    ]


def _sante(enfant: Enfant) -> list[Section]:
    fiche = getattr(enfant, "fiche_sanitaire", None)
    vaccinations = fiche.vaccinations.all() if fiche else []

    def valeur(nom: str) -> str:
        return getattr(fiche, nom) if fiche else ""

    medecin = _champs(
        ("Médecin traitant", valeur("medecin_nom")),
        ("Téléphone", _telephone(valeur("medecin_telephone"))),
        ("Adresse", valeur("medecin_adresse")),
    )
    sanitaires = _champs(
        ("Allergies", valeur("allergies")),
        ("PAI (projet d’accueil individualisé)", valeur("pai")),
        ("Traitement en cours", valeur("traitement")),
        ("Port de lunettes", valeur("lunettes")),
        ("Appareils (dentaire, auditif…)", valeur("appareils")),
        ("Observations", valeur("observations")),
    )
    return [
        Section("medecin", "Médecin", medecin),
        Section("sanitaires", "Données sanitaires", sanitaires),
        Section(
            "vaccins",
            "Vaccins",
            colonnes=["Vaccin", "Dernier rappel"],
            lignes=[[v.vaccin, francais.date_courte(v.date) if v.date else ""] for v in vaccinations],
            vide="Aucun vaccin n’est enregistré.",
        ),
    ]


def _assurance(enfant: Enfant, au: date) -> Section:
    assurance = getattr(enfant, "assurance", None)
    if assurance is None:
        return Section("assurance", "Assurance", alerte="Aucune attestation d’assurance n’est enregistrée.")
    champs = _champs(
        ("Compagnie", assurance.compagnie),
        ("Numéro de contrat", assurance.numero_contrat),
        ("Valable jusqu’au", francais.date_courte(assurance.expire_le)),
    )
    expiree = "Cette assurance est expirée : transmettez la nouvelle attestation."
    return Section("assurance", "Assurance", champs, alerte=expiree if assurance.est_expiree_au(au) else "")
