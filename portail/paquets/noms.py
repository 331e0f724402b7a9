"""What packages call in English, or by another word than ours: called as everywhere else on our pages.

Their migrations do not see it: those read what the class was given, not what it is called since.
"""

from django.apps import apps
from django.core.validators import validate_email

APPLICATIONS = {"axes": "Connexions"}

# {application: {model: (singular, plural, {field: name})}}
NOMS: dict[str, dict[str, tuple[str, str, dict[str, str]]]] = {
    "django_tasks_database": {
        "DBTaskResult": (
            "tâche de fond",
            "tâches de fond",
            {
                "id": "numéro",
                "status": "état",
                "enqueued_at": "demandée le",
                "started_at": "commencée le",
                "finished_at": "finie le",
                "args_kwargs": "arguments",
                "priority": "priorité",
                "task_path": "tâche",
                "worker_ids": "ouvriers",
                "queue_name": "file",
                "backend_name": "moteur",
                "run_after": "pas avant",
                "return_value": "résultat",
                "exception_class_path": "erreur",
                "traceback": "trace de l’erreur",
            },
        ),
    },
    "axes": {
        "AccessAttemptExpiration": ("fin de blocage", "fins de blocage", {}),
        "AccessLog": ("connexion réussie", "connexions réussies", {}),
    },
}


def dire_en_francais() -> None:
    """Once, when all applications are there."""
    for application, nom in APPLICATIONS.items():
        apps.get_app_config(application).verbose_name = nom
    for application, modeles in NOMS.items():
        for nom, (singulier, pluriel, champs) in modeles.items():
            meta = apps.get_model(application, nom)._meta
            meta.verbose_name, meta.verbose_name_plural = singulier, pluriel
            for champ, dit in champs.items():
                meta.get_field(champ).verbose_name = dit
    validate_email.message = "Saisissez une adresse e-mail valide."
