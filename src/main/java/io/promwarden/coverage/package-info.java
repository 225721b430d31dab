/**
 * Which services and workloads are really scraped, by evidence: {@code CoverageMeasure} is a pure function from what is
 * declared and what is running to {@link io.promwarden.coverage.Coverage}.
 */
@NullMarked
package io.promwarden.coverage;

import org.jspecify.annotations.NullMarked;
