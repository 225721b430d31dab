package io.promwarden.answer;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the world said to one question. {@link Unknown} means that nobody could look; an empty list inside
 * {@link Known} means that somebody looked and found none.
 */
public sealed interface Answer<T> {

    static <T> Answer<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Answer<T> unknown(String reason) {
        return new Unknown<>(reason);
    }

    <R> Answer<R> map(Function<? super T, ? extends R> change);

    <R> Answer<R> flatMap(Function<? super T, ? extends Answer<R>> next);

    /** The value, where there is one. Whoever drops the reason has to report it elsewhere. */
    Optional<T> value();

    /** Why there is no value, where there is none. */
    Optional<String> reason();

    /** An answer. */
    record Known<T>(T known) implements Answer<T> {
        public Known {
            Objects.requireNonNull(known, "known");
        }

        @Override
        public <R> Answer<R> map(Function<? super T, ? extends R> change) {
            return new Known<>(change.apply(known));
        }

        @Override
        public <R> Answer<R> flatMap(Function<? super T, ? extends Answer<R>> next) {
            return Objects.requireNonNull(next.apply(known));
        }

        @Override
        public Optional<T> value() {
            return Optional.of(known);
        }

        @Override
        public Optional<String> reason() {
            return Optional.empty();
        }
    }

    /** No answer, and why, in words that a person on call understands, e.g. {@code 403: pods is forbidden}. */
    record Unknown<T>(String why) implements Answer<T> {
        public Unknown {
            if (why.isBlank()) {
                throw new IllegalArgumentException("an unknown answer needs a reason");
            }
        }

        @Override
        public <R> Answer<R> map(Function<? super T, ? extends R> change) {
            return new Unknown<>(why);
        }

        @Override
        public <R> Answer<R> flatMap(Function<? super T, ? extends Answer<R>> next) {
            return new Unknown<>(why);
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public Optional<String> reason() {
            return Optional.of(why);
        }
    }
}
