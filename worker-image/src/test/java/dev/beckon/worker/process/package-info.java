/** The built worker as a process, on a real database, a data centre of our own and real TDLib. */
package dev.beckon.worker.process;
