@NullMarked
package io.promwarden.mail;

import org.jspecify.annotations.NullMarked;
