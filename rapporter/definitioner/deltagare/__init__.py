"""Deltagarrapport: who the deltagare are, how it goes for them and why they ended (docs/regler.md 10.5). Seven types."""
