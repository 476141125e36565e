package dev.beckon.simulator.world;

/** To whom a privacy setting opens something. */
public enum Audience {
    EVERYBODY,
    /** Those whom the person has among the contacts. */
    CONTACTS,
    NOBODY
}
