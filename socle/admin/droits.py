"""The rights that one may tick, as `manage.py droits` says them: Django names them in English."""

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from socle.octroi.impression import nommer


class ChoixDeDroits(forms.ModelMultipleChoiceField):
    """« Familles, enfants : modifier »."""

    def __init__(self, queryset: QuerySet[Permission], **options: object) -> None:
        super().__init__(queryset.select_related("content_type"), **options)

    def label_from_instance(self, obj: Permission) -> str:
        return nommer(obj)
