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

/** Collects the people that a chat shows to an account: once, or again and again by a schedule. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("ParserJob")
@Singular("parserjob")
@Plural("parserjobs")
@ShortNames({"parsers", "parser", "pj"})
@Categories("beckon")
@ValidationRule(
        value = "self.metadata.name.size() <= 63",
        message = "metadata.name may have at most 63 characters: the parser's Jobs carry it as a label")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(
        name = "Collected",
        jsonPath = ".status.progress.collected",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Bots", jsonPath = ".status.progress.bots", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.nextActionTime")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Deleted",
        jsonPath = ".status.progress.deleted",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Duplicates",
        jsonPath = ".status.progress.duplicates",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Rows",
        jsonPath = ".status.dataset.rows",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.schedule", priority = 1)
@AdditionalPrinterColumn(name = "Last", jsonPath = ".status.lastScheduleTime", priority = 1)
@AdditionalPrinterColumn(name = "Source", jsonPath = ".spec.source", priority = 1)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Reconciling\")].reason",
        priority = 1)
@JsonClassDescription(
        "Collects the people that a Telegram chat shows to an account, into a dataset that a campaign or a file can be made of.")
public class ParserJob extends CustomResource<ParserJobSpec, ParserJobStatus> implements Namespaced {
    /** Neither spec nor annotations: a source may be a private invite link. */
    @Override
    public String toString() {
        return "ParserJob[" + getMetadata().getNamespace() + "/" + getMetadata().getName() + "]";
    }
}
