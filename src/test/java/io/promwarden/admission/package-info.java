@NullMarked
package io.promwarden.admission;

import org.jspecify.annotations.NullMarked;
