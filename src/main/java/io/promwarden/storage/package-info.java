/**
 * How a TSDB is doing, by its own metrics and status: pure functions over {@code observation}. Deleting and compacting
 * are in {@code retention}.
 */
@NullMarked
package io.promwarden.storage;

import org.jspecify.annotations.NullMarked;
