package dev.beckon.gateway.problem;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.gateway.GatewayMetrics;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Answers every refusal and every fault with a sentence. What a request held stands neither in the answer nor in the log. */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TOO_LARGE = 413;

    private final GatewayMetrics metrics;

    public ProblemMapper(GatewayMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Response toResponse(Throwable fault) {
        Refused refused = refused(fault);
        metrics.refused(refused.status());
        Response.ResponseBuilder response = Response.status(refused.status())
                .type("application/problem+json")
                .entity(document(refused).toString());
        refused.retryAfter().ifPresent(after -> response.header(HttpHeaders.RETRY_AFTER, seconds(after)));
        if (refused.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"beckon\"");
        }
        return response.build();
    }

    private static Refused refused(Throwable fault) {
        return switch (fault) {
            case Refused refused -> refused;
            case WebApplicationException http -> new Refused(http.getResponse().getStatus(), sentence(http));
            default -> {
                // Without its message: it may quote the request.
                LOG.errorf("A request failed: %s at %s", fault.getClass().getName(), where(fault));
                yield new Refused(500, "The gateway failed at this request; its log tells where.");
            }
        };
    }

    private static String where(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return trace.length == 0 ? "?" : trace[0].toString();
    }

    private static String sentence(WebApplicationException http) {
        return switch (http.getResponse().getStatus()) {
            case 404 -> "There is nothing here: a webhook is at /webhook/NAMESPACE/CAMPAIGN.";
            case 405 -> "A webhook takes GET and POST.";
            case TOO_LARGE -> "The body is too large.";
            default -> "The request is not understood.";
        };
    }

    private static ObjectNode document(Refused refused) {
        Response.Status known = Response.Status.fromStatusCode(refused.status());
        return JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", known == null ? "Unprocessable Content" : known.getReasonPhrase())
                .put("status", refused.status())
                .put("detail", refused.getMessage());
    }

    private static long seconds(Duration after) {
        return Math.max(1, after.plusMillis(999).toSeconds());
    }
}
