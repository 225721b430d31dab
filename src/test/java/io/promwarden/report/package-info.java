@NullMarked
package io.promwarden.report;

import org.jspecify.annotations.NullMarked;
