"""A campaign as it was run before: old_way.py PORT KEY_FILE SESSION_FILE PHONE CHAT PREFIX FIRST COUNT.

Goes on with the session in the file, or logs in and keeps it there. Finds each of the people PREFIX<FIRST> and following by
username, adds it to the chat, and writes one row about it when DB_PORT, DB_USER and DB_PASSWORD are set: no intent before the
call, no lease, nothing encrypted."""

import asyncio
import os
import sys

from client import client, trust
from telethon import functions


def open_log():
    """A connection that commits each row by itself, or none."""
    if "DB_PORT" not in os.environ:
        return None
    import pymysql

    log = pymysql.connect(
        host="127.0.0.1",
        port=int(os.environ["DB_PORT"]),
        user=os.environ["DB_USER"],
        password=os.environ["DB_PASSWORD"],
        autocommit=True,
    )
    with log.cursor() as cursor:
        cursor.execute("CREATE DATABASE IF NOT EXISTS old_way")
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS old_way.invites (id BIGINT AUTO_INCREMENT PRIMARY KEY, chat VARCHAR(64),"
            " person VARCHAR(64), status VARCHAR(16), at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)"
        )
    return log


async def log_in(account, session_file, phone):
    await account.send_code_request(phone)
    await account.sign_in(phone, "12345")
    with open(session_file, "w", encoding="ascii") as file:
        file.write(account.session.save())


async def main():
    port, key, session_file, phone, chat, prefix, first, count = sys.argv[1:]
    trust(key)
    log = open_log()
    known = os.path.exists(session_file)
    session = open(session_file, encoding="ascii").read() if known else ""
    # Directly: through the SOCKS5 door the library leaves Nagle on, which would cost it 40 ms a person.
    account = client(int(port), socks=False, session=session)
    await account.connect()
    if not known:
        await log_in(account, session_file, phone)
    group = await account.get_input_entity(chat)
    for number in range(int(first), int(first) + int(count)):
        person = await account.get_input_entity(f"{prefix}{number}")
        result = await account(functions.channels.InviteToChannelRequest(group, [person]))
        assert not result.missing_invitees
        if log:
            with log.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO old_way.invites (chat, person, status) VALUES (%s, %s, 'invited')",
                    (chat, f"{prefix}{number}"),
                )
    await account.disconnect()


asyncio.run(main())
