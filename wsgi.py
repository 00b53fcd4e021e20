"""The application object that a WSGI server and the `flask` command load."""

from config import from_environment
from tracker.app import create_app

app = create_app(from_environment())
