#!/usr/bin/env python
"""Run Django's management commands for the picture diary, with the settings that `.env` adds."""

import os
import sys

from django.core.management import execute_from_command_line

from deploy.environment import CannotStart, load_env_file

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diarysite.settings")
    try:
        load_env_file()
    except CannotStart as problem:
        sys.exit(str(problem))
    execute_from_command_line(sys.argv)
