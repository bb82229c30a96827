"""HTML to PDF: tagged for screen readers (PDF/UA-1), with Vietnamese letters that are right.

Nothing is fetched from anywhere. A page may use what the caller gives by name, our own static
files (`/static/…`) and `data:` URLs; anything else is an error, not a hole in a certificate.

WeasyPrint and the Pango library behind it are loaded when the first PDF is made.
"""

import mimetypes
import re
import unicodedata
from collections.abc import Mapping
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from edu.errors import DomainError
from edu.i18n import lazy

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

VARIANT = "pdf/ua-1"

_BASE = "https://document.invalid/"  # RFC 2606 §2: a name that leads nowhere, ever
_STATIC = "static/"
_LOOSE_MARKS = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_FONT_FOLDER = "vendor/fonts"

# Two subsets of one font under one family name print wrong letters in WeasyPrint: it takes a letter
# from the first file whose name fits, whether that file holds the letter or not. Hence a family for
# each subset, and DejaVu, which has every letter, behind them and in their place.
_SUBSETS = {"Document Latin": "latin", "Document Vietnamese": "vietnamese"}
_WEIGHTS = (400, 700)
_FAMILIES = ", ".join(f'"{family}"' for family in (*_SUBSETS, "DejaVu Sans"))
_BODY_FONT = f"html {{ font-family: {_FAMILIES}, sans-serif }}"


class PdfUnavailable(DomainError):
    """No PDF can be made on this machine. `values`: `cause`, what the library said."""

    code = "pdf-unavailable"
    status = 503
    title = lazy(
        "PDF files cannot be made here: the Pango library is missing. "
        "On Debian or Ubuntu, install libpango-1.0-0 and libpangoft2-1.0-0."
    )


def is_possible() -> bool:
    """Whether the libraries are there that WeasyPrint will look for; loads none of them."""
    return all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0"))


class PdfResourceRefused(DomainError):
    """The page asks for something that is neither given nor ours. `values`: `url`."""

    code = "pdf-resource-refused"
    status = 500
    title = lazy("The document asks for %(url)s, which is not part of it.")


class PdfRenderer:
    """Makes PDF files; one may serve the whole process."""

    def __init__(self, static_folder: Path) -> None:
        """Let pages use the files below `static_folder`, and its fonts where they are installed."""
        self._static_folder = static_folder.resolve()

    def render(self, html: str, *, files: Mapping[str, bytes] | None = None) -> bytes:
        """Make a PDF of a whole page, which must have a `lang` and a title to be accessible.

        `files` can be used in it by their names, as in `<img src="qr.svg">`. Raises PdfUnavailable
        and PdfResourceRefused.
        """
        try:
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.urls import FatalURLFetchingError
        except OSError as error:
            raise PdfUnavailable(cause=str(error)) from error
        fetcher = _fetcher(self._static_folder, files or {})
        fonts = FontConfiguration()
        try:
            page = weasyprint.HTML(string=_composed(html), base_url=_BASE, url_fetcher=fetcher)
            made: bytes = page.write_pdf(
                stylesheets=[self._fonts(fetcher, fonts)], font_config=fonts, pdf_variant=VARIANT
            )
        except FatalURLFetchingError as error:
            raise PdfResourceRefused(url=str(error)) from None
        return made

    def _fonts(self, fetcher: Any, fonts: "FontConfiguration") -> Any:
        """Our own font as it is installed; where it is not, the families are simply unknown."""
        import weasyprint

        rules = [
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
            f"src: url({_BASE}{_STATIC}{_font(subset, weight)}) }}"
            for family, subset in _SUBSETS.items()
            for weight in _WEIGHTS
            if (self._static_folder / _font(subset, weight)).is_file()
        ]
        return weasyprint.CSS(
            string="\n".join((*rules, _BODY_FONT)), url_fetcher=fetcher, font_config=fonts
        )


def _composed(html: str) -> str:
    """The page with letters and their marks as one character each: the fonts have no loose marks.

    Marks after anything but a letter stay: one behind a ">" would otherwise swallow it.
    """
    return _LOOSE_MARKS.sub(lambda found: unicodedata.normalize("NFC", found.group()), html)


def _font(subset: str, weight: int) -> str:
    return f"{_FONT_FOLDER}/be-vietnam-pro-{subset}-{weight}.woff2"


def _fetcher(static_folder: Path, files: Mapping[str, bytes]) -> Any:
    """What WeasyPrint asks for every URL. Any, as its types are not published."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]  # its base has no types
        """Gives what belongs to the document and stops the rendering for anything else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            content = _content(url, static_folder, files)
            if content is None:
                raise FatalURLFetchingError(url)
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return Fetcher(allowed_protocols=["data"])


def _content(url: str, static_folder: Path, files: Mapping[str, bytes]) -> bytes | None:
    if not url.startswith(_BASE):
        return None
    name = unquote(urlsplit(url).path).removeprefix("/")
    if name in files:
        return files[name]
    path = (static_folder / name.removeprefix(_STATIC)).resolve()
    is_ours = name.startswith(_STATIC) and path.is_relative_to(static_folder)
    return path.read_bytes() if is_ours and path.is_file() else None
