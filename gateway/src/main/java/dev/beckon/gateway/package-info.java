/** The gateway: what comes from outside over HTTP. Its one door so far takes in the people whom webhooks bring. */
package dev.beckon.gateway;
