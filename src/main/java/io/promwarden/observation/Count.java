package io.promwarden.observation;

/**
 * How many of something there are under one name.
 *
 * @param name as the server writes it; nothing that a page or a query may trust
 * @param count series, values or bytes, as the list says that it stands in
 */
public record Count(String name, long count) {}
