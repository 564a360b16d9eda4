"""The drawing engine: a brief in, a picture out. No Django, no Celery; only contract.py is light."""

import os

# The model libraries read these when they are first imported: an engine never asks a hub for anything.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
