import django.utils.timezone
from django.db import migrations, models

import socle.chiffrement


class Migration(migrations.Migration):
    dependencies = [("socle", "0003_replier")]

    operations = [
        migrations.CreateModel(
            name="FormulaireEnvoye",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jeton", models.CharField(max_length=64, unique=True)),
                ("empreinte", models.CharField(max_length=64)),
                ("suite", socle.chiffrement.JsonChiffre(default=dict)),
                ("le", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "formulaire envoyé",
                "verbose_name_plural": "formulaires envoyés",
                "ordering": ["-le"],
                "default_permissions": (),
            },
        ),
    ]
