package io.promwarden.explain;

import java.util.Locale;

/** The links of the chain, in their order. */
public enum LinkName {
    DECLARED,
    SELECTED,
    ACCEPTED,
    MANAGED,
    PERMITTED,
    MATCHED,
    PORT,
    ADDRESSES,
    RELABELING,
    LOADED,
    SCRAPED,
    SAMPLES;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
