@NullMarked
package io.promwarden.manifests;

import org.jspecify.annotations.NullMarked;
