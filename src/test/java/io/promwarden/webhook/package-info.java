@NullMarked
package io.promwarden.webhook;

import org.jspecify.annotations.NullMarked;
