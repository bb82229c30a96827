"""Copy the few third-party front-end files that are served: `python -m edu.ui.vendor`.

`npm ci` puts packages under node_modules as package-lock.json says (with `--install` it is run
first); this copies what pages need to static/vendor, which git ignores and the wheel carries.
Pages work without it, plainer: they ask `has_static("vendor/…")`, and the font has system fonts
behind it.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "node_modules"
VENDOR = HERE / "static" / "vendor"

_FONT = "@fontsource/be-vietnam-pro"
FILES: Mapping[str, str] = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "fonts/LICENSE.txt": f"{_FONT}/LICENSE",
    # 700 is for headings on the web; 400 is for documents in PDF, which cannot use system fonts
    **{
        f"fonts/be-vietnam-pro-{subset}-{weight}.woff2": (
            f"{_FONT}/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        )
        for subset in ("latin", "vietnamese")
        for weight in (400, 700)
    },
}


def copy(
    modules: Path = MODULES, vendor: Path = VENDOR, files: Mapping[str, str] = FILES
) -> list[str]:
    """Copy each file to its place and give the sources that were not there."""
    missing = []
    for target, source in files.items():
        if not (modules / source).is_file():
            missing.append(source)
            continue
        (vendor / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, vendor / target)
    return missing


def install(root: Path = MODULES.parent) -> None:
    """Run npm as the lock says, without the packages' own scripts; without npm, do nothing."""
    if npm := shutil.which("npm"):
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=root, check=False)  # noqa: S603 - fixed words, no shell


def main(arguments: list[str]) -> int:
    """Copy, and say kindly what is missing.

    The exit code is 1 when something is, but for `--install`: who runs the app from a checkout
    on a machine without npm shall see it all the same.
    """
    if "--install" in arguments:
        install()
    missing = copy()
    if not missing:
        sys.stdout.write(f"{len(FILES)} front-end files are in place.\n")
        return 0
    sys.stderr.write(
        "These front-end files are not installed; pages work without them, but plainer:\n"
        + "".join(f"  {source}\n" for source in missing)
        + "To have them, install Node.js with npm and run `python -m edu.ui.vendor --install`.\n"
    )
    return 0 if "--install" in arguments else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
