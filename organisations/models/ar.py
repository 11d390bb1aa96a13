"""Calendar years that money and counts are kept for."""

from django.core.validators import MaxValueValidator, MinValueValidator

TIDIGASTE_AR = 1993  # the first two-party trials (docs/regler.md 2)
SENASTE_AR = 2100
AR_VALIDATORER = [MinValueValidator(TIDIGASTE_AR), MaxValueValidator(SENASTE_AR)]
