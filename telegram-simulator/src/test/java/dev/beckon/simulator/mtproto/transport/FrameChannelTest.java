package dev.beckon.simulator.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.mtproto.crypto.Aes;
import dev.beckon.simulator.mtproto.crypto.Bytes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameChannelTest {
    private static final byte[] QUESTION = Bytes.random(64);
    private static final byte[] ANSWER = Bytes.random(1000);

    private static Framing framing(String name) {
        return switch (name) {
            case "abridged" -> new Abridged();
            case "intermediate" -> new Intermediate(false);
            case "padded" -> new Intermediate(true);
            default -> new Full();
        };
    }

    private static byte[] tag(String name) {
        return switch (name) {
            case "abridged" -> new byte[] {(byte) 0xef};
            case "intermediate" -> repeated((byte) 0xee);
            case "padded" -> repeated((byte) 0xdd);
            default -> new byte[0];
        };
    }

    private static byte[] repeated(byte value) {
        return new byte[] {value, value, value, value};
    }

    @ParameterizedTest
    @CsvSource({
        "abridged,false", "abridged,true", "intermediate,false", "intermediate,true",
        "padded,false", "padded,true", "full,false", "full,true"
    })
    void eachFramingIsToldByItsFirstBytes(String name, boolean socks) throws Exception {
        try (Pair pair = new Pair()) {
            if (socks) {
                pair.passSocks();
            }
            pair.client
                    .getOutputStream()
                    .write(Bytes.concat(tag(name), framing(name).frame(QUESTION)));
            FrameChannel server = pair.server();
            assertThat(server.read().payload()).startsWith(QUESTION);
            server.write(ANSWER);
            assertThat(framing(name).read(pair.client.getInputStream()).payload())
                    .startsWith(ANSWER);
        }
    }

    @Test
    void anObfuscatedConnectionIsDeciphered() throws Exception {
        byte[] header = Bytes.random(64);
        // A first byte of 5 looks like SOCKS5: that so much more arrives with it tells the two apart.
        header[0] = 5;
        header[1] = 1;
        Cipher encryption = Aes.ctr(Bytes.slice(header, 8, 32), Bytes.slice(header, 40, 16));
        byte[] reversed = Bytes.reversed(header);
        Cipher decryption = Aes.ctr(Bytes.slice(reversed, 8, 32), Bytes.slice(reversed, 40, 16));
        byte[] tagged = header.clone();
        System.arraycopy(repeated((byte) 0xdd), 0, tagged, 56, 4);
        byte[] enciphered = encryption.update(tagged);
        byte[] sent = header.clone();
        System.arraycopy(enciphered, 56, sent, 56, 8);
        try (Pair pair = new Pair()) {
            pair.client.getOutputStream().write(sent);
            pair.client.getOutputStream().write(encryption.update(new Intermediate(true).frame(QUESTION)));
            FrameChannel server = pair.server();
            assertThat(server.read().payload()).startsWith(QUESTION);
            server.quickAck(0x80000001);
            byte[] ack = pair.client.getInputStream().readNBytes(4);
            assertThat(Bytes.int32(decryption.update(ack), 0)).isEqualTo(0x80000001);
        }
    }

    @Test
    void aFullFrameWithAWrongSumIsRefused() {
        byte[] frame = new Full().frame(QUESTION);
        frame[20] ^= 1;
        assertThatThrownBy(() -> new Full().read(new ByteArrayInputStream(frame)))
                .hasMessageContaining("wrong CRC");
    }

    @Test
    void anEndlessFrameIsRefusedBeforeMemoryIsTaken() {
        byte[] head = {-1, -1, -1, 0x7f};
        assertThatThrownBy(() -> new Intermediate(false).read(new ByteArrayInputStream(head)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aQuickAcknowledgementIsAskedForByTheHighestBit() throws IOException {
        byte[] frame = new Intermediate(false).frame(QUESTION);
        frame[3] |= (byte) 0x80;
        assertThat(new Intermediate(false).read(new ByteArrayInputStream(frame)).quickAck())
                .isTrue();
    }

    @Test
    void onlyConnectionsAreMadeThroughTheDoor() throws Exception {
        try (Pair pair = new Pair()) {
            pair.client.getOutputStream().write(new byte[] {5, 1, 0});
            CompletableFuture<FrameChannel> server = pair.accepted();
            DataInputStream in = new DataInputStream(pair.client.getInputStream());
            assertThat(in.readShort()).isEqualTo((short) 0x0500);
            pair.client.getOutputStream().write(new byte[] {5, 2, 0, 1, 127, 0, 0, 1, 0, 80});
            assertThat(in.readNBytes(2)).containsExactly(5, 7);
            assertThatThrownBy(server::join).hasMessageContaining("SOCKS5 command 2");
        }
    }

    /** Both ends of a connection. */
    private static final class Pair implements AutoCloseable {
        private final Socket client;
        private final Socket accepted;

        Pair() throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                accepted = listener.accept();
            }
        }

        private Optional<CompletableFuture<FrameChannel>> channel = Optional.empty();

        CompletableFuture<FrameChannel> accepted() {
            if (channel.isEmpty()) {
                channel = Optional.of(CompletableFuture.supplyAsync(() -> {
                    try {
                        return FrameChannel.accept(accepted);
                    } catch (IOException e) {
                        throw new IllegalStateException(e.getMessage(), e);
                    }
                }));
            }
            return channel.get();
        }

        void passSocks() throws IOException {
            client.getOutputStream().write(new byte[] {5, 2, 0, 2});
            CompletableFuture<FrameChannel> passing = accepted();
            assertThat(client.getInputStream().readNBytes(2)).containsExactly(5, 0);
            client.getOutputStream().write(new byte[] {5, 1, 0, 3, 4, 'd', 'c', '.', '2', 1, (byte) 0xbb});
            assertThat(client.getInputStream().readNBytes(10)).startsWith(5, 0);
            assertThat(passing).isNotCompletedExceptionally();
        }

        FrameChannel server() {
            return accepted().join();
        }

        @Override
        public void close() throws IOException {
            client.close();
            accepted.close();
        }
    }
}
