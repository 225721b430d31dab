/**
 * A recorded world: what a run was answered, written to a folder, and the same folder answering instead of a cluster.
 *
 * <p>Objects are stored trimmed and HTTP answers cut down to {@link io.promwarden.capture.AllowList}, so a capture can be
 * handed to somebody else. How answers are read is not known here: the adapters do that, from a live server and from a
 * capture alike.
 */
@NullMarked
package io.promwarden.capture;

import org.jspecify.annotations.NullMarked;
