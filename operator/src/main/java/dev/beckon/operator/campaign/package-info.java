/**
 * {@code InviteCampaign}: what is so ({@link dev.beckon.operator.campaign.Observed}), what to do
 * ({@link dev.beckon.operator.campaign.CampaignPlanner}, pure), doing it ({@link dev.beckon.operator.campaign.CampaignActor})
 * and telling it ({@link dev.beckon.operator.campaign.CampaignStatusFactory}, pure).
 * {@link dev.beckon.operator.campaign.CampaignReconciler} reads in this order.
 */
package dev.beckon.operator.campaign;
