package dev.beckon.simulator.mtproto.tl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever a message holds: an object of the schema that can be written again, or a refusal. */
class TlFuzzTest {
    private static final TlSchema SCHEMA = TlSchema.parse(List.of(
            "// LAYER 7",
            "peerUser#59511722 user_id:long = Peer;",
            "letter#38641258 flags:# urgent:flags.0?true from:Peer text:string stamp:flags.3?int"
                    + " cc:flags.4?Vector<Peer> seal:flags.5?int128 raw:flags.6?bytes = Letter;",
            "---functions---",
            "post.send#00000b0b letter:Letter copy:Bool = Letter;",
            "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;"));

    private final TlReader reader = new TlReader(SCHEMA);
    private final TlWriter writer = new TlWriter(SCHEMA);

    @FuzzTest
    void objects(byte[] bytes) {
        TlObject read;
        try {
            read = reader.read(bytes);
        } catch (TlException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        byte[] written = writer.write(read);
        assertThat(writer.write(reader.read(written))).isEqualTo(written);
    }
}
