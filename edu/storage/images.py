"""Pictures that people upload, drawn anew: smaller, upright, and without what hides in files.

What comes out holds pixels and nothing else: no place or camera, no thumbnail of what was cropped
away, no second file behind the first.
"""

import io
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from edu.errors import Invalid
from edu.i18n import lazy

MOST_PIXELS = 50_000_000
"""A picture of more pixels is not decoded: it would take over 200 MB of memory."""

LONGEST_SIDE = 2_000

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, TypeError)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureRefused(Invalid):
    """It is no PNG, JPEG, GIF or WebP, or is broken."""

    code = "picture-refused"
    title = lazy("This picture cannot be read. Please save it as JPEG or PNG and try again.")


class PictureTooLarge(Invalid):
    """It has more pixels than we decode. `values`: `megapixels`, the limit."""

    code = "picture-too-large"
    title = lazy(
        "This picture has more than %(megapixels)s million pixels. Please make it smaller."
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep it."""

    content: bytes
    media_type: str
    extension: str
    width: int
    height: int


def reencode(content: BinaryIO, *, longest_side: int = LONGEST_SIDE) -> Picture:
    """Draw a picture anew, no side longer than `longest_side` pixels. It is never enlarged.

    JPEG and WebP stay what they are; PNG and GIF become PNG, an animation its first frame. Colours
    are converted to sRGB. Raises PictureRefused and PictureTooLarge.
    """
    try:
        with Image.open(content, formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureTooLarge(megapixels=MOST_PIXELS // 1_000_000)
            kind = str(image.format)
            image.draft("RGB", (longest_side, longest_side))  # JPEG: decode no more than is needed
            drawn = _as_srgb(ImageOps.exif_transpose(image))
    except _BOMB:
        raise PictureTooLarge(megapixels=MOST_PIXELS // 1_000_000) from None
    except _BROKEN:
        raise PictureRefused from None
    drawn.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    drawn.info.clear()
    return _saved(drawn, kind)


def _as_srgb(image: Image.Image) -> Image.Image:
    """The picture in RGB or RGBA; an unusable colour profile is ignored."""
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            image = converted or image
    return image.convert("RGBA" if has_alpha else "RGB")


def _saved(image: Image.Image, kind: str) -> Picture:
    stream = io.BytesIO()
    if kind == "JPEG":
        image.convert("RGB").save(stream, "JPEG", quality=85, optimize=True, progressive=True)
        media_type, extension = "image/jpeg", ".jpg"
    elif kind == "WEBP":
        image.save(stream, "WEBP", quality=85, method=4)
        media_type, extension = "image/webp", ".webp"
    else:
        image.save(stream, "PNG", optimize=True)
        media_type, extension = "image/png", ".png"
    return Picture(stream.getvalue(), media_type, extension, image.width, image.height)
