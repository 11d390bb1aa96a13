from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_referensdata")]

    operations = [
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(fields=("id", "typ"), name="organisation_med_typ"),
        ),
    ]
