package io.promwarden.job;

/**
 * Something that is wrong in a job file, or in its exemptions file.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, in one sentence; never holds a secret, even one that was written where it must not be
 * @param remedy what to do about it
 */
public record Problem(String file, int line, int column, String message, String remedy) {

    /** {@code file:line:column}, as compilers write it. */
    public String position() {
        return file + ":" + line + ":" + column;
    }
}
