@NullMarked
package io.promwarden.catalog.tsdb;

import org.jspecify.annotations.NullMarked;
