"""Django's SQLite with a fair line of writers; `base` is what Django looks for."""
