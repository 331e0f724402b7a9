"""What no page can mean is answered before any page; what one may mean, up to the last digit, comes in."""

import pytest
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.test import RequestFactory
from django.views.decorators.csrf import csrf_exempt

from socle.entree import RequeteSensee

DIX_HUIT, DIX_NEUF = "9" * 18, "1" + "0" * 18
rf = RequestFactory()


def page(requete: HttpRequest, **adresse: object) -> HttpResponse:
    return HttpResponse("lue")


@csrf_exempt
def page_d_un_serveur(requete: HttpRequest) -> HttpResponse:
    return HttpResponse("lue")


def entrer(requete: HttpRequest) -> bool:
    """Whether it reaches the pages."""
    try:
        return RequeteSensee(page)(requete).content == b"lue"
    except BadRequest:
        return False


def envoyer(requete: HttpRequest, vue=page, **adresse: object) -> bool:
    """Whether it reaches that page."""
    try:
        assert RequeteSensee(page).process_view(requete, vue, (), adresse) is None
    except BadRequest:
        return False
    return True


@pytest.mark.parametrize(
    ("adresse", "entre"),
    [
        ("/enfants/", True),
        ("/enfants/%00", False),
        ("/enfants/?a=b&c=", True),
        ("/enfants/?a=%00", False),
        ("/enfants/?a%00=", False),
        (f"/enfants/?mois={DIX_HUIT}", True),
        (f"/enfants/?mois={DIX_NEUF}", False),
        (f"/enfants/?mois=x{DIX_NEUF}y", False),
        (f"/enfants/?q={DIX_NEUF}", True),
        (f"/enfants/?{DIX_NEUF}=a", True),
    ],
)
def test_l_adresse(adresse, entre):
    assert entrer(rf.get(adresse)) is entre


@pytest.mark.parametrize(
    ("entetes", "entre"),
    [
        ({"HTTP_COOKIE": 'a="b"'}, True),
        ({"HTTP_COOKIE": 'a="\\000"'}, False),
        ({"HTTP_ACCEPT": "text/html\x00"}, False),
        ({"HTTP_RANGE": f"bytes=0-{DIX_HUIT}"}, True),
        ({"HTTP_RANGE": f"bytes=0-{DIX_NEUF}"}, False),
        ({"CONTENT_LENGTH": ""}, True),
        ({"CONTENT_LENGTH": "12"}, True),
        ({"CONTENT_LENGTH": DIX_HUIT}, True),
        ({"CONTENT_LENGTH": DIX_NEUF}, False),
        ({"CONTENT_LENGTH": "-1"}, False),
        ({"CONTENT_LENGTH": "٣"}, False),
        ({"CONTENT_LENGTH": "é"}, False),
    ],
)
def test_les_entetes(entetes, entre):
    assert entrer(rf.get("/", **entetes)) is entre


@pytest.mark.parametrize(
    ("jeu", "entre", "lu"),
    [
        (None, True, None),
        ("utf-8", True, "utf-8"),
        ("utf8", True, "utf-8"),
        ("US-ASCII", True, "utf-8"),
        ("latin1", True, "latin1"),
        ("iso-8859-15", True, "iso-8859-15"),
        ("windows-1252", True, "windows-1252"),
        ("utf-16", False, "utf-8"),
        ("base64", False, "utf-8"),
        ("klingon", False, "utf-8"),
    ],
)
def test_le_jeu_de_caracteres(jeu, entre, lu):
    type_ = "application/x-www-form-urlencoded" + (f"; charset={jeu}" if jeu else "")
    requete = rf.generic("POST", "/", b"a=b", content_type=type_)
    assert entrer(requete) is entre
    assert requete.encoding == lu


def test_ce_qu_un_serveur_ne_dit_pas_ne_manque_a_rien():
    requete = HttpRequest()
    requete.path = requete.path_info = "/"
    assert requete.content_params is None
    assert entrer(requete)


@pytest.mark.parametrize(
    ("adresse", "entre"), [({"pk": int(DIX_HUIT)}, True), ({"pk": int(DIX_NEUF)}, False), ({"code": DIX_NEUF}, True)]
)
def test_les_numeros_d_une_adresse(adresse, entre):
    assert envoyer(rf.get("/"), **adresse) is entre


@pytest.mark.parametrize(
    ("champs", "entre"),
    [
        ({"nom": "DUPONT"}, True),
        ({"nom": "DU\x00PONT"}, False),
        ({"no\x00m": "DUPONT"}, False),
        ({"nom": ["DUPONT", "\x00"]}, False),
        ({"piece": SimpleUploadedFile("a.pdf", b"x")}, True),
        ({"pie\x00ce": SimpleUploadedFile("a.pdf", b"x")}, False),
    ],
)
def test_ce_qui_s_envoie(champs, entre):
    assert envoyer(rf.post("/", champs)) is entre


@pytest.mark.parametrize(("nom", "entre"), [("a.pdf", True), (None, True), ("a\x00.pdf", False)])
def test_le_nom_d_un_fichier(nom, entre):
    requete = rf.post("/", {"piece": SimpleUploadedFile("a.pdf", b"x")})
    requete.FILES["piece"]._name = nom
    assert envoyer(requete) is entre


def test_ce_qu_un_serveur_envoie_est_lu_par_sa_page_seule():
    requete = rf.post("/", {"nom": "\x00"})
    assert envoyer(requete, page_d_un_serveur)
    assert not hasattr(requete, "_post")


def test_ce_qui_ne_s_envoie_pas_n_est_pas_lu():
    requete = rf.generic("GET", "/", b"nom=%00", content_type="application/x-www-form-urlencoded")
    assert envoyer(requete)


def test_un_nom_de_jeu_que_rien_ne_peut_porter_se_refuse():
    requete = rf.get("/")
    requete.content_params = {"charset": "a\x00b"}
    assert not entrer(requete)


def test_un_envoi_interrompu_se_refuse():
    class Coupee(WSGIRequest):
        @property
        def POST(self):
            raise UnreadablePostError("cut")

    requete = Coupee(rf.post("/", {"a": "b"}).environ)
    with pytest.raises(BadRequest, match="interrupted"):
        RequeteSensee(page).process_view(requete, page, (), {})


def test_la_page_qui_refuse_un_autre_jeu_relit_le_formulaire():
    requete = rf.generic("POST", "/", b"a=%E9", content_type="application/x-www-form-urlencoded; charset=latin1")
    assert entrer(requete)
    assert not envoyer(requete)
    assert requete.encoding == "utf-8"
    assert list(requete.POST) == ["a"]
