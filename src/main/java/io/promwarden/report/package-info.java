/**
 * What a run has to say: {@link io.promwarden.report.GovernanceReport}, built from the stored results of its steps and of
 * the run before, and the ports through which it is kept, rendered and counted.
 *
 * <p>No HTML, SQL or JSON here: those are adapters.
 */
@NullMarked
package io.promwarden.report;

import org.jspecify.annotations.NullMarked;
