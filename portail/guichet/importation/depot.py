"""The first page: the file, the models to fill in, what each column takes."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from famille.connexion.requete import compte_de
from famille.models import FichierAImporter
from portail.guichet.importation.formulaires import FichierForm
from portail.guichet.importation.page import PageDImportation
from portail.importation.lecture.colonnes import COLONNES
from portail.importation.lecture.correspondance import deviner
from portail.importation.modele import exemple, feuilles
from socle.exports import classeur


class DepotDuFichier(PageDImportation):
    chemin, nom = "guichet/importation/", "guichet_importation"
    template_name = "admin/guichet/importation/depot.html"

    def get_context_data(self, **kwargs: object) -> dict:
        contexte = super().get_context_data(**kwargs)
        return {"form": FichierForm(), "colonnes": COLONNES} | contexte

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """The cells are kept, encrypted, until they are imported; those of the file before go."""
        form = FichierForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        agent, table = compte_de(request), form.table
        choisie = form.cleaned_data["correspondance"]
        FichierAImporter.objects.filter(par=agent).delete()
        fichier = FichierAImporter.objects.create(
            nom=(form.cleaned_data["fichier"].name or "fichier")[:120],
            table={"entetes": list(table.entetes), "lignes": [[numero, list(ligne)] for numero, ligne in table.lignes]},
            colonnes=deviner(table.entetes, choisie.colonnes if choisie else None),
            par=agent,
        )
        return redirect("admin:guichet_importation_colonnes", pk=fichier.pk)


class FichierDExemple(PageDImportation):
    """`docs/exemples/familles.csv`."""

    chemin, nom = "guichet/importation/exemple.csv", "guichet_importation_exemple"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        entetes = {"Content-Disposition": 'attachment; filename="familles.csv"'}
        return HttpResponse(exemple(), content_type="text/csv; charset=utf-8", headers=entetes)


class ModeleARemplir(PageDImportation):
    """A spreadsheet: its titles, and a sheet that says what each column takes."""

    chemin, nom = "guichet/importation/modele.xlsx", "guichet_importation_modele"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        entetes = {"Content-Disposition": 'attachment; filename="familles.xlsx"'}
        contenu = classeur.ecrire(*feuilles()).getvalue()
        return HttpResponse(contenu, content_type=classeur.TYPE_MIME, headers=entetes)
