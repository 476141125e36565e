package dev.beckon.simulator.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.mtproto.crypto.MessageKeys.Direction;
import org.junit.jupiter.api.Test;

class MessageKeysTest {
    private final byte[] authKey = Bytes.random(256);
    private final byte[] text = Bytes.random(64);

    @Test
    void theTwoDirectionsHaveKeysOfTheirOwn() {
        byte[] fromClient = MessageKeys.messageKey(authKey, text, Direction.FROM_CLIENT);
        assertThat(fromClient).hasSize(16);
        assertThat(MessageKeys.messageKey(authKey, text, Direction.FROM_SERVER)).isNotEqualTo(fromClient);
        assertThat(MessageKeys.forMessage(authKey, fromClient, Direction.FROM_CLIENT)
                        .key())
                .hasSize(32)
                .isNotEqualTo(MessageKeys.forMessage(authKey, fromClient, Direction.FROM_SERVER)
                        .key());
    }

    @Test
    void aQuickAcknowledgementHasItsHighestBitSet() {
        assertThat(MessageKeys.quickAck(authKey, text)).isNegative();
    }

    @Test
    void bothSidesOfAnExchangeAgree() {
        var ours = DiffieHellman.secret();
        var theirs = DiffieHellman.secret();
        assertThat(DiffieHellman.shared(DiffieHellman.visible(ours), theirs))
                .isEqualTo(DiffieHellman.shared(DiffieHellman.visible(theirs), ours));
        assertThat(DiffieHellman.isWeak(DiffieHellman.visible(ours))).isFalse();
        assertThat(DiffieHellman.isWeak(java.math.BigInteger.TWO)).isTrue();
    }
}
