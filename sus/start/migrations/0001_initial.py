"""Help texts with their utgåvor, what has been read, and förbättringsförslag."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hjalptext",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("andrad_tid", models.DateTimeField(editable=False, null=True, verbose_name="ändrad")),
                ("rubrik", models.CharField(max_length=150, verbose_name="rubrik")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                (
                    "roller",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("samverkansadministrator", "samverkansadministratör"),
                                ("insatsansvarig", "insatsansvarig"),
                                ("deltagaransvarig", "deltagaransvarig"),
                                ("rapport", "SUSrapport"),
                                ("bestallare", "beställare"),
                                ("utfardare", "utfärdare"),
                                ("fk_administrator", "FK-administratör"),
                                ("fk_analytiker", "FK-analytiker"),
                                ("loggranskare", "loggranskare"),
                                ("sus_stod", "SUS-stödjare"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="roller",
                    ),
                ),
                (
                    "arbetsgivartyper",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fk", "Försäkringskassan"),
                                ("af", "Arbetsförmedlingen"),
                                ("region", "Region (landsting)"),
                                ("kommun", "Kommun"),
                                ("samordningsforbund", "Samordningsförbund"),
                                ("esf", "ESF"),
                                ("ovrig", "Övrig organisation"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="arbetsgivare",
                    ),
                ),
                ("ordning", models.PositiveSmallIntegerField(default=10, verbose_name="ordning")),
                ("dag", models.DateField(default=django.utils.timezone.localdate, verbose_name="visas från och med")),
                ("publicerad", models.BooleanField(default=False, verbose_name="publicerad")),
                (
                    "slag",
                    models.CharField(
                        choices=[("i_gang", "Kom i gång"), ("fraga", "Fråga och svar"), ("kontakt", "Kontaktväg"), ("nyhet", "Nyhet")],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                (
                    "andrad_av",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ändrad av",
                    ),
                ),
            ],
            options={
                "verbose_name": "hjälptext",
                "verbose_name_plural": "hjälptexter",
                "ordering": ["slag", "ordning", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Hjalptextutgava",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rubrik", models.CharField(max_length=150, verbose_name="rubrik")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                (
                    "roller",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("samverkansadministrator", "samverkansadministratör"),
                                ("insatsansvarig", "insatsansvarig"),
                                ("deltagaransvarig", "deltagaransvarig"),
                                ("rapport", "SUSrapport"),
                                ("bestallare", "beställare"),
                                ("utfardare", "utfärdare"),
                                ("fk_administrator", "FK-administratör"),
                                ("fk_analytiker", "FK-analytiker"),
                                ("loggranskare", "loggranskare"),
                                ("sus_stod", "SUS-stödjare"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="roller",
                    ),
                ),
                (
                    "arbetsgivartyper",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fk", "Försäkringskassan"),
                                ("af", "Arbetsförmedlingen"),
                                ("region", "Region (landsting)"),
                                ("kommun", "Kommun"),
                                ("samordningsforbund", "Samordningsförbund"),
                                ("esf", "ESF"),
                                ("ovrig", "Övrig organisation"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="arbetsgivare",
                    ),
                ),
                ("ordning", models.PositiveSmallIntegerField(default=10, verbose_name="ordning")),
                ("dag", models.DateField(default=django.utils.timezone.localdate, verbose_name="visas från och med")),
                ("publicerad", models.BooleanField(default=False, verbose_name="publicerad")),
                ("nummer", models.PositiveIntegerField(verbose_name="nummer")),
                ("sparad_tid", models.DateTimeField(auto_now_add=True, verbose_name="sparad")),
                (
                    "hjalptext",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="utgavor", to="start.hjalptext", verbose_name="hjälptext"
                    ),
                ),
                (
                    "sparad_av",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sparad av",
                    ),
                ),
            ],
            options={
                "verbose_name": "utgåva av hjälptext",
                "verbose_name_plural": "utgåvor av hjälptexter",
                "ordering": ["-nummer"],
            },
        ),
        migrations.CreateModel(
            name="LastNyhet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "anvandare",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="användare"
                    ),
                ),
                (
                    "nyhet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="start.hjalptext", verbose_name="nyhet"
                    ),
                ),
            ],
            options={
                "verbose_name": "läst nyhet",
                "verbose_name_plural": "lästa nyheter",
            },
        ),
        migrations.CreateModel(
            name="Forbattringsforslag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("andrad_tid", models.DateTimeField(editable=False, null=True, verbose_name="ändrad")),
                (
                    "slag",
                    models.CharField(
                        choices=[
                            ("forslag", "Förslag på förbättring"),
                            ("fel", "Något fungerar inte"),
                            ("tillganglighet", "Brist i tillgänglighet"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                ("sida", models.CharField(blank=True, default="", max_length=200, verbose_name="sida")),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                ("inskickat", models.DateTimeField(auto_now_add=True, verbose_name="inskickat")),
                (
                    "status",
                    models.CharField(
                        choices=[("ny", "Ny"), ("last", "Läst"), ("atgardad", "Åtgärdad"), ("avslutad", "Avslutad utan åtgärd")],
                        default="ny",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("svar", models.TextField(blank=True, default="", max_length=2000, verbose_name="svar")),
                (
                    "andrad_av",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ändrad av",
                    ),
                ),
                (
                    "avsandare",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="avsändare"
                    ),
                ),
            ],
            options={
                "verbose_name": "förbättringsförslag",
                "verbose_name_plural": "förbättringsförslag",
                "ordering": ["-inskickat", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slag__in", ["forslag", "fel", "tillganglighet"])), name="forbattringsforslag_kant_slag"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["ny", "last", "atgardad", "avslutad"])), name="forbattringsforslag_kand_status"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "avslutad"), ("svar", ""), _negated=True),
                        name="forbattringsforslag_avslutat_med_svar",
                        violation_error_message="Skriv till avsändaren varför förslaget avslutas utan åtgärd.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="hjalptext",
            constraint=models.CheckConstraint(
                condition=models.Q(("slag__in", ["i_gang", "fraga", "kontakt", "nyhet"])), name="hjalptext_kant_slag"
            ),
        ),
        migrations.AddConstraint(
            model_name="hjalptext",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("rubrik", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                name="hjalptext_sager_nagot",
            ),
        ),
        migrations.AddConstraint(
            model_name="hjalptextutgava",
            constraint=models.UniqueConstraint(fields=("hjalptext", "nummer"), name="hjalptextutgava_ett_nummer_var"),
        ),
        migrations.AddConstraint(
            model_name="lastnyhet",
            constraint=models.UniqueConstraint(fields=("anvandare", "nyhet"), name="last_nyhet_en_gang"),
        ),
    ]
