"""Files that people uploaded, served from the content host alone.

Another host name and a sandbox: whatever is inside a file, it can reach neither the portal's
cookies nor its pages (ASVS 3.2.1, 5.3.1).
"""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import FileWrapper

from edu.http.security import content_host
from edu.http.session import public
from edu.storage import service
from edu.storage.filenames import content_disposition

bp = Blueprint("storage", __name__)

SHOWN = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/svg+xml",
        "video/mp4",
        "audio/mpeg",
        "audio/ogg",
        "video/webm",
    }
)


@bp.get("/files/<token>/<name>")
@content_host
@public
def show(token: str, name: str) -> ResponseReturnValue:
    """A file by its signed address; pictures and sound inline, everything else to be saved."""
    key, media_type = service.read_token(token)
    if request.if_none_match.contains(key):
        return Response(status=304)
    inline = media_type in SHOWN
    answer = Response(
        FileWrapper(service.store().open(key)), mimetype=media_type, direct_passthrough=True
    )
    answer.content_length = service.store().size(key)
    answer.set_etag(key)
    answer.headers["Content-Disposition"] = content_disposition(name, inline=inline)
    answer.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
