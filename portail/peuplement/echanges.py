"""What the demo town says to its centre and hears from it: requests, messages, announcements, documents."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from weasyprint import HTML

import francais
from demandes.genre.type_demande import Genre
from demandes.models import Demande
from demandes.types import Conjoint, DemandeReservation, Regime, Titulaire
from famille.models import Compte, Enfant, Famille, NoteDuCentre, Responsable
from messagerie.models import Document, Fil, Information
from planning.appel.sans_reservation import prevenir
from planning.erreurs import RefusPlanning
from planning.models import AppelTermine, Derogation, Inscription, Prestation, lire_calendrier
from planning.regles.etats import Etat, Presence
from planning.regles.jours import UN_JOUR, jours_entre
from portail.peuplement.guide import NUMERO_DUPONT, NUMERO_MARTIN
from portail.peuplement.plannings import MERCREDI
from socle.fichiers.examen import examiner

DEMANDES_DE_MERCREDI = 8
UNE_SEMAINE = timedelta(days=7)
DEROGATION = "La mère a téléphoné la veille au soir\u00a0: elle part en urgence."
NOTES = (
    "Préfère qu’on appelle le père, après 17\u00a0h.",
    "Séparation en cours\u00a0: envoyer les papiers aux deux adresses.",
)
DELAI = timedelta(days=14)  # far enough for every deadline


def peupler_echanges(au: date) -> None:
    """Each kind of exchange, unless there are some already."""
    agent = Compte.objects.get(identifiant="agent")
    dupont = Responsable.objects.select_related("famille", "compte").get(compte__identifiant="dupont")
    if not Demande.objects.exists():
        _demandes_des_dupont(dupont, agent)
        _demandes_de_mercredi(au)
        _venu_sans_reservation(au, agent)
        _sans_reponse(au, agent)
    if not Derogation.objects.exists():
        _par_derogation(au, agent)
    if not AppelTermine.objects.exists():
        _appels_termines(au)
    if not NoteDuCentre.objects.exists():
        for note in NOTES:
            NoteDuCentre.objects.ecrire(dupont.famille, note, par=agent)
    if not Fil.objects.filter(famille=dupont.famille, sujet=CARNAVAL).exists():
        _conversations(dupont, agent)
    if not Information.objects.exists():
        _informations(au)
    if not Document.objects.exists():
        _documents(au)


# --- Requests -------------------------------------------------------------------------------------


def _demandes_des_dupont(dupont: Responsable, agent: Compte) -> None:
    """One that waits, one accepted, one refused."""
    hugo = dupont.famille.enfants.get(prenom="Hugo")
    conjoint = _deposer(dupont, Conjoint, telephone_domicile="05 61 98 76 54")
    conjoint.accepter(par=agent, vu=conjoint.contenu().empreinte(conjoint.valeurs))
    _deposer(dupont, Regime, hugo, regime="panier_repas").refuser(
        par=agent, motif="Il nous faut d’abord le protocole signé par le médecin scolaire."
    )
    _deposer(dupont, Titulaire, mobile="06 01 02 03 04")


def _deposer(par: Responsable, genre: Genre, enfant: Enfant | None = None, **champs: str) -> Demande:
    contenu = genre.remplir(par.famille, enfant, champs)
    if par.compte is None or not contenu.is_valid():
        raise ValueError(contenu.errors.as_json())
    return Demande.deposer(contenu, par=par.compte)


def _demandes_de_mercredi(au: date) -> None:
    """A few familles ask for their next Wednesdays."""
    inscriptions = Inscription.objects.filter(prestation__nom=MERCREDI, jours=0).exclude(famille__numero=NUMERO_DUPONT)
    a_venir = inscriptions.en_vigueur(au + DELAI).select_related("enfant", "famille").order_by("famille", "pk")
    mercredis = [jour for jour in jours_entre(au + DELAI, au + DELAI * 2) if jour.weekday() == 2]
    for inscription in a_venir[:DEMANDES_DE_MERCREDI]:
        compte = Compte.objects.filter(responsable__famille=inscription.famille).select_related("responsable").first()
        codes = [f"{inscription.pk}:{jour.isoformat()}" for jour in mercredis]
        possibles = DemandeReservation(inscription.famille, inscription.enfant).examiner(codes)
        ouverts = [voulu.code for voulu in possibles if not voulu.refus]
        contenu = DemandeReservation(inscription.famille, inscription.enfant, {"jours": ouverts})
        if compte and ouverts and contenu.is_valid():
            Demande.deposer(contenu, par=compte)


def _venu_sans_reservation(au: date, agent: Compte) -> None:
    """A child who was not expected last Wednesday, and whose famille was told in the evening."""
    [mercredi] = (jour for jour in jours_entre(au - UNE_SEMAINE, au - UN_JOUR) if jour.weekday() == 2)
    inscrits = Inscription.objects.filter(prestation__nom=MERCREDI, jours=0).exclude(famille__numero=NUMERO_DUPONT)
    libres = inscrits.en_vigueur(mercredi).exclude(reservations__jour=mercredi)
    inscription = libres.select_related("prestation", "enfant").order_by("pk").first()
    if inscription is None:
        return
    calendrier = lire_calendrier(mercredi, mercredi)
    if inscription.regles_du_jour(calendrier).pourquoi_ferme(mercredi) is None:
        inscription.journee(mercredi).pointer(Presence.PRESENT, par=agent)
        prevenir(au)


def _par_derogation(au: date, agent: Compte) -> None:
    """A child whom the centre booked for last Wednesday after the deadline, and why."""
    [mercredi] = (jour for jour in jours_entre(au - UNE_SEMAINE, au - UN_JOUR) if jour.weekday() == 2)
    inscrits = Inscription.objects.filter(prestation__nom=MERCREDI, jours=0).exclude(famille__numero=NUMERO_DUPONT)
    libres = inscrits.en_vigueur(mercredi).exclude(reservations__jour=mercredi)
    for inscription in libres.select_related("prestation", "enfant", "famille").order_by("-pk")[:DEMANDES_DE_MERCREDI]:
        with suppress(RefusPlanning):
            [journee] = inscription.reserver([mercredi], par=agent, derogation=DEROGATION)
            journee.pointer(Presence.PRESENT, par=agent)
            return


def _appels_termines(au: date) -> None:
    """The Wednesdays of the fortnight before last week: one ended too early, opened again, then ended."""
    direction = Compte.objects.get(identifiant="direction")
    prestation = Prestation.objects.get(nom=MERCREDI)
    mercredis = [jour for jour in jours_entre(au - UNE_SEMAINE * 3, au - UNE_SEMAINE - UN_JOUR) if jour.weekday() == 2]
    for mercredi in mercredis:
        termine = AppelTermine.objects.terminer(prestation, mercredi, par=direction)
    termine.rouvrir(par=direction)
    AppelTermine.objects.terminer(prestation, mercredi, par=direction)


def _sans_reponse(au: date, agent: Compte) -> None:
    """A Wednesday that nobody decided in time: of the open ones before the last, the latest."""
    passes = [jour for jour in jours_entre(au - UNE_SEMAINE * 6, au - UNE_SEMAINE - UN_JOUR) if jour.weekday() == 2]
    inscrits = Inscription.objects.filter(prestation__nom=MERCREDI, jours=0).exclude(famille__numero=NUMERO_DUPONT)
    for mercredi in reversed(passes):
        libres = inscrits.en_vigueur(mercredi).exclude(reservations__jour=mercredi)
        inscription = libres.select_related("prestation", "enfant", "famille").order_by("-pk").first()
        if inscription and _demander_en_vain(inscription, mercredi, agent):
            return


def _demander_en_vain(inscription: Inscription, jour: date, agent: Compte) -> bool:
    """False if that day is closed, or full."""
    try:
        inscription.prendre([jour], Etat.DEMANDEE, par=agent)
    except RefusPlanning:
        return False
    demande = Demande.objects.create(
        famille=inscription.famille,
        enfant=inscription.enfant,
        type=DemandeReservation.code,
        donnees={
            "jours": [f"{inscription.pk}:{jour.isoformat()}"],
            "prestations": {str(inscription.pk): inscription.prestation.nom},
        },
        deposee_par=Compte.objects.filter(responsable__famille=inscription.famille).first(),
        deposee_le=timezone.make_aware(datetime.combine(jour - UNE_SEMAINE, time(18, 30))),
    )
    return bool(demande.expirer(jour))


# --- Words ----------------------------------------------------------------------------------------

CARNAVAL = "Carnaval de l’école"
CONVERSATIONS = (
    ("Une paire de lunettes retrouvée",
     "Bonjour,\n\nHugo a-t-il laissé ses lunettes à l’accueil de loisirs mercredi ?\n\nMerci, Jean Dupont",
     "Bonjour,\n\nOui, elles vous attendent à l’accueil, dans leur étui rouge.\n\nBonne journée."),
    ("Changement d’heure du mercredi",
     "Bonjour,\n\nPuis-je venir chercher Hugo à 17\u00a0h ce mercredi ?",
     None),
)  # fmt: skip


def _conversations(dupont: Responsable, agent: Compte) -> None:
    for sujet, question, reponse in CONVERSATIONS:
        fil = Fil.ecrire_au_centre(dupont, sujet, question)
        if reponse:
            fil.repondre(reponse, par=agent)
    invitation = "Bonjour,\n\nLe défilé part de la cour à 15\u00a0h. Les parents sont les bienvenus, déguisés ou non !"
    for numero in (NUMERO_DUPONT, NUMERO_MARTIN):
        Fil.ecrire_a(Famille.objects.get(numero=numero), CARNAVAL, invitation, par=agent)


def _informations(au: date) -> None:
    Information.objects.create(
        titre="Inscriptions aux vacances",
        texte="Les réservations pour les prochaines vacances sont **ouvertes**. Les places sont limitées\u00a0:\n\n"
        "- à la journée, avec repas ;\n- le matin ou l’après-midi, sans repas.",
        publiee_le=au - timedelta(days=3),
        epinglee=True,
    )
    Information.objects.create(
        titre="Le centre recrute des animateurs",
        texte="Vous connaissez quelqu’un qui a le BAFA ? Faites-lui signe\u00a0: le centre cherche deux animateurs.",
        publiee_le=au - timedelta(days=12),
    )


def _documents(au: date) -> None:
    lundi = au - timedelta(days=au.weekday())
    semaine = f"Semaine du {francais.date_courte(lundi)}"
    for titre, categorie, lignes in (
        (f"Menus, {semaine.lower()}", Document.Categorie.MENUS, MENUS),
        ("Règlement de l’accueil de loisirs", Document.Categorie.REGLEMENTS, REGLEMENT),
    ):
        pdf = HTML(string=_page(titre, lignes)).write_pdf()
        document = Document.depuis(examiner(SimpleUploadedFile(f"{titre.replace('/', '-')}.pdf", pdf)))
        document.titre, document.categorie, document.publiee_le = titre, categorie, lundi
        document.save()


MENUS = (
    "Lundi\u00a0: salade de lentilles, poisson meunière, purée de carottes, yaourt",
    "Mardi\u00a0: betteraves, omelette aux herbes, riz, poire",
    "Jeudi\u00a0: velouté de courge, poulet rôti, haricots verts, fromage blanc",
    "Vendredi\u00a0: concombre, lasagnes aux légumes, compote",
)
REGLEMENT = (
    "L’accueil de loisirs ouvre de 8\u00a0h à 18\u00a0h, le mercredi et pendant les vacances.",
    "On réserve au plus tard deux jours ouvrés avant, à midi.",
    "Une absence déclarée à temps n’est pas facturée.",
)


def _page(titre: str, lignes: tuple[str, ...]) -> str:
    liste = "".join(f"<li>{ligne}</li>" for ligne in lignes)
    style = "body{font:12pt/1.6 Lato,sans-serif} h1{color:#0d5c63}"
    return f"<html lang='fr'><title>{titre}</title><style>{style}</style><h1>{titre}</h1><ul>{liste}</ul></html>"
