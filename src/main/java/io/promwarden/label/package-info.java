/**
 * Labels, matchers and series selectors as Prometheus writes them, and the one function that quotes a value for
 * PromQL. Kubernetes selectors are not here: they belong to {@code inventory}.
 */
@NullMarked
package io.promwarden.label;

import org.jspecify.annotations.NullMarked;
