/**
 * All checks. Each is one class in the package of its family, one page and one folder of fixtures; {@link
 * io.promwarden.catalog.Catalog} only joins the families' lists. Families never use one another.
 */
@NullMarked
package io.promwarden.catalog;

import org.jspecify.annotations.NullMarked;
