"""How fast Telethon adds people, one a call: add_people.py PORT KEY_FILE PHONE CHAT PREFIX COUNT.

Finds each of the people PREFIX1 to PREFIXn by username and adds it to the chat. Prints people per second."""

import asyncio
import sys
import time

from client import client, trust
from telethon import functions


async def main():
    port, key, phone, chat, prefix, count = sys.argv[1:]
    trust(key)
    account = client(int(port))
    await account.connect()
    await account.send_code_request(phone)
    await account.sign_in(phone, "12345")
    group = await account.get_input_entity(chat)
    begin = time.monotonic()
    for number in range(1, int(count) + 1):
        person = await account.get_input_entity(f"{prefix}{number}")
        result = await account(functions.channels.InviteToChannelRequest(group, [person]))
        assert not result.missing_invitees
    print(f"{int(count) / (time.monotonic() - begin):.1f}")
    await account.disconnect()


asyncio.run(main())
