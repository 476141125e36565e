package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Publishes the team's posts in its chats, one at each time of a schedule. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("AutopostSchedule")
@Singular("autopostschedule")
@Plural("autopostschedules")
@ShortNames({"autoposts", "autopost", "aps"})
@Categories("beckon")
@ValidationRule(
        value = "self.metadata.name.size() <= 63",
        message = "metadata.name may have at most 63 characters: the schedule's Jobs carry it as a label")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(name = "Failures", jsonPath = ".status.failures", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Last", jsonPath = ".status.lastPublishTime")
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.nextPublishTime")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Unknown",
        jsonPath = ".status.outcomeUnknown",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Missed",
        jsonPath = ".status.missed",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.schedule", priority = 1)
@AdditionalPrinterColumn(name = "Zone", jsonPath = ".spec.timeZone", priority = 1)
@AdditionalPrinterColumn(name = "Link", jsonPath = ".status.lastPost.link", priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@JsonClassDescription("Publishes the team's own posts in its chats, one at each time of a schedule.")
public class AutopostSchedule extends CustomResource<AutopostScheduleSpec, AutopostScheduleStatus>
        implements Namespaced {
    /** Neither spec nor annotations: a target may be a private invite link. */
    @Override
    public String toString() {
        return "AutopostSchedule[" + getMetadata().getNamespace() + "/"
                + getMetadata().getName() + "]";
    }
}
