package dev.beckon.gateway.webhook;

import dev.beckon.gateway.problem.Refused;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The door in HTTP. */
@Path("/webhook/{namespace}/{campaign}")
@RunOnVirtualThread
public class WebhookResource {
    /** Far more than a person's fields need. */
    static final int LARGEST_BODY = 16 * 1024;

    private static final byte[] NO_BODY = {};

    private final Webhook webhook;

    public WebhookResource(Webhook webhook) {
        this.webhook = webhook;
    }

    /** Takes an event in that stands in the query. */
    @GET
    public Response get(
            @PathParam("namespace") String namespace,
            @PathParam("campaign") String campaign,
            @Context HttpServerRequest request) {
        return answer(namespace, campaign, request, NO_BODY);
    }

    /** Else it would be a GET, and who only looks would bring a person. */
    @HEAD
    public Response head() {
        throw new Refused(405, "A webhook takes GET and POST.");
    }

    /** Takes an event in that stands in the body, the query, or both. */
    @POST
    public Response post(
            @PathParam("namespace") String namespace,
            @PathParam("campaign") String campaign,
            @Context HttpServerRequest request,
            InputStream body) {
        return answer(namespace, campaign, request, read(body));
    }

    private Response answer(String namespace, String campaign, HttpServerRequest request, byte[] body) {
        String target = request.uri();
        int query = target.indexOf('?');
        Call call = new Call(
                request.method().name(),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                request.headers()::getAll,
                body);
        return Response.accepted(webhook.take(namespace, campaign, call))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static byte[] read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw new Refused(413, "The body has more than " + LARGEST_BODY + " bytes: an event names one person.");
            }
            return bytes;
        } catch (IOException e) {
            throw new Refused(400, "The body ended before its end.");
        }
    }
}
