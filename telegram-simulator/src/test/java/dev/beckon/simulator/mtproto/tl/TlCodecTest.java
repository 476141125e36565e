package dev.beckon.simulator.mtproto.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TlCodecTest {
    private static final TlSchema SCHEMA = TlSchema.parse(List.of(
            "// LAYER 7",
            "peerUser#59511722 user_id:long = Peer;",
            "peerNobody#01020304 = Peer;",
            "point#0000000a x:int y:double = Point;",
            "letter#38641258 flags:# urgent:flags.0?true from:Peer text:string stamp:flags.3?int"
                    + " cc:flags.4?Vector<Peer> seal:flags.5?int128 = Letter;",
            "---functions---",
            "post.send#00000b0b letter:Letter copy:Bool = Letter;",
            "post.list#00000b0c = Vector<Letter>;"));

    private final TlWriter writer = new TlWriter(SCHEMA);
    private final TlReader reader = new TlReader(SCHEMA);

    private static TlObject user(long id) {
        return TlObject.of("peerUser").set("user_id", id);
    }

    private static TlObject letter() {
        return TlObject.of("letter").set("from", user(7)).set("text", "hi");
    }

    @Test
    void theLayerIsReadFromTheSchema() {
        assertThat(SCHEMA.layer()).isEqualTo(7);
        assertThat(SCHEMA.knows("resPQ")).isTrue();
    }

    @Test
    void anObjectIsItsIdAndItsFieldsInLittleEndianOrder() {
        assertThat(HexFormat.of().formatHex(writer.write(letter().set("urgent", true))))
                .isEqualTo("58126438" + "01000000" + "22175159" + "0700000000000000" + "02686900");
    }

    @Test
    void absentConditionalFieldsTakeNoBytes() {
        TlObject read = reader.read(writer.write(letter()));
        assertThat(read.has("stamp")).isFalse();
        assertThat(read.flag("urgent")).isFalse();
        assertThat(read.integer("stamp", 5)).isEqualTo(5);
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll String text, @ForAll long id, @ForAll int stamp, @ForAll boolean urgent) {
        String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        TlObject sent = TlObject.of("letter")
                .set("urgent", urgent)
                .set("from", user(id))
                .set("text", sound)
                .set("stamp", stamp)
                .set("cc", List.of(user(id), TlObject.of("peerNobody")));
        TlObject call = TlObject.of("post.send").set("letter", sent).set("copy", urgent);

        TlObject read = reader.read(writer.write(call)).object("letter");

        assertThat(read.flag("urgent")).isEqualTo(urgent);
        assertThat(read.object("from").longInteger("user_id")).isEqualTo(id);
        assertThat(read.string("text")).isEqualTo(sound);
        assertThat(read.integer("stamp")).isEqualTo(stamp);
        assertThat(read.objects("cc")).hasSize(2);
    }

    @Property(tries = 200)
    void garbageIsRefusedAndNeverAnotherFailure(@ForAll byte[] garbage) {
        try {
            reader.read(garbage);
        } catch (TlException refused) {
            assertThat(refused).isNotNull();
        }
    }

    @Property(tries = 200)
    void aTruncatedObjectIsRefused(@ForAll int cut) {
        byte[] whole = writer.write(letter().set("stamp", 1));
        int length = Math.floorMod(cut, whole.length);
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(whole, length))).isInstanceOf(TlException.class);
    }

    @Test
    void aStringOfAnyLengthSurvives() {
        for (int length : new int[] {0, 1, 2, 3, 4, 252, 253, 254, 255, 256, 257, 70_000}) {
            String text = "x".repeat(length);
            assertThat(reader.read(writer.write(letter().set("text", text))).string("text"))
                    .isEqualTo(text);
        }
    }

    @Test
    void aMissingFieldIsNamedByItsPath() {
        TlObject call = TlObject.of("post.send")
                .set("letter", TlObject.of("letter").set("from", user(1)))
                .set("copy", true);
        assertThatThrownBy(() -> writer.write(call))
                .hasMessage("post.send.letter.letter.text: a required field is missing");
    }

    @Test
    void aWrongTypeWithinAVectorIsNamedByItsPath() {
        TlObject wrong = letter().set(
                        "cc", List.of(user(1), TlObject.of("point").set("x", 1).set("y", 2.0)));
        assertThatThrownBy(() -> writer.write(wrong)).hasMessage("letter.cc[1]: point is a Point, not a Peer");
    }

    @Test
    void anUnknownFieldAndAWrongNumberAreRefused() {
        assertThatThrownBy(() -> writer.write(letter().set("color", 1)))
                .hasMessage("letter.color: the constructor has no such field");
        assertThatThrownBy(() -> writer.write(letter().set("stamp", 1L)))
                .hasMessage("letter.stamp: a Long where the schema wants int");
        assertThatThrownBy(() -> writer.write(letter().set("seal", new byte[15])))
                .hasMessage("letter.seal: has 15 bytes instead of 16");
    }

    @Test
    void aResultMustBeOfTheMethodsType() {
        assertThat(writer.writeResult("post.list", List.of(letter()))).isNotEmpty();
        assertThatThrownBy(() -> writer.writeResult("post.list", List.of(user(1))))
                .hasMessage("post.list[0]: peerUser is a Peer, not a Letter");
        assertThatThrownBy(() -> writer.writeResult("post.send", true))
                .hasMessage("post.send: a Boolean where the schema wants Letter");
    }

    @Test
    void bothCompressionsAreUnpacked() throws IOException {
        byte[] plain = writer.write(letter());
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
            out.write(plain);
        }
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        for (byte[] packed : List.of(zlib.toByteArray(), gzip.toByteArray())) {
            byte[] sent = new ByteSink().int32(0x3072cfa1).string(packed).toByteArray();
            assertThat(reader.read(sent).string("text")).isEqualTo("hi");
        }
    }

    @Test
    void anObjectIsPrintedWithoutWhatItHolds() {
        assertThat(letter().toString()).isEqualTo("letter");
    }
}
