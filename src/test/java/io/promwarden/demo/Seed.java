package io.promwarden.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What looks random in the demo and is the same each time: made from names. */
final class Seed {

    /** The letters of Kubernetes' generated names. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private Seed() {}

    static String letters(String text, int length) {
        byte[] digest = digest(text);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(LETTERS.charAt(Byte.toUnsignedInt(digest[i]) % LETTERS.length()));
        }
        return letters.toString();
    }

    /** 0 to 1. */
    static double share(String text) {
        byte[] digest = digest(text);
        return (Byte.toUnsignedInt(digest[0]) * 256 + Byte.toUnsignedInt(digest[1])) / 65535.0;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
