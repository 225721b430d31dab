@NullMarked
package io.promwarden.coverage;

import org.jspecify.annotations.NullMarked;
