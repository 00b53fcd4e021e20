"""What every answer tells the browser about what it may do with it."""

from __future__ import annotations

from flask import Flask, request
from secure import ContentSecurityPolicy, ReferrerPolicy, Secure, XContentTypeOptions
from werkzeug.wrappers import Response

POLICY = (
    ContentSecurityPolicy()
    .default_src("'self'")
    # Bootstrap draws the ticks of check boxes and the arrows of selects as data: images.
    .img_src("'self'", "data:")
    .frame_ancestors("'none'")
    .form_action("'self'")
    .object_src("'none'")
    .base_uri("'none'")
)
HEADERS = Secure(
    csp=POLICY, referrer=ReferrerPolicy().same_origin(), xcto=XContentTypeOptions().nosniff()
).headers


def register(app: Flask) -> None:
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.update(HEADERS)
    if request.endpoint != "static":
        # Nearly every page is about a person; a shared computer must not keep it.
        response.headers["Cache-Control"] = "no-store"
    return response
