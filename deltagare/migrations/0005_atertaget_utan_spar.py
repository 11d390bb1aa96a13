"""A withdrawn samtycke is counted without telling when or by whom, also those counted before."""

import django.utils.timezone
from django.db import migrations, models

GLOM = """
ALTER TABLE deltagare_anonympost DISABLE TRIGGER andras_aldrig;
UPDATE deltagare_anonympost SET tid = NULL, av_id = NULL WHERE slag = 'atertaget';
ALTER TABLE deltagare_anonympost ENABLE TRIGGER andras_aldrig;
"""


class Migration(migrations.Migration):
    dependencies = [("deltagare", "0004_arbete_bada_eller_inget")]
    operations = [
        migrations.AlterField(
            model_name="anonympost",
            name="tid",
            field=models.DateTimeField(default=django.utils.timezone.now, null=True, verbose_name="tid"),
        ),
        migrations.RunSQL(GLOM, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="anonympost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("slag", "anonym"), ("tid__isnull", False)),
                    models.Q(("av", None), ("slag", "atertaget"), ("tid", None)),
                    _connector="OR",
                ),
                name="anonympost_atertaget_utan_spar",
            ),
        ),
    ]
