@NullMarked
package io.promwarden.observation;

import org.jspecify.annotations.NullMarked;
