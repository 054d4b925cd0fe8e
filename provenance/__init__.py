"""Weigh contested claims by who has them from whom."""
