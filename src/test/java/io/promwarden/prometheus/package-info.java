@NullMarked
package io.promwarden.prometheus;

import org.jspecify.annotations.NullMarked;
