"""The documents of the demo town: vaccines for the leisure centre, insurance, quotient familial. Most are there; one
waits to be checked, one has ended, one was refused, a few are missing."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from famille.models import Compte, Enfant, Famille, PieceDemandee, PieceFournie
from planning.models import PieceExigee, Prestation
from planning.pieces.attendue import PieceAttendue
from planning.pieces.lecture import pieces_attendues
from portail.peuplement.certifications import VILLE_MESUREE
from portail.peuplement.guide import NUMERO_DUPONT, NUMERO_MARTIN
from socle.annee_scolaire import AnneeScolaire
from socle.fichiers.examen import Fichier, examiner

# One in so many is missing.
MANQUE_SUR = 8
HIER = timedelta(days=1)


def peupler_pieces(au: date) -> None:
    """Unless some are asked for already. None in a town that is made to be measured."""
    if PieceDemandee.objects.exists() or Famille.objects.count() > VILLE_MESUREE:
        return
    agent, du = Compte.objects.get(identifiant="agent"), AnneeScolaire.de(au).du
    vaccins = PieceDemandee.objects.create(
        nom="Vaccinations",
        consigne="Les pages «\u00a0Vaccinations\u00a0» du carnet de santé, ou l’attestation du médecin.",
        de_sante=True,
        bloquante=True,
        echeance=PieceDemandee.Echeance.DATE,
        du=du,
    )
    for prestation in Prestation.objects.filter(nom__startswith="ALSH"):
        PieceExigee.objects.create(piece=vaccins, prestation=prestation)
    PieceDemandee.objects.create(
        nom="Assurance",
        consigne="L’attestation de responsabilité civile et d’accident de l’année.",
        tenue_par=PieceDemandee.TenuePar.ASSURANCE,
        du=du,
    )
    PieceDemandee.objects.create(
        nom="Attestation de quotient familial",
        consigne="Celle de la CAF ou de la MSA, de moins de trois mois.",
        pour=PieceDemandee.Pour.FAMILLE,
        echeance=PieceDemandee.Echeance.ANNEE,
        du=du,
    )
    _donner(au, agent)


def _donner(au: date, agent: Compte) -> None:
    """Those of the guide are all there: they book as it shows. Of the others, by turns."""
    guide = set(Famille.objects.filter(numero__in=[NUMERO_DUPONT, NUMERO_MARTIN]).values_list("pk", flat=True))
    attendues = [une for une in pieces_attendues(au) if not une.tenue_par]
    fin = AnneeScolaire.de(au).au
    PieceFournie.objects.bulk_create(
        PieceFournie(
            piece_id=une.piece,
            famille_id=une.famille,
            enfant_id=une.enfant,
            etat=PieceFournie.Etat.VERIFIEE,
            sur_papier=True,
            expire_le=fin,
            decidee_par=agent,
            decidee_le=agent.cree_le,
        )
        for rang, une in enumerate(attendues)
        if une.famille in guide or rang % MANQUE_SUR
    )
    manquent = [une for rang, une in enumerate(attendues) if une.famille not in guide and not rang % MANQUE_SUR]
    sante = [une for une in manquent if une.de_sante]
    autres = [une for une in manquent if not une.de_sante]
    if len(sante) > 2 and len(autres) > 1:
        _deposer(sante[0])
        _deposer(autres[0])
        _deposer(autres[1]).refuser("La photo est coupée\u00a0: on ne lit pas la date.", par=agent)
        perimee = _deposer(sante[1])
        perimee.verifier(expire_le=au + HIER, par=agent)
        PieceFournie.objects.filter(pk=perimee.pk).update(expire_le=au - HIER)


def _deposer(une: PieceAttendue) -> PieceFournie:
    famille = Famille.objects.get(pk=une.famille)
    parent = next(r.compte for r in famille.responsables.select_related("compte") if r.compte)
    enfant = Enfant.objects.get(pk=une.enfant) if une.enfant else None
    piece = PieceDemandee.objects.get(pk=une.piece)
    return PieceFournie.objects.deposer(piece, famille, enfant, [_photo(piece.nom)], par=parent)


def _photo(titre: str) -> Fichier:
    """A page, as a telephone sees it."""
    image = Image.new("RGB", (620, 400), "#f4efe2")
    dessin = ImageDraw.Draw(image)
    dessin.rectangle((30, 30, 590, 370), outline="#555555", width=2)
    dessin.text((60, 60), titre, fill="#222222", font_size=30)
    for rang in range(6):
        dessin.line((60, 130 + rang * 38, 560, 130 + rang * 38), fill="#999999", width=1)
    sortie = BytesIO()
    image.save(sortie, "PNG")
    return examiner(SimpleUploadedFile("photo.png", sortie.getvalue()))
