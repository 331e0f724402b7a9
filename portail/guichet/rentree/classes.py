"""The first step: classes go up. Who stays down is ticked, who is nowhere is placed; counted, then made, or undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

import francais
from famille.connexion.requete import compte_de
from famille.models import Enfant, PassageDeClasse
from famille.scolarite.eleves import Eleve, Eleves
from famille.scolarite.passages import Choix, PassageDesClasses, RetourDesClasses
from portail.guichet.rentree.page import CLASSES, PageDeRentree, cles
from socle.admin.confirmation import CHAMP
from socle.verrous import un_a_la_fois

VERROU = 0x72656E747265  # « rentre »
A_PLACER = 200  # children placed by hand on one page
PERSONNE = "Personne ne change de classe\u00a0: rien à faire."


class ClassesDeRentree(PageDeRentree):
    chemin, nom = "guichet/rentree/<str:annee>/classes/", "guichet_rentree_classes"
    etape, droits = CLASSES, CLASSES.droits
    titre = CLASSES.titre
    template_name = "admin/guichet/rentree/classes.html"

    def get_context_data(self, **kwargs: object) -> dict:
        if "confirmation" in kwargs:
            return super().get_context_data(**kwargs)
        eleves, choix = Eleves(self.annee), _lire(self.request.POST)
        a_placer = eleves.a_preciser[:A_PLACER]
        return super().get_context_data(
            ecoles=_par_ecole(eleves),
            a_placer=[(eleve, _choix(eleve), choix.classes.get(eleve.enfant.pk, "")) for eleve in a_placer],
            autres_a_placer=len(eleves.a_preciser) - len(a_placer),
            maternelles=[(ecole, n, choix.ecoles.get(ecole.pk)) for ecole, n in eleves.maternelles],
            toutes_les_ecoles=eleves.ecoles.values(),
            lots=[lot | {"phrase": _dire(lot)} for lot in PassageDeClasse.objects.lots(self.annee)],
            combien=len(eleves.tous),
            choix=choix,
            restent=choix.restent if self.request.method == "POST" else {e.enfant.pk for e in eleves.tous if e.reste},
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.a_renonce():
            return self.render_to_response(self.get_context_data())
        decide = CHAMP in request.POST
        if decide:
            un_a_la_fois(VERROU)
        passage = PassageDesClasses(Eleves(self.annee, verrouiller=decide), _lire(request.POST))
        if not passage.passes:
            messages.warning(request, PERSONNE)
            return redirect(self.etape.adresse(self.annee))
        bouton = _bouton(passage)
        question = self.question(
            f"Rentrée {self.annee.debut}\u00a0: {bouton[:1].lower()}{bouton[1:]}\u00a0?",
            bouton,
            passage.dire(),
            lu_aussi=passage.empreinte,
        )
        if not question.est_donnee(request.POST):
            return self.demander(question)
        passage.faire(par=compte_de(request))
        enfants = francais.pluriel(len(passage.passes), "enfant")
        messages.success(request, f"C’est fait\u00a0: {enfants}. {' '.join(passage.dire())}")
        return redirect(self.etape.adresse(self.annee))


class RetourDesClassesDeRentree(PageDeRentree):
    """What was made together is undone."""

    chemin, nom = "guichet/rentree/<str:annee>/classes/annulation/", "guichet_rentree_classes_annulation"
    etape, droits = CLASSES, CLASSES.droits
    titre = "Annuler ce passage"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.a_renonce():
            return redirect(self.etape.adresse(self.annee))
        un_a_la_fois(VERROU)
        retour = RetourDesClasses(self.annee, self.lire_le_lot())
        if not retour.lignes:
            messages.warning(request, "Ce passage est déjà annulé.")
            return redirect(self.etape.adresse(self.annee))
        question = self.question("Annuler ce passage\u00a0?", "Annuler ce passage", retour.dire())
        if not question.est_donnee(request.POST):
            return self.demander(question)
        rendus = retour.faire(par=compte_de(request))
        enfants = francais.pluriel(rendus, "enfant retrouve sa classe", "enfants retrouvent leur classe")
        messages.success(request, f"C’est annulé\u00a0: {enfants}.")
        return redirect(self.etape.adresse(self.annee))


def _bouton(passage: PassageDesClasses) -> str:
    """« Donner leur classe à 84 enfants et noter 23 sortants »: who leaves for collège is given no class."""
    sortants = len(passage.sortants)
    restants = len(passage.passes) - sortants
    classes = f"donner {'sa' if restants == 1 else 'leur'} classe à {francais.pluriel(restants, 'enfant')}"
    gestes = [
        *([classes] if restants else []),
        *([f"noter {francais.pluriel(sortants, 'sortant')}"] if sortants else []),
    ]
    dit = francais.enumerer(gestes)
    return dit[:1].upper() + dit[1:]


def _dire(lot: dict) -> str:
    """« 140 enfants, dont 23 sortants et 4 qui restent dans leur classe. »"""
    dont = [
        *([francais.pluriel(lot["sortants"], "sortant")] if lot["sortants"] else []),
        *([f"{lot['maintenus']} dans la même classe"] if lot["maintenus"] else []),
    ]
    enfants = francais.pluriel(lot["enfants"], "enfant")
    return f"{enfants}, dont {francais.enumerer(dont)}." if dont else f"{enfants}."


def _par_ecole(eleves: Eleves) -> list[dict]:
    """For the page: {ecole, groupes, combien}, in order."""
    ecoles: dict[str, dict] = {}
    for groupe in eleves.groupes:
        nom = groupe.ecole.nom if groupe.ecole else "Sans école"
        la = ecoles.setdefault(nom, {"nom": nom, "groupes": [], "combien": 0})
        la["groupes"].append(groupe)
        la["combien"] += len(groupe.eleves)
    return list(ecoles.values())


def _choix(eleve: Eleve) -> list[tuple[str, str]]:
    """The class of its age first: most often, the answer."""
    classes = [(str(code), str(nom)) for code, nom in Enfant.Classe.choices]
    return sorted(classes, key=lambda classe: classe[0] != eleve.de_son_age)


def _lire(envoi: QueryDict) -> Choix:
    """What is not understood was not typed here, and decides nothing."""
    placees = {cle: str(envoi[f"classe-{cle}"]) for cle in _cles(envoi, "classe-")}
    vers = {cle: cles([str(envoi[f"ecole-{cle}"])]) for cle in _cles(envoi, "ecole-")}
    return Choix(
        restent=frozenset(cles(envoi.getlist("reste"))),
        classes={cle: classe for cle, classe in placees.items() if classe in Enfant.Classe.values},
        ecoles={cle: ecoles[0] for cle, ecoles in vers.items() if ecoles},
        de_leur_age="de_leur_age" in envoi,
    )


def _cles(envoi: QueryDict, debut: str) -> list[int]:
    return cles(nom.removeprefix(debut) for nom in envoi if nom.startswith(debut))
