package io.promwarden.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects a body, and gives it up as soon as it is, or says that it will be, larger than the cap. */
final class CappedBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final long cap;
    private final long announced;
    private byte[] collected;
    private int size;
    private @Nullable Subscription subscription;

    /** A body that was larger than its cap. */
    static final class TooLargeException extends IOException {
        TooLargeException(long cap) {
            super("larger than " + cap + " bytes");
        }
    }

    CappedBody(long cap, HttpHeaders headers) {
        this.cap = Math.min(cap, Integer.MAX_VALUE - 16);
        this.announced = headers.firstValueAsLong("Content-Length").orElse(0);
        this.collected = new byte[Math.clamp(announced, 1024, 1 << 20)];
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        if (announced > cap) {
            giveUp(newSubscription);
        } else {
            newSubscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (whole.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            int more = buffer.remaining();
            if (size + (long) more > cap) {
                if (subscription != null) {
                    giveUp(subscription);
                }
                return;
            }
            makeRoom(more);
            buffer.get(collected, size, more);
            size += more;
        }
    }

    @Override
    public void onError(Throwable cause) {
        whole.completeExceptionally(cause);
        collected = new byte[0];
    }

    @Override
    public void onComplete() {
        whole.complete(size == collected.length ? collected : java.util.Arrays.copyOf(collected, size));
        collected = new byte[0];
    }

    private void makeRoom(int more) {
        if (size + more > collected.length) {
            long doubled = Math.min(cap, Math.max(size + (long) more, collected.length * 2L));
            collected = java.util.Arrays.copyOf(collected, (int) doubled);
        }
    }

    private void giveUp(Subscription toCancel) {
        toCancel.cancel();
        collected = new byte[0];
        whole.completeExceptionally(new TooLargeException(cap));
    }
}
