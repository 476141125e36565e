package dev.beckon.simulator.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.tl.TlException;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.mtproto.transport.FrameChannel;
import dev.beckon.simulator.world.RpcError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A connection from its first byte to its last: it ends, and what its client does wrong is nothing that the server throws. */
class ConnectionFuzzTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final RsaKey RSA = RsaKey.generate();
    private static final AuthKey KEY = new AuthKey(new byte[AuthKey.LENGTH], false, 2);
    private static final byte[] ABRIDGED = {(byte) 0xef, 0};
    private static final TlSchema SCHEMA = TlSchema.parse(List.of(
            "---functions---",
            "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;",
            "auth.bindTempAuthKey#cdd42a05 perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes = Bool;",
            "help.getNearestDc#1fb33026 = NearestDc;"));

    /** A data centre that knows no key, and refuses every call. */
    private static SessionTable sessions() {
        return new SessionTable(
                SCHEMA,
                new NoKeys(),
                (context, call) -> {
                    throw new RpcError(400, "METHOD_INVALID");
                },
                CLOCK);
    }

    /** What comes over the wire. */
    @FuzzTest
    void streams(byte[] bytes) {
        SessionTable sessions = sessions();
        KeyExchange exchange = new KeyExchange(sessions.reader(), sessions.writer(), RSA, CLOCK, sessions.keys()::keep);
        Wire wire = new Wire(bytes);
        new Connection("fuzzed", wire, sessions, exchange, Runnable::run).serve();
        assertThat(wire.isClosed()).isTrue();
    }

    /** What stands within a message that was sealed with a key the data centre knows. */
    @FuzzTest
    void messages(byte[] body) throws IOException {
        SessionTable sessions = sessions();
        MtSession session = sessions.get(KEY, 1);
        try (FrameChannel channel = FrameChannel.accept(new Wire(ABRIDGED))) {
            session.attach(channel);
            SealedMessage message = new SealedMessage(KEY.salt(), 1, 4, 1, body, 0);
            sessions.inbox().receive(session, channel, message);
        } catch (ProtocolException | TlException | IllegalArgumentException e) {
            // Connection closes on these.
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest
    void envelopes(byte[] frame) {
        try {
            SealedMessage.open(KEY, frame);
        } catch (ProtocolException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** A client who has said everything it will ever say, and hears nothing. */
    private static final class Wire extends Socket {
        private final InputStream said;
        private final OutputStream heard = new ByteArrayOutputStream();
        private boolean closed;

        private Wire(byte[] said) {
            this.said = new ByteArrayInputStream(said);
        }

        @Override
        public InputStream getInputStream() {
            return said;
        }

        @Override
        public OutputStream getOutputStream() {
            return heard;
        }

        @Override
        public void setTcpNoDelay(boolean on) {
            // There is no network.
        }

        @Override
        public void setSoTimeout(int milliseconds) {
            if (milliseconds < 0) {
                throw new IllegalArgumentException("timeout can't be negative");
            }
        }

        @Override
        public InetAddress getInetAddress() {
            // Nobody can be looked for in /proc; nobody is asked who it was, for no key is known.
            throw new IllegalStateException("no peer");
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class NoKeys implements KeyRing {
        @Override
        public void keep(AuthKey key) {
            assertThat(key.temporary()).isFalse();
        }

        @Override
        public Optional<AuthKey> find(long id) {
            return Optional.empty();
        }

        @Override
        public void forget(long id) {
            assertThat(id).isEqualTo(KEY.id());
        }

        @Override
        public void opened(long authKeyId, String connection, String process) {
            throw new IllegalStateException("no key is known");
        }

        @Override
        public void closed(long authKeyId, String connection) {
            throw new IllegalStateException("no key is known");
        }
    }
}
