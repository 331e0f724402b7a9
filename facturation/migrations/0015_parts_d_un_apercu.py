"""A preview says what each famille would get. Those kept until now do not: they are reckoned anew with a click."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def oublier_les_apercus(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("facturation", "ApercuDeCampagne").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('facturation', '0014_paiement_interrompu'),
        ('famille', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartDApercu',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('montant', models.DecimalField(decimal_places=2, max_digits=10)),
                ('apercu', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='facturation.apercudecampagne')),
                ('famille', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='famille.famille')),
            ],
            options={
                'verbose_name': 'part d’un aperçu',
                'verbose_name_plural': 'parts d’un aperçu',
                'ordering': ['-montant', 'famille_id'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['apercu', '-montant', 'famille'], name='parts_d_un_apercu')],
            },
        ),
        migrations.RunPython(oublier_les_apercus, migrations.RunPython.noop),
    ]
