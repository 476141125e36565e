"""A campaign of the old way that waits for its next hour: sleeper.py PORT KEY_FILE PHONE.

Logs in, prints a line, and sleeps connected, as a script does between two people."""

import asyncio
import sys

from client import client, trust


async def main():
    port, key, phone = sys.argv[1:]
    trust(key)
    account = client(int(port), socks=False)
    await account.connect()
    await account.send_code_request(phone)
    await account.sign_in(phone, "12345")
    print("sleeps", flush=True)
    await asyncio.sleep(24 * 60 * 60)


asyncio.run(main())
