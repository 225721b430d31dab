package io.promwarden;

import io.promwarden.cli.PromwardenCommand;

/** Where the program starts. */
public final class Promwarden {
    private Promwarden() {}

    public static void main(String[] args) {
        System.exit(PromwardenCommand.execute(args));
    }
}
