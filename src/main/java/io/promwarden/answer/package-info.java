/**
 * What came back when the world was asked: an answer, or the reason why there is none.
 *
 * <p>Could-not-look is a value here, never an empty list and never an exception. Nothing in this package knows who
 * was asked.
 */
@NullMarked
package io.promwarden.answer;

import org.jspecify.annotations.NullMarked;
