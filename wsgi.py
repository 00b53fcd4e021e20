"""The application object that a WSGI server and the `flask` command load."""

from config import from_environment
from tracker.app import create_app
from tracker.domain.errors import TrackerError

try:
    app = create_app(from_environment())
except TrackerError as error:
    raise SystemExit(str(error)) from error
