"""The application object that a WSGI server and the `flask` command load."""

from tracker.app import create_app
from tracker.cli.group import give_up
from tracker.core import start
from tracker.domain.errors import TrackerError

try:
    app = start(create_app)
except TrackerError as error:
    give_up(str(error))
