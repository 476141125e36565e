/** Builds the OCI images of operator, worker and gateway, without Docker and without a registry; {@code scripts/images} runs it. */
package dev.beckon.images;
