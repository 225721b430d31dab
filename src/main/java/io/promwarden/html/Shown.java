package io.promwarden.html;

import io.promwarden.finding.VisibleText;

/** How much of a text from the cluster a page shows. */
final class Shown {

    private Shown() {}

    /** A Kubernetes name has 253 characters at most; a label's value any number. */
    static String name(String text) {
        return VisibleText.line(text, 160);
    }

    static String sentence(String text) {
        return VisibleText.line(text, 400);
    }

    static String code(String text) {
        return VisibleText.block(text, 3000);
    }
}
