/**
 * The generator of the demo: a described cluster, a proxy that plays its exporters, real Prometheus and Alertmanager
 * processes that scrape it, and the recording of two nights. Run by {@code scripts/demo-world}; what it writes is
 * checked in under {@code src/main/resources/demo}. The test of what it wrote is {@code DemoTest}.
 */
@NullMarked
package io.promwarden.demo;

import org.jspecify.annotations.NullMarked;
