/**
 * Builds every object of a run from its job definition: the only place that knows every class, resolves secrets, and decides
 * who is asked with which credentials.
 */
@NullMarked
package io.promwarden.wiring;

import org.jspecify.annotations.NullMarked;
