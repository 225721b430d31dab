package io.promwarden.observation;

import io.promwarden.label.Labels;

/** One element of an instant vector; a scalar has no labels. */
public record Sample(Labels labels, double value) {}
