package io.promwarden.pem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** One block between BEGIN and END, as Go's {@code pem.Decode} finds it: text around the blocks and headers are skipped. */
final class PemBlock {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "\n-----END ";
    private static final String DASHES = "-----";

    private final String type;
    private final byte[] bytes;
    private final int next;

    private PemBlock(String type, byte[] bytes, int next) {
        this.type = type;
        this.bytes = bytes;
        this.next = next;
    }

    /** E.g. {@code CERTIFICATE}. */
    String type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }

    /** All sound blocks, in their order. */
    static List<PemBlock> all(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        List<PemBlock> blocks = new ArrayList<>();
        int from = 0;
        while (true) {
            Optional<PemBlock> block = next(text, from);
            if (block.isEmpty()) {
                return blocks;
            }
            blocks.add(block.get());
            from = block.get().next;
        }
    }

    /** The first sound block at or behind an index; what is damaged is skipped. */
    private static Optional<PemBlock> next(String text, int start) {
        int from = start;
        while (true) {
            int end = text.indexOf(END, from);
            if (end < 0) {
                return Optional.empty();
            }
            int begin = text.lastIndexOf(BEGIN, end);
            boolean atLineStart = begin == from || (begin > from && text.charAt(begin - 1) == '\n');
            if (begin >= from && atLineStart) {
                Optional<PemBlock> block = between(text, begin, end);
                if (block.isPresent()) {
                    return block;
                }
            }
            from = end + END.length();
        }
    }

    private static Optional<PemBlock> between(String text, int begin, int end) {
        int line = lineEnd(text, begin);
        String head = trimmed(text.substring(begin + BEGIN.length(), line));
        if (!head.endsWith(DASHES)) {
            return Optional.empty();
        }
        String type = head.substring(0, head.length() - DASHES.length());
        int trailer = end + END.length();
        int last = lineEnd(text, trailer);
        if (!trimmed(text.substring(trailer, last)).equals(type + DASHES)) {
            return Optional.empty();
        }
        int body = Math.min(line + 1, text.length());
        while (body < end && text.substring(body, lineEnd(text, body)).indexOf(':') >= 0) {
            body = lineEnd(text, body) + 1;
        }
        return decoded(text.substring(Math.min(body, end), end))
                .map(bytes -> new PemBlock(type, bytes, Math.min(last + 1, text.length())));
    }

    private static Optional<byte[]> decoded(String body) {
        String bare = body.replaceAll("[ \t\r\n]", "");
        if (bare.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static String trimmed(String line) {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return line.substring(0, end);
    }
}
