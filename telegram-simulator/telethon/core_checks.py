"""The core of the contract, by a client that shares no code with TDLib: core_checks.py PORT KEY_FILE.

The world is the one of TelethonAgainstDataCentreTest. Prints a line for each check, and how many passed."""

import asyncio
from datetime import datetime, timedelta, timezone

from checks import main, refused
from client import client
from telethon import errors, functions, types
from telethon.network import (
    ConnectionTcpAbridged,
    ConnectionTcpFull,
    ConnectionTcpIntermediate,
    ConnectionTcpObfuscated,
)
from telethon.tl import alltlobjects

CODE = "12345"
ALICE = "+491701234567"
CAROL = "+491701234569"


class Checks:
    def __init__(self, port):
        self.port = port
        self.alice = None

    async def all_transports_reach_the_data_centre(self):
        for connection in (ConnectionTcpFull, ConnectionTcpAbridged, ConnectionTcpIntermediate, ConnectionTcpObfuscated):
            for socks in (True, False):
                probe = client(self.port, connection, socks)
                await probe.connect()
                config = await probe(functions.help.GetConfigRequest())
                assert config.this_dc == 2, (connection, socks)
                await probe.disconnect()

    async def speaks_the_same_layer(self):
        assert alltlobjects.LAYER == 229, alltlobjects.LAYER

    async def logs_in_by_phone(self):
        self.alice = client(self.port)
        await self.alice.connect()
        await self.alice.send_code_request(ALICE)
        await refused(errors.PhoneCodeInvalidError, self.alice.sign_in(ALICE, "00000"))
        me = await self.alice.sign_in(ALICE, CODE)
        assert me.username == "alice", me.username

    async def a_second_factor_is_asked_for(self):
        carol = client(self.port)
        await carol.connect()
        await carol.send_code_request(CAROL)
        await refused(errors.SessionPasswordNeededError, carol.sign_in(CAROL, CODE))
        await refused(errors.PasswordHashInvalidError, carol.sign_in(password="wrong"))
        me = await carol.sign_in(password="correct horse")
        assert me.username == "carol_user", me.username
        await carol.log_out()

    async def a_bot_logs_in_by_its_token(self):
        bot = client(self.port)
        await bot.connect()
        await refused(errors.AccessTokenInvalidError, bot.sign_in(bot_token="1:wrong"))
        me = await bot.sign_in(bot_token="4711:token")
        assert me.bot
        await bot.disconnect()

    async def a_qr_code_is_accepted_by_another_device(self):
        waiting = client(self.port)
        await waiting.connect()
        login = await waiting.qr_login()
        wait = asyncio.create_task(login.wait(10))
        await asyncio.sleep(0)
        await self.alice(functions.auth.AcceptLoginTokenRequest(login.token))
        me = await wait
        assert me.username == "alice", me.username
        await waiting.disconnect()

    async def a_saved_session_goes_on(self):
        saved = self.alice.session.save()
        await self.alice.disconnect()
        self.alice = client(self.port, session=saved)
        await self.alice.connect()
        assert await self.alice.is_user_authorized()

    async def resolves_usernames(self):
        assert (await self.alice.get_entity("bob_user")).first_name == "Bob"
        assert (await self.alice.get_entity("meetup")).megagroup
        await refused(errors.UsernameNotOccupiedError, self._resolve("nobody_here"))

    async def lists_all_participants(self):
        members = [user.id async for user in self.alice.iter_participants("meetup")]
        assert len(members) == len(set(members)) == 451, len(members)

    async def a_member_list_is_searched(self):
        members = [user.username async for user in self.alice.iter_participants("meetup", search="guest44")]
        assert sorted(members) == ["guest44"] + [f"guest44{number}" for number in range(10)], members

    async def a_hidden_list_shows_administrators_only(self):
        full = (await self.alice(functions.channels.GetFullChannelRequest("hidden_chat"))).full_chat
        assert full.participants_hidden and not full.can_view_participants
        assert [user.username async for user in self.alice.iter_participants("hidden_chat")] == ["bob_user"]

    async def adds_a_person(self):
        result = await self._invite("bob_user")
        assert not result.missing_invitees
        permissions = await self.alice.get_permissions("meetup", "bob_user")
        assert not permissions.is_admin

    async def members_show_premium_and_when_they_were_online(self):
        members = {user.username: user async for user in self.alice.iter_participants("meetup")}
        assert members["guest1"].premium is False and isinstance(members["guest1"].status, types.UserStatusRecently)
        assert members["bob_user"].premium and isinstance(members["bob_user"].status, types.UserStatusLastMonth)
        assert members["bob_user"].phone is None

    async def a_person_with_privacy_is_missing(self):
        result = await self._invite("priv_user")
        private = await self.alice.get_entity("priv_user")
        assert [missing.user_id for missing in result.missing_invitees] == [private.id]

    async def a_refusal_is_an_error(self):
        await refused(errors.UserPrivacyRestrictedError, self._invite("strict_user"))
        await refused(errors.UserNotMutualContactError, self._invite("left_user"))

    async def a_scripted_peer_flood_is_told(self):
        await refused(errors.PeerFloodError, self._invite("flood_user"))

    async def the_admin_log_tells_who_was_added(self):
        events = [event async for event in self.alice.iter_admin_log("meetup", invite=True)]
        bob = await self.alice.get_entity("bob_user")
        assert [event.action.participant.user_id for event in events] == [bob.id]

    async def sends_a_message_and_reads_it_back(self):
        sent = await self.alice.send_message("bob_user", "hello, Bob")
        newest = (await self.alice.get_messages("bob_user", limit=1))[0]
        assert newest.id == sent.id and newest.message == "hello, Bob" and newest.out

    async def reads_a_chats_history_page_by_page(self):
        texts = [message.message async for message in self.alice.iter_messages("meetup", limit=None) if message.message]
        assert texts == [f"post {number}" for number in range(3, 0, -1)], texts

    async def imports_a_contact_by_phone(self):
        contact = types.InputPhoneContact(client_id=7, phone="+491701234570", first_name="Dora", last_name="")
        imported = await self.alice(functions.contacts.ImportContactsRequest([contact]))
        assert [entry.client_id for entry in imported.imported] == [7]
        assert imported.users[0].contact
        await self.alice(functions.contacts.DeleteContactsRequest([imported.users[0].id]))

    async def lists_the_contacts(self):
        listed = await self.alice(functions.contacts.GetContactsRequest(0))
        assert [(user.username, user.phone, user.contact) for user in listed.users] == [("carol_user", CAROL[1:], True)]

    async def makes_an_invite_link(self):
        expires = datetime.now(timezone.utc) + timedelta(days=1)
        link = await self.alice(
            functions.messages.ExportChatInviteRequest("meetup", expire_date=expires, usage_limit=5, title="spring")
        )
        assert link.usage_limit == 5 and link.title == "spring"
        shown = await self.alice(functions.messages.CheckChatInviteRequest(link.link.split("+")[1]))
        assert isinstance(shown, types.ChatInviteAlready)

    async def lists_the_dialogs(self):
        titles = [dialog.name for dialog in await self.alice.get_dialogs()]
        assert "Meetup" in titles and "Bob" in titles, titles

    async def a_flood_wait_tells_how_long(self):
        try:
            for _ in range(60):
                await self._resolve("bob_user")
        except errors.FloodWaitError as flood:
            assert 590 <= flood.seconds <= 600, flood.seconds
            return
        raise AssertionError("60 look-ups, and no flood wait")

    async def logging_out_ends_the_session(self):
        await self.alice.log_out()

    async def _resolve(self, username):
        return await self.alice(functions.contacts.ResolveUsernameRequest(username))

    async def _invite(self, username):
        return await self.alice(functions.channels.InviteToChannelRequest("meetup", [username]))

    async def _close(self):
        if self.alice:
            await self.alice.disconnect()


main(Checks)
