@NullMarked
package io.promwarden.html;

import org.jspecify.annotations.NullMarked;
