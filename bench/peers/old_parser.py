"""A parser as it was run before: old_parser.py PORT KEY_FILE SESSION_FILE PHONE CHAT FILE.

Goes on with the session in the file, or logs in and keeps it there. Writes the members of a chat to a CSV file as they come,
without bots, deleted accounts and duplicates: nothing encrypted, nothing to go on with after a kill."""

import asyncio
import csv
import os
import sys

from client import client, trust


async def main():
    port, key, session_file, phone, chat, file = sys.argv[1:]
    trust(key)
    known = os.path.exists(session_file)
    session = open(session_file, encoding="ascii").read() if known else ""
    account = client(int(port), socks=False, session=session)
    await account.connect()
    if not known:
        await account.send_code_request(phone)
        await account.sign_in(phone, "12345")
        with open(session_file, "w", encoding="ascii") as kept:
            kept.write(account.session.save())
    seen = set()
    with open(file, "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["user_id", "username", "phone", "first_name", "last_name", "premium"])
        async for user in account.iter_participants(chat):
            if user.bot or user.deleted or user.id in seen:
                continue
            seen.add(user.id)
            rows.writerow([user.id, user.username, user.phone, user.first_name, user.last_name, user.premium])
    await account.disconnect()


asyncio.run(main())
