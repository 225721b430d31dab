package io.promwarden;

/** Where the program starts. */
public final class Promwarden {
    private Promwarden() {}

    public static void main(String[] args) {}
}
