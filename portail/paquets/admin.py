"""The pages of packages' tables, for superusers: groups with rights in French, and the queue's tasks, to be read."""

from datetime import datetime

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tasks_db.models import DBTaskResult, get_date_max

from socle.admin.droits import ChoixDeDroits
from socle.admin.lecture import LectureSeule

ETATS = {"READY": "En attente", "RUNNING": "En cours", "SUCCESSFUL": "Réussie", "FAILED": "Échouée"}

for modele in (Group, DBTaskResult):
    admin.site.unregister(modele)


@admin.register(Group)
class GroupeAdmin(admin.ModelAdmin):
    search_fields = ("name",)
    ordering = ("name",)
    filter_horizontal = ("permissions",)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: object
    ) -> forms.ModelMultipleChoiceField | None:
        options["form_class"] = ChoixDeDroits
        return super().formfield_for_manytomany(db_field, request, **options)


@admin.register(DBTaskResult)
class TacheAdmin(LectureSeule, admin.ModelAdmin):
    """What the queue did, does and will do. What it works on names people: it is not shown."""

    list_display = ("task_path", "etat", "enqueued_at", "started_at", "finished_at", "priority")
    list_filter = ("priority",)
    show_full_result_count = False
    ordering = ("-enqueued_at",)
    fields = (
        *("task_path", "id", "etat", "enqueued_at", "pas_avant", "started_at", "finished_at", "priority"),
        *("erreur", "trace"),
    )

    @admin.display(description="état", ordering="status")
    def etat(self, tache: DBTaskResult) -> str:
        return ETATS.get(tache.status, tache.status)

    @admin.display(description="pas avant", empty_value="—")
    def pas_avant(self, tache: DBTaskResult) -> datetime | None:
        return None if tache.run_after == get_date_max() else tache.run_after

    @admin.display(description="erreur", empty_value="—")
    def erreur(self, tache: DBTaskResult) -> str | None:
        return tache.exception_class_path or None

    @admin.display(description="trace de l’erreur", empty_value="—")
    def trace(self, tache: DBTaskResult) -> SafeString | None:
        return format_html("<pre>{}</pre>", tache.traceback) if tache.traceback else None
