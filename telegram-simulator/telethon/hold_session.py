"""Holds a session open until standard input ends: hold_session.py PORT KEY_FILE [SESSION].

Without a session it logs in as +491701234567. Prints the session's string, or the error that ended it."""

import asyncio
import sys

from client import client, trust
from telethon import errors

PHONE = "+491701234567"


async def main():
    trust(sys.argv[2])
    held = client(int(sys.argv[1]), session=sys.argv[3] if len(sys.argv) > 3 else "")
    try:
        await held.connect()
        if len(sys.argv) <= 3:
            await held.send_code_request(PHONE)
            await held.sign_in(PHONE, "12345")
        await held.get_me()
        print(held.session.save(), flush=True)
        await asyncio.to_thread(sys.stdin.read)
    except errors.AuthKeyDuplicatedError:
        print("AUTH_KEY_DUPLICATED", flush=True)
    await held.disconnect()


asyncio.run(main())
