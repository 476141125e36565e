/** People as files: CSV that a spreadsheet may safely open, and a dataset on a volume, whole or not at all. */
package dev.beckon.worker.export;
