@NullMarked
package io.promwarden.http;

import org.jspecify.annotations.NullMarked;
