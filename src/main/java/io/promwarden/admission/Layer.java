package io.promwarden.admission;

/** Who refuses an object. */
public enum Layer {
    /** The API server, by the CRD: the object never comes to be. */
    SCHEMA("schema"),
    /** The operator: the object is there and is left out of the configuration. */
    CONTROLLER("controller");

    private final String word;

    Layer(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
