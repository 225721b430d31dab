/**
 * An Alertmanager over HTTP, read only, by its API v2.
 *
 * <p>Of its status only the version is read: the same answer shows the configuration, with receivers' URLs and their
 * tokens in clear.
 */
@NullMarked
package io.promwarden.alertmanager;

import org.jspecify.annotations.NullMarked;
