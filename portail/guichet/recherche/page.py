"""The page of the search box that every page of the agents has in its head."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from famille.connexion.requete import compte_de
from portail.guichet.page import PageDAgent
from portail.guichet.recherche.recherche import Recherche
from portail.guichet.recherche.saisie import Saisie


class PageDeRecherche(PageDAgent):
    """`?q=`: what was typed. Whoever is an agent may ask; they find what they may see."""

    chemin, nom, droits, titre = "guichet/recherche/", "guichet_recherche", (), "Recherche"
    template_name = "admin/guichet/recherche/resultats.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        saisie = Saisie.lire(request.GET.get("q", ""))
        recherche = Recherche(saisie, compte_de(request)) if saisie else None
        if recherche and recherche.seule:
            return redirect(recherche.seule)
        return self.render_to_response(self.get_context_data(cherche=saisie.texte, recherche=recherche))
