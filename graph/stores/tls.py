"""Whether a server speaks TLS, asked where a connection to it failed: else it dies with words that never say why.

A server without TLS hangs up on a TLS greeting, and one that demands TLS hangs up on everything else; both look like a
server that is away. So it is greeted once more, in the other way. Neither greeting holds a user or a password.
"""

import socket
import ssl

SECONDS = 3.0
"""How long an answer to a greeting may take."""

BOLT = (bytes.fromhex("6060b0170000040500000004") + bytes(8), bytes(2))
"""How one greets a server that speaks Bolt, naming two versions, and how its answer begins: with one of them."""

HTTP = (b"OPTIONS * HTTP/1.0\r\n\r\n", b"HTTP/")
"""How one greets a server that speaks HTTP, and how its answer begins."""


def speaks_tls(host: str, port: int) -> bool:
    """Whether a server answers there in TLS, whatever its certificate says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout=SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host),
        ):
            return True
    except (OSError, ValueError):
        return False


def speaks_plainly(host: str, port: int, protocol: tuple[bytes, bytes]) -> bool:
    """Whether a server of this protocol (`BOLT` or `HTTP`) answers there without TLS."""
    greeting, answer = protocol
    try:
        with socket.create_connection((host, port), timeout=SECONDS) as plain:
            plain.settimeout(SECONDS)
            plain.sendall(greeting)
            return plain.recv(64).startswith(answer)
    except (OSError, ValueError):
        return False
