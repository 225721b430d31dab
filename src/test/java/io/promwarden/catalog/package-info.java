@NullMarked
package io.promwarden.catalog;

import org.jspecify.annotations.NullMarked;
