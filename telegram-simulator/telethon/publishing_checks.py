"""Publishing, joining and the end of a session, by a client that shares no code with TDLib: publishing_checks.py PORT KEY_FILE.

The world is the one of TelethonPublishesTest. Prints a line for each check, and how many passed."""

from io import BytesIO

from checks import main, refused
from client import client
from telethon import errors, functions, types

CODE = "12345"
ALICE = "+491701234567"
ERIN = "+491701234571"

# Three parts of a file. Only its beginning is a picture's: nobody looks at it.
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 1200


class Checks:
    def __init__(self, port):
        self._port = port
        self._alice = None
        self._erin = None

    async def logs_in_an_administrator_and_somebody_else(self):
        self._alice = await self._login(ALICE)
        self._erin = await self._login(ERIN)

    async def posts_a_text_in_a_channel(self):
        sent = await self._alice.send_message("news_channel", "Good morning")
        newest = await self._newest("news_channel")
        assert newest.id == sent.id and newest.message == "Good morning", newest
        assert newest.post and newest.from_id is None, newest
        assert newest.media is None and not newest.entities, newest

    async def what_comes_twice_is_one_post(self):
        channel = await self._alice.get_input_entity("news_channel")
        request = functions.messages.SendMessageRequest(channel, "Once", random_id=4711)
        first = await self._alice(request)
        again = await self._alice(request)
        ids = [update.id for answer in (first, again) for update in answer.updates if isinstance(update, types.UpdateMessageID)]
        assert len(ids) == 2 and ids[0] == ids[1], ids
        texts = [message.message async for message in self._alice.iter_messages("news_channel")]
        assert texts.count("Once") == 1, texts

    async def every_look_of_a_text_stays(self):
        # The first sign is two units of UTF-16 long, by which Telegram counts.
        text = "\U0001f389 bold italic gone hidden code block link"
        looks = [
            types.MessageEntityBold(3, 4),
            types.MessageEntityItalic(8, 6),
            types.MessageEntityStrike(15, 4),
            types.MessageEntitySpoiler(20, 6),
            types.MessageEntityCode(27, 4),
            types.MessageEntityPre(32, 5, "java"),
            types.MessageEntityTextUrl(38, 4, "https://example.org/"),
        ]
        await self._alice.send_message("news_channel", text, formatting_entities=looks)
        newest = await self._newest("news_channel")
        assert newest.message == text, newest.message
        assert [look.to_dict() for look in newest.entities] == [look.to_dict() for look in looks], newest.entities
        parts = [part for _, part in newest.get_entities_text()]
        assert parts == ["bold", "italic", "gone", "hidden", "code", "block", "link"], parts

    async def markdown_becomes_looks(self):
        await self._alice.send_message("news_channel", "a **bold** [link](https://example.org/)")
        newest = await self._newest("news_channel")
        assert newest.message == "a bold link", newest.message
        kinds = [(type(look), look.offset, look.length) for look in newest.entities]
        assert kinds == [(types.MessageEntityBold, 2, 4), (types.MessageEntityTextUrl, 7, 4)], kinds

    async def a_look_beyond_the_text_is_refused(self):
        look = [types.MessageEntityBold(0, 6)]
        post = self._alice.send_message("news_channel", "short", formatting_entities=look)
        await refused(errors.EntityBoundsInvalidError, post)

    async def posts_a_picture_with_its_caption(self):
        sent = await self._picture("Look at **this**")
        newest = await self._newest("news_channel")
        assert newest.id == sent.id and newest.message == "Look at this", newest
        assert [type(look) for look in newest.entities] == [types.MessageEntityBold], newest.entities
        assert newest.photo and newest.photo.id == sent.photo.id, newest.media
        assert newest.photo.sizes[-1].size == len(PICTURE), newest.photo.sizes

    async def what_is_no_picture_is_refused(self):
        file = BytesIO(b"words, and no picture at all")
        file.name = "picture.jpg"
        await refused(errors.PhotoExtInvalidError, self._alice.send_file("news_channel", file))

    async def the_longest_text_is_taken_and_a_longer_one_refused(self):
        longest = "x" * 4096
        await self._alice.send_message("news_channel", longest)
        assert (await self._newest("news_channel")).message == longest
        await refused(errors.MessageTooLongError, self._alice.send_message("news_channel", longest + "x"))

    async def the_longest_caption_is_taken_and_a_longer_one_refused(self):
        longest = "x" * 1024
        await self._picture(longest)
        assert (await self._newest("news_channel")).message == longest
        await refused(errors.MediaCaptionTooLongError, self._picture(longest + "x"))

    async def an_empty_text_is_refused(self):
        channel = await self._alice.get_input_entity("news_channel")
        request = functions.messages.SendMessageRequest(channel, " ")
        await refused(errors.MessageEmptyError, self._alice(request))

    async def who_is_no_administrator_may_not_post_in_a_channel(self):
        await self._erin(functions.channels.JoinChannelRequest("news_channel"))
        before = (await self._newest("news_channel")).id
        await refused(errors.ChatAdminRequiredError, self._erin.send_message("news_channel", "hello"))
        assert (await self._newest("news_channel")).id == before

    async def who_is_no_member_may_not_write_in_a_group(self):
        await refused(errors.ChatWriteForbiddenError, self._erin.send_message("clubhouse", "hello"))

    async def slow_mode_tells_a_member_how_long_to_wait(self):
        await self._erin.send_message("slow_chat", "one")
        wait = await refused(errors.SlowModeWaitError, self._erin.send_message("slow_chat", "two"))
        assert 0 < wait.seconds <= 300, wait.seconds
        full = (await self._erin(functions.channels.GetFullChannelRequest("slow_chat"))).full_chat
        assert full.slowmode_seconds == 300 and full.slowmode_next_send_date, full
        assert (await self._newest("slow_chat")).message == "one"

    async def slow_mode_does_not_bind_an_administrator(self):
        for text in ("three", "four"):
            await self._alice.send_message("slow_chat", text)
        assert (await self._newest("slow_chat")).message == "four"

    async def joins_by_an_invite_link(self):
        shown = await self._erin(functions.messages.CheckChatInviteRequest("open-the-door"))
        assert isinstance(shown, types.ChatInvite) and shown.title == "Back room" and not shown.request_needed, shown
        await self._erin(functions.messages.ImportChatInviteRequest("open-the-door"))
        shown = await self._erin(functions.messages.CheckChatInviteRequest("open-the-door"))
        assert isinstance(shown, types.ChatInviteAlready), shown
        assert (await self._erin.send_message(shown.chat, "I am in")).id
        again = self._erin(functions.messages.ImportChatInviteRequest("open-the-door"))
        await refused(errors.UserAlreadyParticipantError, again)

    async def a_link_that_was_never_made_or_is_used_up_opens_nothing(self):
        for error, link in ((errors.InviteHashInvalidError, "nobody-made-it"), (errors.InviteHashExpiredError, "long-over")):
            for request in (functions.messages.CheckChatInviteRequest, functions.messages.ImportChatInviteRequest):
                await refused(error, self._erin(request(link)))

    async def a_join_request_waits_for_an_administrator(self):
        shown = await self._erin(functions.messages.CheckChatInviteRequest("ask-for-it"))
        assert isinstance(shown, types.ChatInvite) and shown.request_needed, shown
        await self._asks()
        await refused(errors.UserNotParticipantError, self._alice.get_permissions("clubhouse", "erin_user"))

    async def a_dismissed_request_lets_nobody_in(self):
        await self._alice(functions.messages.HideChatJoinRequestRequest("clubhouse", "erin_user"))
        await refused(errors.UserNotParticipantError, self._alice.get_permissions("clubhouse", "erin_user"))
        nobody_asks = self._alice(functions.messages.HideChatJoinRequestRequest("clubhouse", "erin_user", approved=True))
        await refused(errors.HideRequesterMissingError, nobody_asks)

    async def only_an_administrator_answers_a_request(self):
        await self._asks()
        own = self._erin(functions.messages.HideChatJoinRequestRequest("clubhouse", "erin_user", approved=True))
        await refused(errors.ChatAdminRequiredError, own)

    async def an_approved_request_lets_in(self):
        await self._alice(functions.messages.HideChatJoinRequestRequest("clubhouse", "erin_user", approved=True))
        assert not (await self._alice.get_permissions("clubhouse", "erin_user")).is_admin
        await self._erin.send_message("clubhouse", "Thank you")
        assert (await self._newest("clubhouse")).message == "Thank you"

    async def a_revoked_session_is_refused(self):
        other = await self._login(ERIN)
        await self._erin(functions.auth.ResetAuthorizationsRequest())
        for _ in range(2):
            await refused(errors.SessionRevokedError, other.send_message("clubhouse", "hello"))
        await self._erin.send_message("clubhouse", "I am still here")
        assert (await self._newest("clubhouse")).message == "I am still here"
        await other.disconnect()

    async def a_revoked_session_stays_refused_when_it_comes_again(self):
        other = await self._login(ERIN)
        saved = other.session.save()
        await other.disconnect()
        await self._erin(functions.auth.ResetAuthorizationsRequest())
        again = client(self._port, session=saved)
        await again.connect()
        await refused(errors.SessionRevokedError, again.send_message("clubhouse", "hello"))
        await again.disconnect()

    async def a_logged_out_session_is_refused(self):
        saved = self._erin.session.save()
        await self._erin.log_out()
        again = client(self._port, session=saved)
        await again.connect()
        await refused(errors.AuthKeyUnregisteredError, again.send_message("clubhouse", "hello"))
        await again.disconnect()

    async def _login(self, phone):
        device = client(self._port)
        await device.connect()
        await device.send_code_request(phone)
        await device.sign_in(phone, CODE)
        return device

    async def _newest(self, chat):
        return (await self._alice.get_messages(chat, limit=1))[0]

    async def _picture(self, caption):
        file = BytesIO(PICTURE)
        file.name = "picture.jpg"
        return await self._alice.send_file("news_channel", file, caption=caption)

    async def _asks(self):
        request = self._erin(functions.messages.ImportChatInviteRequest("ask-for-it"))
        await refused(errors.InviteRequestSentError, request)

    async def _close(self):
        for device in (self._alice, self._erin):
            if device:
                await device.disconnect()


main(Checks)
