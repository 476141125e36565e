package dev.beckon.simulator.mtproto.rpc;

/** Answers one method. */
@FunctionalInterface
interface Handler {
    /** @return a value of the method's result type: an object, a list or a Boolean */
    Object answer(Call call);
}
