"""Standardrapport deltagare: how it goes for the deltagare, compared between riket, län, förbund and insatser (docs/regler.md 10.6)."""
