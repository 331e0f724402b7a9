"""The outbox was born in `messagerie`, whose last migration left its table here. Nothing is copied: rows, numbers and the
agents' rights on them change their address."""

import django.utils.timezone
from django.db import migrations, models


def changer_d_application(apps, de: str, vers: str) -> None:
    """The content type carries the permissions, hence the rights of groups, and the agents' history."""
    types = apps.get_model("contenttypes", "ContentType").objects
    # Made by a `migrate` that stopped half way, it names nothing yet.
    if types.filter(app_label=de, model="courriel").exists():
        types.filter(app_label=vers, model="courriel").delete()
    types.filter(app_label=de, model="courriel").update(app_label=vers)
    types.clear_cache()
    # What was given once is not given again, under its new name either.
    accordes = apps.get_model("socle", "DroitAccorde").objects
    for droit in accordes.filter(permission__startswith=f"{de}.", permission__endswith="_courriel"):
        droit.permission = droit.permission.replace(f"{de}.", f"{vers}.")
        droit.save(update_fields=["permission"])


def arriver(apps, schema_editor):
    changer_d_application(apps, "messagerie", "courriels")


def repartir(apps, schema_editor):
    changer_d_application(apps, "courriels", "messagerie")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("messagerie", "0005_boite_d_envoi_ailleurs"),
        ("socle", "0002_droits_deja_accordes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Courriel",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("cle", models.CharField(editable=False, max_length=120, verbose_name="clé")),
                        ("destinataire", models.EmailField(editable=False, max_length=254)),
                        ("dossier", models.BigIntegerField(blank=True, db_index=True, editable=False, null=True)),
                        ("sujet", models.CharField(editable=False, max_length=150)),
                        ("gabarit", models.CharField(editable=False, max_length=60)),
                        ("contexte", models.JSONField(default=dict, editable=False)),
                        ("depose_le", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="déposé le")),
                        ("essais", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="essais manqués")),
                        ("prochain_essai", models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True)),
                        ("envoye_le", models.DateTimeField(editable=False, null=True, verbose_name="envoyé le")),
                        ("erreur", models.TextField(blank=True, editable=False, verbose_name="dernière erreur")),
                    ],
                    options={
                        "verbose_name": "courriel",
                        "verbose_name_plural": "courriels",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("prochain_essai__isnull", False)),
                                fields=["prochain_essai"],
                                name="courriel_a_envoyer",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("cle", "destinataire"), name="un_courriel_par_cle_et_adresse"),
                            models.CheckConstraint(
                                condition=models.Q(("envoye_le", None), ("prochain_essai", None), _connector="OR"),
                                name="courriel_envoye_une_fois",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(arriver, repartir),
    ]
