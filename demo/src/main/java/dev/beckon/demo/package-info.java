/**
 * Everything on one machine: the commands behind {@code make demo}, {@code make up}, {@code make down}, {@code make bench}
 * and {@code make chaos}.
 */
package dev.beckon.demo;
