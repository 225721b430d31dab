package io.promwarden.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Collects a body as it comes, up to a cap. */
final class BodyCollector implements AsyncBody.Consumer<List<ByteBuffer>> {

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final long cap;

    /** A body that was larger than its cap. */
    static final class TooLargeException extends IOException {
        TooLargeException(long cap) {
            super("the answer is larger than the cap of " + cap + " bytes");
        }
    }

    BodyCollector(long cap) {
        this.cap = cap;
    }

    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) throws IOException {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            if (collected.size() + (long) bytes.length > cap) {
                throw new TooLargeException(cap);
            }
            buffer.get(bytes);
            collected.write(bytes);
        }
        body.consume();
    }

    byte[] bytes() {
        return collected.toByteArray();
    }
}
