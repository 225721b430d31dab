@NullMarked
package io.promwarden.formats;

import org.jspecify.annotations.NullMarked;
