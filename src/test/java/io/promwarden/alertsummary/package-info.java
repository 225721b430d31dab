@NullMarked
package io.promwarden.alertsummary;

import org.jspecify.annotations.NullMarked;
