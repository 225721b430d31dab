package io.promwarden.relabel;

/**
 * Which label names are legal. It stands for the server's major version, and so for the other difference that matters
 * here, too: since 3.0 a dot in an expression matches a line break.
 */
public enum NameScheme {
    /** Prometheus 2: {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
    LEGACY,
    /** Prometheus 3: any text that isn't empty. */
    UTF8;

    /** True if a label may have that name. */
    public boolean allows(String name) {
        if (name.isEmpty()) {
            return false;
        }
        return switch (this) {
            case UTF8 -> true;
            case LEGACY -> legacy(name);
        };
    }

    private static boolean legacy(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
