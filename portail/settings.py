"""Settings, in one file and in sections. What differs from town to town comes from the environment.

`PORTAIL_MODE` is `production` unless said otherwise: a server that forgets a variable refuses to start
rather than running open. `bin/setup` writes a `.env` that says `developpement`.
"""

import re
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portail.installation.environnement import Environnement
from portail.journal import NIVEAUX, journal

# Django's classes take their types in brackets when the code runs too: `Manager["Famille"]`.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode -----------------------------------------------------------------------------------------

env = Environnement()
if env.str("PORTAIL_MODE", default="") != "production":
    env.read_env(BASE_DIR / ".env")

MODE = env.str("PORTAIL_MODE", default="production")
if MODE not in {"production", "demo", "developpement"}:
    raise ImproperlyConfigured("PORTAIL_MODE must be production, demo or developpement.")
PRODUCTION = MODE == "production"
DEBUG = MODE == "developpement"
# What the portal writes where nothing else is said: database, files, mail. The demo and development do not share it.
ETAT = Path(env.path("ETAT", default=BASE_DIR / "var" / MODE))

if PRODUCTION:
    for variable, purpose in {
        "SECRET_KEY": "the key that signs sessions",
        "CLES_CHIFFREMENT": "the keys that encrypt IBANs and health data, newest first",
        "DATABASE_URL": "the PostgreSQL server, as postgres://user:password@host/name",
        "ALLOWED_HOSTS": "the names under which the portal is served, separated by commas",
        "PORTAIL_ADRESSE": "the address written in e-mails and letters, as https://famille.ville.example",
    }.items():
        if not env.str(variable, default="").strip(" ,"):
            raise ImproperlyConfigured(f"{variable} is missing: set it to {purpose}.")
    if env.bool("TIPI_FACTICE", default=False):
        raise ImproperlyConfigured("TIPI_FACTICE is set: the stand-in for the Treasury never runs in production.")

SECRET_KEY = env.str("SECRET_KEY")
# Former keys, for as long as the sessions and links that they signed should live.
SECRET_KEY_FALLBACKS = env.liste("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.liste("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
CSRF_TRUSTED_ORIGINS = env.liste("CSRF_TRUSTED_ORIGINS", default=[])
# Newest first: the first key encrypts, every key decrypts. `manage.py rechiffrer` rewrites with the newest.
CLES_CHIFFREMENT = env.liste("CLES_CHIFFREMENT")
if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", cle) for cle in CLES_CHIFFREMENT):
    raise ImproperlyConfigured("CLES_CHIFFREMENT holds what is no key: make each with Fernet.generate_key().")

# --- The town and its centre ----------------------------------------------------------------------

COMMUNE_NOM = env.str("COMMUNE_NOM", default="Saint-Jean")
# Where « Déconnexion » leads. Empty: to our own goodbye page.
COMMUNE_SITE = env.str("COMMUNE_SITE", default="/ville/" if MODE == "demo" else "")
# What the law wants on « Mentions légales » and « Données personnelles »: the host's name, address and telephone;
# the e-mail address of the town's data protection officer.
HEBERGEUR = env.str("HEBERGEUR", default="")
DELEGUE_DONNEES_COURRIEL = env.str("DELEGUE_DONNEES_COURRIEL", default="")
CENTRE_NOM = env.str("CENTRE_NOM", default="Centre social Les Tilleuls")
CENTRE_ADRESSE = env.liste("CENTRE_ADRESSE", default=["3 place de la Mairie", "31400 Saint-Jean"])
CENTRE_TELEPHONE = env.str("CENTRE_TELEPHONE", default="05 61 00 00 00")
CENTRE_COURRIEL = env.str("CENTRE_COURRIEL", default="accueil@saint-jean.example")
CENTRE_HORAIRES = env.str("CENTRE_HORAIRES", default="du lundi au vendredi, de 8\u00a0h\u00a030 à 18\u00a0h")
PORTAIL_ADRESSE = env.adresse("PORTAIL_ADRESSE", default="http://127.0.0.1:8000")
if PRODUCTION and urlsplit(PORTAIL_ADRESSE).scheme != "https":
    raise ImproperlyConfigured("PORTAIL_ADRESSE must begin with https://: parents follow it from their e-mails.")
# Where this code can be had: the AGPL owes it to whoever uses the portal. Empty: no link.
CODE_SOURCE = env.str("CODE_SOURCE", default="")
ZONES = ("A", "B", "C")
ZONE_SCOLAIRE = env.choix("ZONE_SCOLAIRE", ZONES, default="C")
# The zones were redrawn on 1 September 2015: before, Toulouse was in A.
ZONE_SCOLAIRE_AVANT_2015 = env.choix("ZONE_SCOLAIRE_AVANT_2015", ZONES, default="A")

# --- Applications, from the shell down ------------------------------------------------------------

INSTALLED_APPS = [
    "portail",
    "demandes",
    "facturation",
    "messagerie",
    "planning",
    "famille",
    "courriels",
    "socle",
    "portail.apps.AdministrationConfig",  # django.contrib.admin, on our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "portail.apps.StatiquesConfig",  # django.contrib.staticfiles, without what we do not serve
    "django.contrib.humanize",
    "django.forms",
    "django_tasks",
    "portail.apps.TachesConfig",  # django_tasks_db, in French
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "heroicons",
    "bootstrap",
    "phonenumber_field",
    "pgtrigger",
    "django_cleanup",  # last: it watches the models of all the others
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "socle.entree.RequeteSensee",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portail.affluence.salle.SalleDAttente",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "famille.connexion.session.SessionInactive",
    "socle.reglages.passage.ReglagesLus",
    "famille.connexion.porte.ConnexionRequise",
    "famille.mots_de_passe.changement_obligatoire.ChangementObligatoire",
    "famille.second_facteur.passage.SecondFacteurRequis",
    "famille.connexion.requete.FamilleDuCompte",
    "portail.guichet.regard.lecture_seule.RegardEnLectureSeule",
    "messagerie.middleware.NouveauxMessages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "socle.envois.unique.UnSeulEnvoi",  # last: it calls the view
]

ROOT_URLCONF = "portail.urls"
WSGI_APPLICATION = "portail.wsgi.application"

BALISES = {"portail": ("icones", "francais"), "socle": ("adresses", "envois", "une_fois")}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portail.context_processors.centre",
                "portail.context_processors.entete",
            ],
            "builtins": [f"{app}.templatetags.{nom}" for app, noms in BALISES.items() for nom in noms],
        },
    },
]
FORM_RENDERER = "socle.champs.dessin.ChampsDessines"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("bootstrap5",)
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -------------------------------------------------------------------------------------

# Two roles: the one of DATABASE_URL serves, the other owns the tables, and only those who migrate hold its address.
if "DATABASE_URL" in env:
    DATABASES = {"default": env.postgresql("DATABASE_URL")}
    if env.str("DATABASE_URL_PROPRIETAIRE", default=""):
        DATABASES["default"]["PROPRIETAIRE"] = env.postgresql("DATABASE_URL_PROPRIETAIRE")
else:
    DATABASES = {
        "default": {
            "ENGINE": "portail.base_embarquee",
            "NAME": "postgres",
            "PGDATA": env.path("PGDATA", default=ETAT / "postgres"),
            "USER": "portail_service",
            "PROPRIETAIRE": {"USER": "postgres"},
        }
    }
ROLE_DE_SERVICE = DATABASES["default"].get("USER", "")
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Accounts and sessions ------------------------------------------------------------------------

AUTH_USER_MODEL = "famille.Compte"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "famille.connexion.CompteDuPortail"]
# Argon2id at OWASP's minimum: a login costs a tenth of PBKDF2's. See docs/decisions/.
PASSWORD_HASHERS = ["famille.connexion.empreintes.Argon2id", "famille.connexion.empreintes.PBKDF2"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "famille.regle_des_mots_de_passe.RegleDuGuide"}]
LOGIN_URL = "famille:connexion"
LOGIN_REDIRECT_URL = "accueil"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
# A temporary password travels by post: it must outlive a slow letter, not a school year.
MOT_DE_PASSE_PROVISOIRE_JOURS = env.entier("MOT_DE_PASSE_PROVISOIRE_JOURS", default=30)

# The groups whose agents show a code of their phone after their password; the others may choose to.
SECOND_FACTEUR_EXIGE = env.liste("SECOND_FACTEUR_EXIGE", default=["Régie", "Direction"] if PRODUCTION else [])

SESSION_ENGINE = "famille.connexion.sessions"
SESSION_COOKIE_SAMESITE, SESSION_COOKIE_NAME = "Lax", "portail_session"
SESSION_INACTIVITE_MAX = env.entier("SESSION_INACTIVITE_MAX", default=30 * 60)  # seconds
SESSION_COOKIE_AGE = SESSION_INACTIVITE_MAX
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portail.page_trop_ancienne.page_trop_ancienne"

# Five failures lock the pair identifiant + address, never an address alone: a whole school may share one.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "famille.connexion.verrou.identifiant_presente"
AXES_LOCKOUT_TEMPLATE = "famille/verrouille.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = AXES_ENABLE_ADMIN = False
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
PROXYS = env.entier("PROXYS", default=0)  # reverse proxies in front of the portal
AXES_CLIENT_IP_CALLABLE = "famille.connexion.verrou.adresse_presente"
AFFLUENCE_ATTENTE = env.entier("AFFLUENCE_ATTENTE", default=300)  # ms that requests wait before newcomers do; 0: never

# --- Online payment -------------------------------------------------------------------------------

TIPI_FACTICE = env.bool("TIPI_FACTICE", default=not PRODUCTION)
TIPI_FACTICE_RETARD = env.entier("TIPI_FACTICE_RETARD", default=10)  # seconds, when its notification is late
# T: test, no money moves. X: activation, asked for by the Treasury. Then the letter that it gives for production.
TIPI_SAISIES = ("T", "X", "A", "M")
TIPI_SAISIE = env.choix("TIPI_SAISIE", TIPI_SAISIES, default="T")
# Networks from which the Treasury notifies. Nothing else proves where a notification comes from: without any, none
# settles a payment by itself and the régisseur confirms each one.
_reseaux = ["0.0.0.0/0", "::/0"] if TIPI_FACTICE else []
TIPI_RESEAUX = env.lue("TIPI_RESEAUX", "networks as 192.0.2.0/24", ip_network, default=_reseaux)

# --- Security headers -----------------------------------------------------------------------------

# `form-action` also covers where a form's answer redirects to: « Déconnexion » leads to the town's site, « Payer » to
# the Treasury's page.
_site = urlsplit(COMMUNE_SITE)
_envois = [SELF]
if _site.netloc:  # the demo's town is a page of ours
    _envois.append(f"{_site.scheme}://{_site.netloc}")
if not TIPI_FACTICE:
    _envois.append("https://www.payfip.gouv.fr")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": _envois,
    }
}
X_FRAME_OPTIONS, SECURE_REFERRER_POLICY = "DENY", "same-origin"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]  # a load balancer asks in plain HTTP
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if PROXYS:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Language and time ----------------------------------------------------------------------------

TIME_ZONE = env.fuseau("TIME_ZONE", default="Europe/Paris")
USE_I18N = USE_TZ = True
LANGUAGE_CODE, PHONENUMBER_DEFAULT_REGION = "fr", "FR"

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = ETAT / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "portail.statiques.chercheur.FeuillesEntieres",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
_reserve = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "socle.fichiers.disque.Disque"},
    "staticfiles": {"BACKEND": _reserve if DEBUG else "portail.statiques.reserve.StatiquesScelles"},
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=ETAT / "fichiers")
FILE_UPLOAD_HANDLERS = ["socle.fichiers.reception.EnMemoire"]
QUOTA_DEMANDES, QUOTA_MESSAGES = env.entier("QUOTA_DEMANDES", default=150), env.entier("QUOTA_MESSAGES", default=50)
QUOTA_FICHIERS = env.entier("QUOTA_FICHIERS", default=60)  # Mo; all three are what a famille may send in a day

# --- Mail, background tasks and logs ----------------------------------------------------------------

vars().update(env.courrier("EMAIL_URL", default=f"filemail:///{ETAT / 'courriels'}"))
EMAIL_TIMEOUT = 30  # seconds: a silent mail server must not hold the queue
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"{CENTRE_NOM} <{CENTRE_COURRIEL}>"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGGING = journal(env.choix("LOG_LEVEL", NIVEAUX, default="INFO" if PRODUCTION else "WARNING"))
