"""All that the portal holds on a famille, as a ZIP: `donnees.json`, and the files that it names.

Reached through the famille alone: in a garde alternée, both households have the child's record, and each its own rest.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db.models import Prefetch, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from courriels.models import Courriel
from facturation.models import Ligne, PaiementEnLigne
from facturation.models.operation import Operation
from famille import avis_de_securite
from famille.models import Enfant, Famille, Responsable
from famille.mots_de_passe import lien
from messagerie.models import Lecture
from planning.models import Reservation
from socle.fichiers.pieces import PieceJointe
from socle.reglages.centre import la_commune

from .fiche import Fiche, en_json, fiche

EN_MEMOIRE = 8 * 1024 * 1024  # bytes: beyond, the ZIP is built on the disk


class CopieDuDossier:
    """The copy, as of now. Reads, and writes nothing. As many queries for a big famille as for a small one.

    `pour`: the adult who asks. Their own login is in it; never that of the other one.
    """

    def __init__(self, famille: Famille, *, pour: Responsable | None) -> None:
        self.famille = famille
        self.pour = pour
        self.faite_le = timezone.now()
        self.fichiers: dict[str, FieldFile] = {}  # by name in the ZIP
        self.donnees = self._donnees()

    @property
    def nom(self) -> str:
        return f"mes-donnees-{self.famille.numero}.zip"

    def en_zip(self) -> IO[bytes]:
        """The whole file, ready to be read. The caller closes it."""
        fichier = SpooledTemporaryFile(max_size=EN_MEMOIRE)  # noqa: SIM115
        self.ecrire(fichier)
        fichier.seek(0)
        return fichier

    def ecrire(self, sortie: IO[bytes]) -> None:
        """A file that the storage has lost is left out: its row is in the data all the same."""
        le = timezone.localtime(self.faite_le)
        with ZipFile(sortie, "w") as archive:
            archive.writestr(_entree("donnees.json", le, ZIP_DEFLATED), en_json(self.donnees))
            for nom, fichier in self.fichiers.items():
                if fichier.storage.exists(str(fichier)):
                    # PDFs and pictures are compressed already.
                    with (
                        fichier.storage.open(str(fichier)) as lu,
                        archive.open(_entree(nom, le, ZIP_STORED), "w") as ecrit,
                    ):
                        shutil.copyfileobj(lu, ecrit)

    def _donnees(self) -> Fiche:
        famille = self.famille
        return {
            "copie": {"faite le": self.faite_le, "par": f"Portail famille, {la_commune().nom}"},
            "famille": fiche(famille),
            "responsables": [fiche(responsable) for responsable in famille.responsables.all()],
            "votre compte": self._compte(),
            "informations bancaires": fiche(getattr(famille, "informations_bancaires", None), sauf={"iban_masque"}),
            "informations CAF": fiche(getattr(famille, "informations_caf", None)),
            "quotients familiaux": [fiche(quotient) for quotient in famille.quotients.all()],
            "informations fiscales": [fiche(annee) for annee in famille.informations_fiscales.all()],
            "enfants": self._enfants(),
            "inscriptions": self._inscriptions(),
            "demandes": self._demandes(),
            "factures": self._factures(),
            "avoirs": self._avoirs(),
            "règlements": self._reglements(),
            "paiements en ligne": self._paiements(),
            "conversations": self._conversations(),
            # Of whom wrote them, nothing: an agent acts for the centre.
            "documents fournis": self._documents(),
            "certifications": [fiche(une, sauf={"empreinte"}) for une in famille.certifications.all()],
            "notes du centre": [fiche(note) for note in famille.notes.all()],
            "e-mails": self._courriels(),
        }

    def _compte(self) -> Fiche | None:
        """How the asker signs in; of the password, nothing."""
        compte = self.pour.compte if self.pour else None
        if compte is None:
            return None
        return {"identifiant": compte.identifiant, "créé le": compte.cree_le, "dernière connexion": compte.last_login}

    def _enfants(self) -> list[Fiche]:
        enfants = self.famille.enfants.select_related("ecole", "assurance", "fiche_sanitaire").prefetch_related(
            "tiers", "fiche_sanitaire__vaccinations", "lectures", "passages"
        )
        return [self._enfant(enfant) for enfant in enfants]

    def _enfant(self, enfant: Enfant) -> Fiche:
        sante = getattr(enfant, "fiche_sanitaire", None)
        vaccinations = sante.vaccinations.all() if sante else []
        return fiche(enfant) | {
            "école": str(enfant.ecole or ""),
            "passages de classe": [fiche(passage) for passage in enfant.passages.all()],
            "assurance": fiche(getattr(enfant, "assurance", None)),
            "personnes autorisées ou interdites": [fiche(tiers) for tiers in enfant.tiers.all()],
            "fiche sanitaire": fiche(sante),
            "vaccinations": [fiche(vaccination) for vaccination in vaccinations],
            # When, and not by whom: an agent acts for the centre (CJEU, C-579/21).
            "lectures de ses données confidentielles par un agent": [
                {"le": lecture.le, "ce qui a été lu": lecture.objet} for lecture in enfant.lectures.all()
            ],
        }

    def _inscriptions(self) -> list[Fiche]:
        inscriptions = self.famille.inscriptions.select_related("enfant", "prestation__structure")
        return [
            {
                "enfant": inscription.enfant.nom_complet,
                "structure": str(inscription.prestation.structure),
                "prestation": inscription.prestation.nom,
                **fiche(inscription),
                "réservations": [_reservation(reservation) for reservation in inscription.reservations.all()],
            }
            for inscription in inscriptions.prefetch_related("reservations__derogations")
        ]

    def _demandes(self) -> list[Fiche]:
        demandes = self.famille.demandes.select_related("enfant", "decision").prefetch_related("pieces")
        return [
            {
                "numéro": demande.numero,
                "demande": demande.titre,
                "enfant": demande.enfant.nom_complet if demande.enfant else None,
                "demandé": demande.valeurs,
                "remplace": demande.valeurs_avant,
                **fiche(demande, sauf={"type", "donnees", "avant", "secret"}),
                "décision": fiche(getattr(demande, "decision", None)),
                "pièces jointes": self._pieces(demande.pieces.all(), f"demandes/{demande.numero}"),
            }
            for demande in demandes
        ]

    def _documents(self) -> list[Fiche]:
        """Its own deposits: of the other household's, nothing."""
        fournies = self.famille.pieces_fournies.select_related("piece", "enfant").prefetch_related("fichiers")
        return [
            {
                "document": fournie.piece.nom,
                "enfant": fournie.enfant.nom_complet if fournie.enfant else None,
                **fiche(fournie),
                "fichiers": self._pieces(fournie.fichiers.all(), f"documents/{fournie.pk}"),
            }
            for fournie in fournies
        ]

    def _factures(self) -> list[Fiche]:
        factures = self.famille.factures.select_related("regie", "document").prefetch_related("lignes")
        copies = []
        for facture in factures:
            document = getattr(facture, "document", None)
            pdf = self._joindre(f"factures/{facture.reference}.pdf", document.fichier) if document else None
            copies.append(_operation(facture) | {"PDF": pdf, "lignes": _lignes(facture.lignes.all())})
        return copies

    def _avoirs(self) -> list[Fiche]:
        avoirs = self.famille.avoirs.select_related("regie", "facture__regie").prefetch_related("lignes")
        return [
            _operation(avoir) | {"facture": avoir.facture.reference, "lignes": _lignes(avoir.lignes.all())}
            for avoir in avoirs
        ]

    def _reglements(self) -> list[Fiche]:
        reglements = self.famille.reglements.select_related("regie", "annule__regie")
        return [
            _operation(reglement)
            | {
                "annule": reglement.annule.reference if reglement.annule else None,
                "affectations": [
                    {"facture": affectation.facture.reference, "montant": affectation.montant}
                    for affectation in reglement.affectations.all()
                ],
            }
            for reglement in reglements.prefetch_related("affectations__facture__regie")
        ]

    def _paiements(self) -> list[Fiche]:
        # The reason for which the régisseur confirmed one is a note between agents.
        paiements = PaiementEnLigne.objects.de(self.famille).select_related("facture__regie", "reglement__regie")
        return [
            {
                "facture": paiement.facture.reference,
                **fiche(paiement, sauf={"motif"}),
                "règlement": paiement.reglement.reference if paiement.reglement else None,
            }
            for paiement in paiements
        ]

    def _conversations(self) -> list[Fiche]:
        lectures = Lecture.objects.filter(compte=self.pour.compte_id if self.pour else None)
        fils = self.famille.fils.prefetch_related("messages__pieces", Prefetch("lectures", lectures, to_attr="lues"))
        return [
            fiche(fil)
            | {
                "lue jusqu’à": fil.lues[0].jusqu_a if fil.lues else None,
                "messages": [
                    {
                        "de": message.de,
                        "le": message.le,
                        "texte": message.texte,
                        "pièces jointes": self._pieces(message.pieces.all(), f"conversations/{fil.pk}"),
                    }
                    for message in fil.messages.all()
                ],
            }
            for fil in fils
        ]

    def _courriels(self) -> list[Fiche]:
        """What was sent, without what made it: its text only tells of a row that is here. Of passwords, one's own."""
        paiements = PaiementEnLigne.objects.de(self.famille).values_list("pk", flat=True)
        recus = [f"paiement:{pk}:recu" for pk in paiements]
        courriels = Courriel.objects.filter(Q(dossier=self.famille.pk) | Q(cle__in=recus))
        compte = self.pour.compte_id if self.pour else None
        courriels = courriels.filter(~Q(gabarit=lien.GABARIT) | Q(contexte__compte=compte))
        siens = Q(cle__contains=f":compte:{compte}:") | Q(
            cle__contains=f":responsable:{self.pour.pk if self.pour else 0}:"
        )
        courriels = courriels.filter(~Q(gabarit__in=avis_de_securite.GABARITS) | siens)
        return [
            {
                "destinataire": courriel.destinataire,
                "sujet": courriel.sujet,
                "déposé le": courriel.depose_le,
                "envoyé le": courriel.envoye_le,
            }
            for courriel in courriels
        ]

    def _pieces(self, pieces: Iterable[PieceJointe], dossier: str) -> list[Fiche]:
        return [
            fiche(piece) | {"fichier": self._joindre(f"{dossier}/{piece.pk}-{_sans_chemin(piece.nom)}", piece.fichier)}
            for piece in pieces
        ]

    def _joindre(self, nom: str, fichier: FieldFile) -> str:
        self.fichiers[nom] = fichier
        return nom


def _reservation(reservation: Reservation) -> Fiche:
    return fiche(reservation) | {"dérogations": [fiche(une) for une in reservation.derogations.all()]}


def _operation(operation: Operation) -> Fiche:
    return {"référence": operation.reference, "régie": str(operation.regie), **fiche(operation)}


def _lignes(lignes: Iterable[Ligne]) -> list[Fiche]:
    return [fiche(ligne) for ligne in lignes]


def _sans_chemin(nom: str) -> str:
    """A name that leads nowhere else, whatever wrote it."""
    return nom.replace("/", "_").replace("\\", "_")


def _entree(nom: str, le: datetime, compression: int) -> ZipInfo:
    entree = ZipInfo(nom, date_time=le.timetuple()[:6])
    entree.compress_type = compression
    return entree
