"""Dates and times as a language writes them, where Django's own formats are not what people write."""
