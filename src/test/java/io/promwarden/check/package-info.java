@NullMarked
package io.promwarden.check;

import org.jspecify.annotations.NullMarked;
