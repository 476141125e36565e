package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Content.Picture;
import dev.beckon.simulator.world.Pictures;
import dev.beckon.simulator.world.RpcError;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files on their way: parts come in any order and on any connection of a key, until a message takes them as one. */
final class Uploads {
    private static final int MOST_FILES = 64;
    private static final int MOST_BYTES = 10 << 20;

    private record FileKey(long authKeyId, long fileId) {}

    /** The oldest file that no message took makes room. */
    private final Map<FileKey, SortedMap<Integer, byte[]>> files = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FileKey, SortedMap<Integer, byte[]>> eldest) {
            return size() > MOST_FILES;
        }
    };

    Map<String, Handler> methods() {
        return Map.of("upload.saveFilePart", this::saveFilePart);
    }

    private Object saveFilePart(Call call) {
        TlObject query = call.query();
        FileKey key = new FileKey(call.authKeyId(), query.longInteger("file_id"));
        byte[] bytes = query.bytes("bytes");
        synchronized (files) {
            SortedMap<Integer, byte[]> parts = files.computeIfAbsent(key, unknown -> new TreeMap<>());
            int before = parts.values().stream().mapToInt(part -> part.length).sum();
            if (bytes.length == 0 || before + bytes.length > MOST_BYTES) {
                throw new RpcError(400, "FILE_PART_SIZE_INVALID");
            }
            parts.put(query.integer("file_part"), bytes);
        }
        return true;
    }

    /** The picture of an {@code inputFile}; it stays, for a client sends a message again when it hears no answer. */
    Picture picture(Call call, TlObject file) {
        FileKey key = new FileKey(call.authKeyId(), file.longInteger("id"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        synchronized (files) {
            SortedMap<Integer, byte[]> parts = files.get(key);
            if (parts == null || parts.size() != file.integer("parts")) {
                throw new RpcError(400, "FILE_PARTS_INVALID");
            }
            parts.values().forEach(whole::writeBytes);
        }
        byte[] image = whole.toByteArray();
        if (!isImage(image)) {
            throw new RpcError(400, "PHOTO_EXT_INVALID");
        }
        return Pictures.of(image);
    }

    /** By the first bytes of JPEG, PNG and WebP (RIFF). */
    private static boolean isImage(byte[] image) {
        return image.length > 12
                && ((image[0] == (byte) 0xFF && image[1] == (byte) 0xD8)
                        || (image[0] == (byte) 0x89 && image[1] == 'P')
                        || (image[0] == 'R' && image[1] == 'I'));
    }
}
