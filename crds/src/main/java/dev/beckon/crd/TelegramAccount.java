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

/** A Telegram account of the team: how it logs in, and how much it may do in a day. */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("TelegramAccount")
@Singular("telegramaccount")
@Plural("telegramaccounts")
@ShortNames("tga")
@Categories("beckon")
@ValidationRule(
        value = "self.metadata.name.size() <= 63",
        message = "metadata.name may have at most 63 characters: the account's Jobs carry it as a label")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "User", jsonPath = ".status.user.username")
@AdditionalPrinterColumn(
        name = "Invites",
        jsonPath = ".status.usage.invites",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Messages",
        jsonPath = ".status.usage.messages",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Cool-Down", jsonPath = ".status.coolDownUntil")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Login", jsonPath = ".spec.login.method", priority = 1)
@AdditionalPrinterColumn(name = "Phone", jsonPath = ".status.user.phone", priority = 1)
@AdditionalPrinterColumn(name = "Holder", jsonPath = ".status.lease.holder", priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@JsonClassDescription("A Telegram account of the team, whose session workers take turns to use.")
public class TelegramAccount extends CustomResource<TelegramAccountSpec, TelegramAccountStatus> implements Namespaced {
    /** Neither status nor annotations: the first holds the team's own name, the second whatever a user wrote. */
    @Override
    public String toString() {
        return "TelegramAccount[" + getMetadata().getNamespace() + "/"
                + getMetadata().getName() + "]";
    }
}
