package dev.beckon.bench.campaigns;

import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.InviteCampaignStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A campaign in a group of its own, which the operator does not watch: the same schema, the same rules, the same size. */
@Group(PeerCampaign.GROUP)
@Version("v1alpha1")
@Kind("InviteCampaign")
@Plural("invitecampaigns")
public final class PeerCampaign extends CustomResource<InviteCampaignSpec, InviteCampaignStatus> implements Namespaced {
    static final String GROUP = "peer.beckon.dev";
    private static final long serialVersionUID = 1;

    /** The definition of the real one, in the other group. */
    static String definition(String original) {
        return original.replace("invitecampaigns.beckon.dev", "invitecampaigns." + GROUP)
                .replace("group: beckon.dev", "group: " + GROUP);
    }
}
