import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from edu.storage.images import PictureRefused, PictureTooLarge, reencode

COLOURS = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 128), "L": 99, "CMYK": (0, 200, 200, 20)}


def picture(kind: str = "PNG", mode: str = "RGB", size=(40, 20), **more) -> io.BytesIO:
    stream = io.BytesIO()
    image = Image.new(mode, size, COLOURS.get(mode, 0))
    image.save(stream, kind, **more)
    stream.seek(0)
    return stream


def opened(drawn) -> Image.Image:
    image = Image.open(io.BytesIO(drawn.content))
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "mode", "media_type", "extension", "kept_mode"),
    [
        ("PNG", "RGB", "image/png", ".png", "RGB"),
        ("PNG", "RGBA", "image/png", ".png", "RGBA"),
        ("PNG", "L", "image/png", ".png", "RGB"),
        ("PNG", "P", "image/png", ".png", "RGB"),
        ("JPEG", "RGB", "image/jpeg", ".jpg", "RGB"),
        ("JPEG", "CMYK", "image/jpeg", ".jpg", "RGB"),
        ("WEBP", "RGBA", "image/webp", ".webp", "RGBA"),
        ("GIF", "P", "image/png", ".png", "RGB"),
    ],
)
def test_each_kind_is_drawn_anew(kind, mode, media_type, extension, kept_mode):
    drawn = reencode(picture(kind, mode))

    assert (drawn.media_type, drawn.extension) == (media_type, extension)
    assert (drawn.width, drawn.height) == opened(drawn).size == (40, 20)
    assert opened(drawn).mode == kept_mode


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    drawn = reencode(picture("JPEG", size=(3000, 1500)), longest_side=100)

    assert (drawn.width, drawn.height) == (100, 50)


def test_a_small_picture_is_not_enlarged():
    assert reencode(picture(), longest_side=5000).width == 40


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    drawn = reencode(picture("JPEG", exif=exif))

    assert (drawn.width, drawn.height) == (20, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_kept_but_pixels(kind):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    more = {"exif": exif}
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Author", "SecretAuthor")
    else:
        more["xmp"] = b"<x:xmpmeta>SecretPlace</x:xmpmeta>"
    source = picture(kind, **more)
    source.seek(0, 2)
    source.write(b"SecretTail<script>alert(1)</script>")
    source.seek(0)

    drawn = reencode(source)

    assert b"Secret" in source.getvalue()
    assert b"Secret" not in drawn.content
    assert b"script" not in drawn.content
    assert not opened(drawn).getexif()


def test_transparency_of_a_palette_survives():
    drawn = reencode(picture("GIF", "P", transparency=0))

    assert opened(drawn).getpixel((0, 0))[3] == 0


def test_an_animation_becomes_its_first_frame():
    stream = io.BytesIO()
    frames = [Image.new("P", (8, 8), colour) for colour in (1, 2, 3)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    stream.seek(0)

    assert getattr(opened(reencode(stream)), "n_frames", 1) == 1


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_converted_and_the_profile_dropped(mode):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    drawn = reencode(picture("PNG", mode, icc_profile=profile))

    assert opened(drawn).mode == mode
    assert "icc_profile" not in opened(drawn).info


def test_a_broken_profile_is_ignored():
    assert reencode(picture("PNG", icc_profile=b"broken")).width == 40


def chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


def bomb() -> io.BytesIO:
    """A PNG of a few bytes that says it has 40,000 × 40,000 pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b""))


def test_a_bomb_of_pixels_is_not_decoded():
    with pytest.raises(PictureTooLarge) as refusal:
        reencode(bomb())

    assert refusal.value.values == {"megapixels": 50}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_over_our_own_limit_is_not_decoded(monkeypatch):
    monkeypatch.setattr("edu.storage.images.MOST_PIXELS", 799)

    with pytest.raises(PictureTooLarge):
        reencode(picture())


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO"])
def test_other_kinds_are_refused(kind):
    with pytest.raises(PictureRefused):
        reencode(picture(kind))


def test_what_is_no_picture_or_is_cut_off_is_refused():
    for content in (b"", b"GIF89a", b"<svg/>", picture("JPEG").getvalue()[:200]):
        with pytest.raises(PictureRefused):
            reencode(io.BytesIO(content))


def test_no_damage_raises_anything_else():
    whole = {kind: picture(kind).getvalue() for kind in ("PNG", "JPEG", "WEBP", "GIF")}

    for content in whole.values():
        for place in range(0, len(content), 3):
            broken = bytearray(content)
            broken[place] ^= 0xFF
            try:
                reencode(io.BytesIO(broken))
            except (PictureRefused, PictureTooLarge):
                continue
