@NullMarked
package io.promwarden.finding;

import org.jspecify.annotations.NullMarked;
