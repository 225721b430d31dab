/**
 * The report as one self-contained HTML page, and as the HTML part of a mail, both from Thymeleaf templates.
 *
 * <p>A view per section turns results into rows of ready words, capped and shortened; templates only arrange and escape
 * them. Nothing here decides what a result means: that is {@code report}'s.
 */
@NullMarked
package io.promwarden.html;

import org.jspecify.annotations.NullMarked;
