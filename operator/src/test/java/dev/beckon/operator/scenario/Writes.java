package dev.beckon.operator.scenario;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written to others than Beckon's own resources: without such a write no worker has changed. */
final class Writes implements Interceptor {
    private final AtomicLong count = new AtomicLong();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals("GET") && !request.uri().getPath().startsWith("/apis/beckon.dev/")) {
            count.incrementAndGet();
        }
    }

    long count() {
        return count.get();
    }
}
