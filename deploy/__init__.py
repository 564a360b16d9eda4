"""Programs that set the site up and run it; the site itself imports nothing from here."""
