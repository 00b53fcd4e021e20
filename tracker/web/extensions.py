"""What pages need beside the database: who is signed in, and tokens on every form.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

from flask_login import LoginManager
from flask_wtf import CSRFProtect

login_manager = LoginManager()
csrf = CSRFProtect()
