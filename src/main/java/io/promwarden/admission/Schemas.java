package io.promwarden.admission;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;

/** The schema layer: what the API server would do, by the CRDs where they are known and else by the essentials. */
public interface Schemas {

    /** What the API server would do with an object of one of the four kinds. */
    SchemaResult admit(ObjectKind kind, RawObject object);

    /** True if the kind's CRD is not known, so that only what operator-wide knowledge says of it is judged. */
    boolean essentialsOnly(ObjectKind kind);
}
