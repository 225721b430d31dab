@NullMarked
package io.promwarden.wiring;

import org.jspecify.annotations.NullMarked;
