package dev.beckon.simulator.worldfile;

import dev.beckon.simulator.world.Fault;
import dev.beckon.simulator.world.FloodRule;
import dev.beckon.simulator.world.Method;
import dev.beckon.simulator.world.RpcError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Turns flood budgets and scripted faults of a world file into the world's rules. */
record RuleReader(Problems problems, ReferenceReader reader) {

    FloodRule flood(FloodEntry entry, String path) {
        return new FloodRule(
                method(entry.on(), path + ".on"),
                Set.copyOf(reader.people(entry.accounts(), path + ".accounts")),
                problems.within(
                        problems.needed(entry.calls(), path + ".calls", 1), 0, Integer.MAX_VALUE, path + ".calls"),
                entry.per().orElse(Duration.ofDays(1)),
                problems.needed(entry.pause(), path + ".pause", Duration.ZERO));
    }

    Fault fault(FaultEntry entry, String path) {
        Fault.Kind kind = problems.needed(entry.kind(), path + ".kind", Fault.Kind.SERVER_ERROR);
        Optional<RpcError> error = Optional.empty();
        if (kind == Fault.Kind.ERROR) {
            String text = problems.needed(entry.text(), path + ".text", "?");
            error = Optional.of(new RpcError(entry.code().orElse(text.contains("WAIT_") ? 420 : 400), text));
        } else if (entry.kind().isPresent()
                && (entry.text().isPresent() || entry.code().isPresent())) {
            problems.add(path, "code and text belong to kind: Error only; remove them, or change the kind");
        }
        return new Fault(
                method(entry.on(), path + ".on"),
                reader.person(entry.account(), path + ".account"),
                reader.person(entry.person(), path + ".person"),
                reader.chat(entry.chat(), path + ".chat"),
                entry.formatted().orElse(false),
                kind,
                error,
                entry.delay().orElse(kind == Fault.Kind.LATE ? Duration.ofSeconds(10) : Duration.ZERO),
                problems.within(entry.times().orElse(1), 1, Integer.MAX_VALUE, path + ".times"),
                problems.within(entry.after().orElse(0), 0, Integer.MAX_VALUE, path + ".after"));
    }

    private Method method(Optional<String> name, String path) {
        String rpc = problems.needed(name, path, Method.SEND_MESSAGE.rpc());
        return Method.named(rpc).orElseGet(() -> {
            problems.add(path, "'" + rpc + "' is no method of the simulator; it has " + Method.names());
            return Method.SEND_MESSAGE;
        });
    }
}
