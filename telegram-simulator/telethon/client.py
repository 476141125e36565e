"""A Telethon client that trusts a data centre of ours."""

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import ConnectionTcpIntermediate
from telethon.sessions import StringSession

API_ID = 12345
API_HASH = "0123456789abcdef0123456789abcdef"


def trust(key_file):
    """Makes Telethon trust the key in the file, and no other."""
    rsa._server_keys.clear()
    with open(key_file, encoding="ascii") as file:
        rsa.add_key(file.read(), old=False)


def client(port, connection=ConnectionTcpIntermediate, socks=True, session=""):
    """A client of the data centre on the port, through its SOCKS5 door or directly; it never waits a flood out."""
    made = TelegramClient(
        StringSession(session),
        API_ID,
        API_HASH,
        connection=connection,
        proxy=("socks5", "127.0.0.1", port) if socks else None,
        flood_sleep_threshold=0,
        request_retries=1,
    )
    made.session.set_dc(2, "127.0.0.1", port)
    return made
