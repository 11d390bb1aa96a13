"""What holds of every behörighet and uppdrag, also of a row written by hand."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import behorigheter.models.tid

ARBETSGIVARENS_TYP = """
ALTER TABLE behorigheter_behorighet ADD CONSTRAINT behorighet_arbetsgivarens_typ
  FOREIGN KEY (arbetsgivare_id, arbetsgivare_typ) REFERENCES organisations_organisation (id, typ) ON UPDATE CASCADE;
"""
TA_BORT = "ALTER TABLE behorigheter_behorighet DROP CONSTRAINT behorighet_arbetsgivarens_typ;"


def forsakringskassans_egen(apps, schema_editor):
    """Försäkringskassan owns SUS; its own överenskommelse lets the first FK-administratör in."""
    Organisation = apps.get_model("organisations", "Organisation")
    Overenskommelse = apps.get_model("behorigheter", "Overenskommelse")
    for fk in Organisation.objects.filter(typ="fk"):
        Overenskommelse.objects.get_or_create(organisation=fk, defaults={"fran": "2003-01-01", "referens": "Försäkringskassan äger SUS"})


class Migration(migrations.Migration):
    dependencies = [
        ("behorigheter", "0003_behorighetskedjan"),
        ("organisations", "0003_med_typ"),
    ]

    operations = [
        migrations.AlterField(
            model_name="behorighet",
            name="arbetsgivare",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="behorigheter",
                to="organisations.organisation",
                verbose_name="arbetsgivare",
            ),
        ),
        migrations.AddConstraint(
            model_name="uppdrag",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("aterkallat", None), ("samverkansorganisation__isnull", False)),
                expressions=[
                    ("anvandare", "="),
                    ("roll", "="),
                    ("samverkansorganisation", "="),
                    (
                        behorigheter.models.tid.DateRange("fran", "till", django.contrib.postgres.fields.ranges.RangeBoundary(True, True)),
                        "&&",
                    ),
                ],
                name="uppdrag_ett_i_taget_i_samverkansorganisation",
                violation_error_message="Användaren har redan uppdraget under denna tid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uppdrag",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("aterkallat", None), ("insats__isnull", False)),
                expressions=[
                    ("anvandare", "="),
                    ("insats", "="),
                    (
                        behorigheter.models.tid.DateRange("fran", "till", django.contrib.postgres.fields.ranges.RangeBoundary(True, True)),
                        "&&",
                    ),
                ],
                name="uppdrag_ett_i_taget_i_insats",
                violation_error_message="Användaren har redan uppdraget under denna tid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uppdrag",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("aterkallat", None), ("roll__in", ["deltagaransvarig", "samverkansadministrator"])),
                expressions=[
                    ("anvandare", "="),
                    (models.Case(models.When(roll="deltagaransvarig", then=1), default=2, output_field=models.IntegerField()), "<>"),
                    (
                        behorigheter.models.tid.DateRange("fran", "till", django.contrib.postgres.fields.ranges.RangeBoundary(True, True)),
                        "&&",
                    ),
                ],
                name="uppdrag_roller_som_inte_far_forenas",
                violation_error_message="Samverkansadministratör kan inte kombineras med deltagaransvarig. Beställare kan inte heller vara deltagaransvarig.",
            ),
        ),
        migrations.AddConstraint(
            model_name="behorighet",
            constraint=models.CheckConstraint(
                condition=models.Q(("arbetsgivare_typ__in", ["fk", "af", "region", "kommun", "samordningsforbund"])),
                name="behorighet_arbetsgivare_som_far_ha_sus",
                violation_error_message="Bara anställda på myndigheter, regioner, kommuner och samordningsförbund kan få behörighet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="behorighet",
            constraint=models.CheckConstraint(
                condition=models.Q(("arbetsgivare_typ", "samordningsforbund"), ("roll", "deltagaransvarig"), _negated=True),
                name="behorighet_forbund_aldrig_deltagaransvarig",
                violation_error_message="Anställd på samordningsförbund kan inte vara deltagaransvarig.",
            ),
        ),
        migrations.AddConstraint(
            model_name="behorighet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bestalld_av", None), models.Q(("bestalld_av", models.F("anvandare")), _negated=True), _connector="OR"),
                    models.Q(("utfardad_av", None), models.Q(("utfardad_av", models.F("anvandare")), _negated=True), _connector="OR"),
                ),
                name="behorighet_aldrig_till_sig_sjalv",
                violation_error_message="Ingen kan beställa eller utfärda sin egen behörighet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="behorighet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bestalld_av", None),
                    ("utfardad_av", None),
                    models.Q(("bestalld_av", models.F("utfardad_av")), _negated=True),
                    _connector="OR",
                ),
                name="behorighet_tva_personer",
                violation_error_message="Den som har beställt behörigheten kan inte utfärda den.",
            ),
        ),
        migrations.AddConstraint(
            model_name="behorighet",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("aterkallad", None)),
                expressions=[
                    ("anvandare", "="),
                    ("roll", "="),
                    (
                        behorigheter.models.tid.DateRange(
                            "giltig_fran", "giltig_till", django.contrib.postgres.fields.ranges.RangeBoundary(True, True)
                        ),
                        "&&",
                    ),
                ],
                name="behorighet_en_i_taget_per_roll",
                violation_error_message="Användaren har redan den rollen under denna tid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="behorighet",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("aterkallad", None), ("roll__in", ["deltagaransvarig", "samverkansadministrator", "bestallare"])),
                expressions=[
                    ("anvandare", "="),
                    (models.Case(models.When(roll="deltagaransvarig", then=1), default=2, output_field=models.IntegerField()), "<>"),
                    (
                        behorigheter.models.tid.DateRange(
                            "giltig_fran", "giltig_till", django.contrib.postgres.fields.ranges.RangeBoundary(True, True)
                        ),
                        "&&",
                    ),
                ],
                name="behorighet_roller_som_inte_far_forenas",
                violation_error_message="Samverkansadministratör kan inte kombineras med deltagaransvarig. Beställare kan inte heller vara deltagaransvarig.",
            ),
        ),
        migrations.RunSQL(ARBETSGIVARENS_TYP, TA_BORT),
        migrations.RunPython(forsakringskassans_egen, migrations.RunPython.noop),
    ]
