"""What agents may do to many réservations at once, and what each famille is told of it."""

from dataclasses import replace
from datetime import time

from planning.portee.gestes import Avis, Geste
from planning.regles.etats import Presence

EXCUSER = Geste(
    nom="Excuser l’absence (non facturée)",
    compte="Excuser {}\u00a0absence",
    comptes="Excuser {}\u00a0absences",
    verbe=lambda journee, par: journee.excuser(par=par),
    fait="excusée",
    faits="excusées",
    avis=Avis(
        "Une absence est excusée",
        "Le centre a excusé cette absence\u00a0:",
        "Elle ne vous sera pas facturée.",
    ),
    avis_de_plusieurs=Avis(
        "Des absences sont excusées",
        "Le centre a excusé ces absences\u00a0:",
        "Elles ne vous seront pas facturées.",
    ),
)
FACTURER = Geste(
    nom="Facturer l’absence",
    compte="Facturer {}\u00a0absence",
    comptes="Facturer {}\u00a0absences",
    verbe=lambda journee, par: journee.facturer_absence(par=par),
    fait="facturée comme absence",
    faits="facturées comme absences",
    avis=Avis(
        "Une absence vous sera facturée",
        "Le centre a noté que cette absence est à facturer\u00a0:",
        "Pour une erreur ou un justificatif, écrivez au centre.",
    ),
    avis_de_plusieurs=Avis(
        "Des absences vous seront facturées",
        "Le centre a noté que ces absences sont à facturer\u00a0:",
        "Pour une erreur ou un justificatif, écrivez au centre.",
    ),
)
METTRE_EN_CONGE = Geste(
    nom="Mettre en congé",
    compte="Mettre {}\u00a0jour en congé",
    comptes="Mettre {}\u00a0jours en congé",
    verbe=lambda journee, par: journee.mettre_en_conge(par=par),
    fait="mise en congé",
    faits="mises en congé",
    avis=Avis(
        "Un jour de congé est noté",
        "Le centre a noté ce jour de congé\u00a0:",
        "Il ne vous sera pas facturé.",
    ),
    avis_de_plusieurs=Avis(
        "Des jours de congé sont notés",
        "Le centre a noté ces jours de congé\u00a0:",
        "Ils ne vous seront pas facturés.",
    ),
)
RETABLIR = Geste(
    nom="Rétablir la réservation",
    compte="Rétablir {}\u00a0réservation",
    comptes="Rétablir {}\u00a0réservations",
    verbe=lambda journee, par: journee.retablir(par=par),
    fait="rétablie",
    faits="rétablies",
    avis=Avis(
        "Une réservation est rétablie",
        "Le centre a rétabli cette réservation\u00a0:",
        "Votre enfant est de nouveau attendu ce jour-là.",
    ),
    avis_de_plusieurs=Avis(
        "Des réservations sont rétablies",
        "Le centre a rétabli ces réservations\u00a0:",
        "Votre enfant est de nouveau attendu ces jours-là.",
    ),
)
ANNULER = Geste(
    nom="Annuler la réservation",
    compte="Annuler {}\u00a0réservation",
    comptes="Annuler {}\u00a0réservations",
    verbe=lambda journee, par: journee.annuler(par=par),
    fait="annulée",
    faits="annulées",
    avis=Avis(
        "Une réservation est annulée",
        "Le centre a annulé cette réservation\u00a0:",
        "Votre enfant n’est plus attendu ce jour-là, et il ne vous sera pas facturé.",
    ),
    avis_de_plusieurs=Avis(
        "Des réservations sont annulées",
        "Le centre a annulé ces réservations\u00a0:",
        "Votre enfant n’est plus attendu ces jours-là, et ils ne vous seront pas facturés.",
    ),
)


def reserver(derogation: str = "") -> Geste:
    """`derogation`: why, where it goes beyond the deadline or the places."""
    return Geste(
        nom="Réserver",
        compte="Réserver {}\u00a0jour",
        comptes="Réserver {}\u00a0jours",
        verbe=lambda journee, par: journee.reserver(par=par, derogation=derogation),
        fait="faite",
        faits="faites",
        avis=Avis(
            "Un jour est réservé",
            "Le centre a réservé ce jour pour vous\u00a0:",
            "Votre enfant est attendu ce jour-là. S’il ne vient pas, déclarez son absence depuis son planning.",
        ),
        avis_de_plusieurs=Avis(
            "Des jours sont réservés",
            "Le centre a réservé ces jours pour vous\u00a0:",
            "Votre enfant est attendu ces jours-là. S’il ne vient pas, déclarez son absence depuis son planning.",
        ),
        peut_deroger=True,
    )


def pointer(presence: Presence, arrivee: time | None = None, depart: time | None = None) -> Geste:
    """What the roll should have said."""
    dite = {Presence.PRESENT: "présent", Presence.ABSENT: "absent", Presence.NON_POINTEE: "non pointé"}[presence]
    avis = Avis(
        "Une présence est corrigée",
        f"Le centre a corrigé l’appel, et noté «\u00a0{dite}\u00a0»\u00a0:",
        "La facturation en tient compte. Pour une erreur, écrivez au centre.",
    )
    return Geste(
        nom=presence.label,
        compte=f"{dite.capitalize()}\u00a0: {{}}\u00a0jour",
        comptes=f"{dite.capitalize()}\u00a0: {{}}\u00a0jours",
        verbe=lambda journee, par: journee.pointer(presence, arrivee=arrivee, depart=depart, par=par),
        fait=f"notée «\u00a0{dite}\u00a0»",
        faits=f"notées «\u00a0{dite}\u00a0»",
        avis=avis,
        avis_de_plusieurs=replace(avis, sujet="Des présences sont corrigées"),
        meme_en_attente=True,
    )
