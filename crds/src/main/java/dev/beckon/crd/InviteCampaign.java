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

/**
 * Brings people who agreed to it into a chat. What decides who is contacted, and where, is fixed once the campaign has started
 * ({@code status.startTime} is set); pace, limits, message and mode may change while it runs.
 */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("InviteCampaign")
@Singular("invitecampaign")
@Plural("invitecampaigns")
@ShortNames({"campaigns", "campaign", "ic"})
@Categories("beckon")
@ValidationRule(
        value = "self.metadata.name.size() <= 63",
        message = "metadata.name may have at most 63 characters: the campaign's Jobs carry it as a label")
@ValidationRule(
        value = InviteCampaign.NOT_STARTED + " || self.spec.target == oldSelf.spec.target",
        message = "target can't change once the campaign has started: create a new campaign for another chat",
        fieldPath = ".spec.target")
@ValidationRule(
        value = InviteCampaign.NOT_STARTED + " || self.spec.audience == oldSelf.spec.audience",
        message =
                "audience can't change once the campaign has started: create a new campaign for more people; nobody is contacted twice",
        fieldPath = ".spec.audience")
@ValidationRule(
        value = InviteCampaign.NOT_STARTED + " || self.spec.accounts == oldSelf.spec.accounts",
        message =
                "accounts can't change once the campaign has started: each person is assigned to one account; create a new campaign",
        fieldPath = ".spec.accounts")
@ValidationRule(
        value = InviteCampaign.NOT_STARTED + " || (has(self.spec.consent) == has(oldSelf.spec.consent)"
                + " && (!has(self.spec.consent) || self.spec.consent == oldSelf.spec.consent))",
        message =
                "consent can't change once the campaign has started: it was judged person by person; create a new campaign",
        fieldPath = ".spec")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(
        name = "Invited",
        jsonPath = ".status.progress.invited",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Links",
        jsonPath = ".status.progress.linkSent",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Failed",
        jsonPath = ".status.progress.failed",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.nextActionTime")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Skipped",
        jsonPath = ".status.progress.skipped",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Rate",
        jsonPath = ".status.ratePerHour",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "ETA", jsonPath = ".status.estimatedCompletionTime", priority = 1)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.target", priority = 1)
@AdditionalPrinterColumn(
        name = "Reason",
        // All of them that are always there say the same; a webhook campaign has no Succeeded before its end.
        jsonPath = ".status.conditions[?(@.type==\"Stalled\")].reason",
        priority = 1)
@JsonClassDescription("Brings people who agreed to it into a Telegram chat, one at a time, and contacts nobody twice.")
public class InviteCampaign extends CustomResource<InviteCampaignSpec, InviteCampaignStatus> implements Namespaced {
    /** CEL: the campaign as it was had not started yet. */
    static final String NOT_STARTED = "!has(oldSelf.status) || !has(oldSelf.status.startTime)";

    /** Neither spec nor annotations: {@code kubectl apply} keeps the whole manifest, people included, in an annotation. */
    @Override
    public String toString() {
        return "InviteCampaign[" + getMetadata().getNamespace() + "/"
                + getMetadata().getName() + "]";
    }
}
