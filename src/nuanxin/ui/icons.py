"""Icons: our own line drawings on a 40 × 40 ground, drawn with one stroke and no fill."""

from __future__ import annotations

from typing import Final

ICONS: Final[dict[str, str]] = {
    "paper": '<path d="M8 5h18l7 7v23H8zM26 5v7h7M14 20h13M14 27h9"/>',
    "speech": '<path d="M5 8h30v20H18l-8 7v-7H5z"/><path d="M13 16h14M13 21h8"/>',
    "yuan": '<circle cx="20" cy="20" r="15"/><path d="M14 13l6 8 6-8M20 21v9M14 22h12M14 26h12"/>',
    "pin": '<path d="M20 36s12-11 12-20a12 12 0 10-24 0c0 9 12 20 12 20z"/><circle cx="20" cy="16" r="4"/>',
    "phone": '<path d="M13 5l5 8-4 4c2 4 5 7 9 9l4-4 8 5c0 5-3 8-7 8C16 34 6 24 5 12c0-4 3-7 8-7z"/>',
    "person": '<circle cx="20" cy="13" r="7"/><path d="M6 35c1-9 7-13 14-13s13 4 14 13"/>',
    "people": '<circle cx="14" cy="14" r="6"/><path d="M3 33c1-8 5-12 11-12s10 4 11 12"/>'
    '<path d="M25 9a6 6 0 010 11M29 22c5 1 7 5 8 11"/>',
    "clock": '<circle cx="20" cy="20" r="15"/><path d="M20 10v10l7 4"/>',
    "calendar": '<path d="M6 9h28v26H6zM6 17h28M13 5v8M27 5v8"/><path d="M13 24h4M23 24h4M13 30h4"/>',
    "check": '<path d="M7 21l9 9 17-20"/>',
    "cross": '<path d="M10 10l20 20M30 10L10 30"/>',
    "warning": '<path d="M20 5l17 30H3zM20 16v9M20 30v.5"/>',
    "info": '<circle cx="20" cy="20" r="15"/><path d="M20 18v10M20 12v.5"/>',
    "question": '<circle cx="20" cy="20" r="15"/><path d="M15 16c0-7 10-7 10-1 0 4-5 4-5 8M20 28v.5"/>',
    "camera": '<path d="M4 12h8l3-5h10l3 5h8v21H4z"/><circle cx="20" cy="22" r="7"/>',
    "search": '<circle cx="17" cy="17" r="11"/><path d="M25 25l10 10"/>',
    "left": '<path d="M24 8L12 20l12 12"/>',
    "right": '<path d="M16 8l12 12-12 12"/>',
    "speaker": '<path d="M5 15h7l9-8v26l-9-8H5zM27 14c3 3 3 9 0 12M31 9c7 6 7 16 0 22"/>',
    "globe": '<circle cx="20" cy="20" r="15"/><path d="M5 20h30M20 5c-9 9-9 21 0 30M20 5c9 9 9 21 0 30"/>',
    "lock": '<path d="M8 18h24v17H8zM13 18v-5a7 7 0 0114 0v5M20 25v4"/>',
    "eye": '<path d="M3 20c8-14 26-14 34 0-8 14-26 14-34 0z"/><circle cx="20" cy="20" r="5"/>',
    "hands": '<path d="M3 13l8-5 9 4 9-4 8 5v12l-6 2M20 12l-7 7c3 3 6 2 8-1l10 9c-3 4-5 5-8 3M3 25l6 2 7 7c3 2 5 2 7-1"/>',
    "scales": '<path d="M20 5v28M11 35h18M7 11h26M7 11L2 23c2 5 8 5 10 0zM33 11l-5 12c2 5 8 5 10 0z"/>',
    "court": '<path d="M4 15L20 6l16 9zM8 15v14M16 15v14M24 15v14M32 15v14M4 34h32M6 29h28"/>',
    "helmet": '<path d="M4 28h32v5H4zM7 28c0-9 5-15 13-15s13 6 13 15M16 14V9h8v5M16 14v7M24 14v7"/>',
    "rider": '<circle cx="9" cy="29" r="6"/><circle cx="31" cy="29" r="6"/><path d="M9 29l6-12h9l7 12M24 17l-2-6h-5M12 23h14"/>'
    '<path d="M4 10h8v8H4z"/>',
    "building": '<path d="M7 35V6h17v29M24 15h9v20M4 35h32M12 12h3M12 19h3M12 26h3M18 12h1M18 19h1M18 26h1"/>',
    "list": '<path d="M14 10h21M14 20h21M14 30h21M5 10h2M5 20h2M5 30h2"/>',
    "chart": '<path d="M5 5v30h30M12 29v-8M20 29V13M28 29v-12"/>',
    "transfer": '<path d="M4 13h30M28 7l6 6-6 6M36 28H6M12 22l-6 6 6 6"/>',
    "flag": '<path d="M9 36V5h20l-5 8 5 8H9"/>',
    "print": '<path d="M11 15V5h18v10M11 29H5V15h30v14h-6M11 24h18v11H11z"/>',
    "download": '<path d="M20 5v21M11 17l9 9 9-9M5 34h30"/>',
    "home": '<path d="M4 20L20 6l16 14M9 17v18h22V17M17 35V24h6v11"/>',
    "family": '<circle cx="13" cy="11" r="6"/><path d="M3 34c0-9 4-14 10-14s10 5 10 14"/><circle cx="29" cy="19" r="4.5"/>'
    '<path d="M25 34c0-5 1-8 5-8s7 3 7 8"/>',
    # The mark: a banknote folded into a roof over a warm hearth.
    "brand": '<path d="M4 19L20 5l16 14"/><path d="M9 16v18h22V16"/><path d="M15 16l5 6 5-6M20 22v9M15 23h10M15 27h10"/>',
}


class UnknownIcon(KeyError):
    """A template asks for an icon that nobody has drawn; the message lists what there is."""


def drawing(name: str) -> str:
    """The inner SVG of an icon. Raises UnknownIcon."""
    try:
        return ICONS[name]
    except KeyError:
        raise UnknownIcon(f"no icon {name!r}; there are: {', '.join(sorted(ICONS))}") from None
