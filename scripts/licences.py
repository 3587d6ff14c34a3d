"""Whether all that runs in production, packages and scripts sent to browsers, has a licence that an Apache-2.0 project
may be shipped with."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|Zlib|HPND|CMU|CC0|Unlicense|0BSD|"
    r"LGPL|GNU Lesser|Public Domain)\b",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\b(AGPL|Affero|SSPL|BUSL|Proprietary|(?<!L)GPL(?!-compatible))", re.IGNORECASE)
# Read by a person, because what the package says of itself is ambiguous.
REVIEWED = {"qrcode": "BSD-3-Clause, in its LICENSE file"}
# Scripts of others that are sent to browsers, and where their licence lies beside them: the file says which.
SHIPPED = sorted((ROOT / "src").glob("nuanxin/*/static/**/vendor/*.js"))
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)([^\n]*)", re.MULTILINE)


def licence(package: metadata.Distribution) -> str:
    """What a package says of itself: the expression, else its classifiers, else the first line of its field."""
    said = package.metadata
    classifiers = [line for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    words = [
        *(said.get_all("License-Expression") or []),
        *(line.rsplit(" :: ", 1)[-1] for line in classifiers),
        *(text.strip().split("\n")[0] for text in said.get_all("License") or []),
    ]
    return ", ".join(word for word in words if word)


def shipped(script: Path) -> str:
    """What is wrong with a script of others: no licence beside it that names it, or one that may not be shipped."""
    for beside in script.parent.glob("LICENSE-*.txt"):
        text = beside.read_text(encoding="utf-8")
        if text.startswith(script.name):
            return "" if ALLOWED.search(text) and not FORBIDDEN.search(text) else beside.name
    return "no licence beside it"


def main() -> int:
    """Check every package of the running lock that is installed here, and every script of others that is sent to
    browsers. Returns 1 when one may not be shipped."""
    bad = [f"{script.name}: {wrong}" for script in SHIPPED if (wrong := shipped(script))]
    checked = len(SHIPPED)
    for name, _version, rest in PIN.findall((ROOT / "requirements.lock").read_text()):
        try:
            said = licence(metadata.distribution(name))
        except metadata.PackageNotFoundError:
            if ";" not in rest:  # a package for another system is not installed here
                bad.append(f"{name}: not installed")
            continue
        checked += 1
        if name in REVIEWED:
            continue
        # A choice of several licences is fine as long as one of them is.
        if not ALLOWED.search(said) or (FORBIDDEN.search(said) and " OR " not in said):
            bad.append(f"{name}: {said or 'says nothing'}")
    print(f"licences: {checked} packages and scripts checked" + "".join(f"\n  {line}" for line in bad))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
