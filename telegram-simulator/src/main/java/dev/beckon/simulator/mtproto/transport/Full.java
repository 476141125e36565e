package dev.beckon.simulator.mtproto.transport;

import dev.beckon.simulator.mtproto.crypto.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Length, sequence number, payload and CRC-32 of them all; nothing before the first frame. */
final class Full implements Framing {
    private static final int OVERHEAD = 12;

    private int received;
    private int sent;

    @Override
    public Frame read(InputStream in) throws IOException {
        byte[] head = Framing.exactly(in, 8);
        int length = Bytes.int32(head, 0);
        int sequence = Bytes.int32(head, 4);
        if (sequence != received++) {
            throw new IOException("frame " + sequence + " came where " + (received - 1) + " was due");
        }
        byte[] payload = Framing.exactly(in, length - OVERHEAD);
        int crc = Bytes.int32(Framing.exactly(in, 4), 0);
        if (crc != crc(head, payload)) {
            throw new IOException("frame " + sequence + " has a wrong CRC");
        }
        return new Frame(payload, false);
    }

    @Override
    public byte[] frame(byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(payload.length + OVERHEAD).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(payload.length + OVERHEAD).putInt(sent++);
        int crc = crc(Bytes.slice(out.array(), 0, 8), payload);
        return out.put(payload).putInt(crc).array();
    }

    @Override
    public byte[] quickAck(int token) {
        return new byte[0];
    }

    private static int crc(byte[] head, byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(head);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
