@NullMarked
package io.promwarden.alertmanager;

import org.jspecify.annotations.NullMarked;
