/** The run's own metrics, as a real Pushgateway takes them and promtool reads them. */
@NullMarked
package io.promwarden.selfmetrics;

import org.jspecify.annotations.NullMarked;
