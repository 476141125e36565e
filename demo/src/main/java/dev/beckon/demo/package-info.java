/**
 * Everything on one machine: the commands behind {@code make demo}, {@code make up} and
 * {@code make down}.
 */
package dev.beckon.demo;
