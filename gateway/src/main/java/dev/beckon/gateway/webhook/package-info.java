/**
 * The door of webhook campaigns. A request passes, in this order: is it signed or does it show the token ({@link
 * dev.beckon.gateway.webhook.Callers}), does it come too often, is the campaign open, can it be read ({@link
 * dev.beckon.gateway.webhook.Fields}, {@link dev.beckon.gateway.webhook.EventReader}), is it kept ({@link
 * dev.beckon.gateway.webhook.EventQueue}). Only then it is answered with 202.
 */
package dev.beckon.gateway.webhook;
