/** Tests of what is installed into a cluster: the manifests under {@code cronjob/}, their rules, and the image. */
@NullMarked
package io.promwarden.cronjob;

import org.jspecify.annotations.NullMarked;
