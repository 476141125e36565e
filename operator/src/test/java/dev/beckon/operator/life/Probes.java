package dev.beckon.operator.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks an operator's health as a kubelet does. */
final class Probes {
    private final OperatorProcess operator;

    Probes(OperatorProcess operator) {
        this.operator = operator;
    }

    /** @param probe {@code live} or {@code ready} */
    int status(String probe) throws IOException {
        return operator.health(probe).statusCode();
    }

    /** What the readiness probe's answer, which is 200, tells of what can be reached. */
    JsonNode surroundings() throws IOException {
        if (status("ready") != 200) {
            throw new AssertionError("not ready: " + operator.health("ready").body());
        }
        for (JsonNode check :
                new JsonMapper().readTree(operator.health("ready").body()).path("checks")) {
            if (check.path("name").asText().equals("surroundings")) {
                return check.path("data");
            }
        }
        throw new AssertionError("no check of that name");
    }

    /** Asks often, beside whatever happens meanwhile, until it is closed. */
    Watching watch() {
        return new Watching(this);
    }

    /** The answers that were given meanwhile, such as {@code live 200}, each once. */
    static final class Watching implements AutoCloseable {
        private final Set<String> answers = ConcurrentHashMap.newKeySet();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread asking;

        private Watching(Probes probes) {
            asking = Thread.ofVirtual().start(() -> ask(probes));
        }

        private void ask(Probes probes) {
            try {
                do {
                    for (String probe : List.of("live", "ready")) {
                        HttpResponse<String> answer = probes.operator.health(probe);
                        answers.add(probe + " " + answer.statusCode()
                                + (answer.statusCode() == 200 ? "" : ": " + answer.body()));
                    }
                } while (!over.await(100, TimeUnit.MILLISECONDS));
            } catch (IOException e) {
                answers.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        Set<String> answers() {
            return answers;
        }

        @Override
        public void close() {
            over.countDown();
            try {
                asking.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
