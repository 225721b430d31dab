/**
 * What a check is, the runner that fetches for all checks and asks each, and exemptions.
 *
 * <p>A check states what it needs and asks, the runner fetches, the check judges; so a check is a pure function. The
 * checks themselves live in {@code catalog}, one package a family.
 */
@NullMarked
package io.promwarden.check;

import org.jspecify.annotations.NullMarked;
