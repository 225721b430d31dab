/**
 * Certificates and private keys as PEM writes them, read as Go reads them: which is what decides whether the Prometheus Operator
 * takes them. Values come in and answers go out; nothing is kept.
 */
@NullMarked
package io.promwarden.pem;

import org.jspecify.annotations.NullMarked;
