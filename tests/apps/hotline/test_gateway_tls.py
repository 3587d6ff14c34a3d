"""The engine's certificate is checked, for commands and events alike, by the authority that was named."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from nuanxin.hotline.gateway import run
from nuanxin.hotline.gateway.ari import Client, EngineAway
from nuanxin.hotline.gateway.operations import Route
from nuanxin.hotline.simulator.server import Server

PASSWORD = "geheim-4711"
Key = ec.EllipticCurvePrivateKey


def certificate(name: str, key: Key, by: tuple[str, Key], *more: x509.ExtensionType) -> x509.Certificate:
    """A certificate for a month, by an authority or by itself."""
    now = datetime.now(UTC)

    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    built = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called(by[0]))
    built = built.public_key(key.public_key()).serial_number(x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    for one in more:
        built = built.add_extension(one, critical=isinstance(one, x509.BasicConstraints))
    return built.sign(by[1], hashes.SHA256())


def authority(folder: Path, name: str, host: str) -> tuple[Path, ssl.SSLContext]:
    """A self-made authority, and an engine with a certificate of it for one address."""
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    top = certificate(name, root, (name, root), x509.BasicConstraints(ca=True, path_length=0))
    leaf = certificate(
        "pbx", own, (name, root), x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    )
    pem = serialization.Encoding.PEM
    ca, chain = folder / f"{name}.pem", folder / f"{name}-pbx.pem"
    ca.write_bytes(top.public_bytes(pem))
    secret = own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain.write_bytes(leaf.public_bytes(pem) + secret)
    serves = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serves.load_cert_chain(chain)
    return ca, serves


@pytest.mark.parametrize(
    ("host", "named", "taken"),
    [
        ("127.0.0.1", "ours", True),
        ("127.0.0.1", "other", False),  # another authority is named
        ("127.0.0.1", "", False),  # none: the system knows ours not
        ("127.0.0.2", "ours", False),  # the certificate is of another machine
    ],
)
def test_an_engine_is_believed_by_the_named_authority_alone(
    tmp_path: Path, settings: Any, host: str, named: str, taken: bool
) -> None:
    files = {"": ""}
    ours, serves = authority(tmp_path, "ours", host)
    files["ours"], files["other"] = str(ours), str(authority(tmp_path, "other", host)[0])

    async def scene() -> None:
        server = Server("nuanxin", PASSWORD, tls=serves)
        await server.start()
        assert server.url.startswith("https://")
        settings.ARI_URL, settings.ARI_USER, settings.ARI_PASSWORD = server.url, "nuanxin", PASSWORD
        settings.ARI_CA = files[named]
        said: list[str] = []
        heard, ready = [], asyncio.Event()
        client = Client(run.access(), Route(), log=said.append)

        async def connected() -> None:
            ready.set()

        async def listen() -> None:
            async for event in client.events(connected):
                heard.append(event["type"])

        listening = asyncio.create_task(listen())
        try:
            if taken:
                await asyncio.wait_for(ready.wait(), 5)
                assert (await client.standing()).channels == []
                server.engine.call_in("1.1", "13900001234")
                await asyncio.sleep(0.2)
                assert heard == ["StasisStart"]
            else:
                with pytest.raises(EngineAway, match="ConnectError"):
                    await client.standing()
                await asyncio.sleep(0.2)
                assert not ready.is_set()
                assert "SSLCertVerificationError" in said[0]
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await client.close()
            await server.close()

    asyncio.run(scene())


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_authority_that_cannot_be_read_is_told_at_once(
    tmp_path: Path, settings: Any, content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    settings.ARI_URL, settings.ARI_USER, settings.ARI_PASSWORD = "https://pbx:8089/ari", "nuanxin", PASSWORD
    settings.ARI_CA = str(file)
    with pytest.raises(run.NotSetUp, match="ARI_CA"):
        run.access()
