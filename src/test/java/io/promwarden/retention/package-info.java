/** Tests of planning and deleting, without servers but for those whose names end in IT. */
@NullMarked
package io.promwarden.retention;

import org.jspecify.annotations.NullMarked;
