/** What a person sees while the demo runs: kubectl's own table and events, live. */
package dev.beckon.demo.view;
