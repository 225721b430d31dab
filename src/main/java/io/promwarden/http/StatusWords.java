package io.promwarden.http;

/** What a status that means 'no' says to a person on call. */
public final class StatusWords {

    private StatusWords() {}

    /** The status with its meaning, e.g. {@code 401: the server wants credentials, or others}. */
    public static String of(int status) {
        return status + ": " + meaning(status);
    }

    private static String meaning(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> "the server redirects, which is never followed: name its final address";
            case 400 -> "the server doesn't understand the question";
            case 401 -> "the server wants credentials, or others";
            case 403 -> "not permitted";
            case 404 -> "there is no such path: is the address right, with its prefix?";
            case 405 -> "the server doesn't allow this call";
            case 422 -> "the server can't carry this out";
            case 429 -> "the server is asked too often";
            case 500 -> "the server failed";
            case 502, 504 -> "something in between can't reach the server";
            case 503 -> "the server isn't ready";
            default -> "an unexpected status";
        };
    }
}
