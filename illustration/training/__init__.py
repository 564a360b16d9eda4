"""Trains the starter model from composed scenes; pure Python, never imports the site."""
