package io.promwarden.http;

/** One server that can be asked over HTTP. Thread-safe; nothing is thrown for what can go wrong in the world. */
public interface Exchange {
    HttpAnswer ask(HttpQuestion question);
}
