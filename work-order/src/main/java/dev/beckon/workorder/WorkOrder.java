package dev.beckon.workorder;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What one worker pod is to do. Written by the operator into a Secret whose name carries the document's hash, mounted at
 * {@link Paths#WORK_ORDER}. {@link WorkOrders} reads and writes it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LoginOrder.class, name = "Login"),
    @JsonSubTypes.Type(value = InviteOrder.class, name = "Invite"),
    @JsonSubTypes.Type(value = ParseOrder.class, name = "Parse"),
    @JsonSubTypes.Type(value = PublishOrder.class, name = "Publish")
})
public sealed interface WorkOrder permits LoginOrder, InviteOrder, ParseOrder, PublishOrder {
    /** Raised when a worker of the former version could misread the document. */
    int VERSION = 1;

    int version();

    /** The account whose session the worker uses. */
    AccountRef account();
}
