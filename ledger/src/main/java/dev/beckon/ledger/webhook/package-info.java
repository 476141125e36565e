/**
 * People who come in one by one, through a gateway: the operator opens a door for each webhook campaign, a gateway finds it by
 * its name and puts people into the campaign's queue. From there on they are people of a campaign like any others.
 */
package dev.beckon.ledger.webhook;
