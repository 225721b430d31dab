package io.promwarden.inventory;

import io.promwarden.answer.Answer;

/**
 * Answers questions about what Secrets and ConfigMaps hold. A value never leaves an implementation, and none keeps one.
 * Unknown when the object may not be read; an object that does not exist is an answer.
 */
public interface ReferencedData {

    /** How a reason begins when nobody was even to look. */
    String NOT_ALLOWED = "not allowed to read Secrets";

    /** A key of a Secret or ConfigMap. */
    record Reference(Type type, String namespace, String name, String key) {

        /** What holds the key. */
        public enum Type {
            SECRET("Secret"),
            CONFIG_MAP("ConfigMap");

            private final String word;

            Type(String word) {
                this.word = word;
            }

            public String word() {
                return word;
            }
        }

        /** E.g. {@code Secret shop/tls, key ca.crt}. */
        public String text() {
            return type.word() + " " + namespace + "/" + name + ", key " + key;
        }
    }

    /** True if the object is there and holds the key in {@code data}; an empty value counts, {@code binaryData} doesn't. */
    Answer<Boolean> exists(Reference reference);

    /** True if the first PEM block of the value is an X.509 certificate. An empty value, which nobody parses, is true. */
    Answer<Boolean> firstPemIsCertificate(Reference reference);

    /**
     * True if the certificate and the private key belong together, as Go's {@code tls.X509KeyPair} judges it. If one of
     * them is empty nobody parses them: true.
     */
    Answer<Boolean> isKeyPair(Reference certificate, Reference key);

    /** Nobody may look. */
    static ReferencedData unread(String why) {
        return new ReferencedData() {
            @Override
            public Answer<Boolean> exists(Reference reference) {
                return Answer.unknown(why);
            }

            @Override
            public Answer<Boolean> firstPemIsCertificate(Reference reference) {
                return Answer.unknown(why);
            }

            @Override
            public Answer<Boolean> isKeyPair(Reference certificate, Reference key) {
                return Answer.unknown(why);
            }
        };
    }
}
