/** Tests of the job files' reader; what a user writes is in {@code src/test/resources/jobs}. */
@NullMarked
package io.promwarden.job;

import org.jspecify.annotations.NullMarked;
