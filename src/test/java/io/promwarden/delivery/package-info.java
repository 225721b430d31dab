@NullMarked
package io.promwarden.delivery;

import org.jspecify.annotations.NullMarked;
