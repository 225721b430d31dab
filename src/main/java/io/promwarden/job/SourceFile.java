package io.promwarden.job;

import io.promwarden.answer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A text file as it was read, once. */
final class SourceFile {

    static final int LARGEST = 1 << 20;

    private final byte[] bytes;
    private final String text;

    private SourceFile(byte[] bytes, String text) {
        this.bytes = bytes;
        this.text = text;
    }

    static Answer<SourceFile> open(Path path) {
        if (Files.isDirectory(path)) {
            return Answer.unknown("it is a folder");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                return Answer.unknown("it is larger than 1 MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Answer.known(new SourceFile(bytes, text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (NoSuchFileException e) {
            return Answer.unknown("there is no such file");
        } catch (AccessDeniedException e) {
            return Answer.unknown("there is no permission to read it");
        } catch (CharacterCodingException e) {
            return Answer.unknown("it is not UTF-8 text");
        } catch (IOException e) {
            return Answer.unknown("reading it failed: " + e.getClass().getSimpleName());
        }
    }

    String text() {
        return text;
    }

    void feed(MessageDigest digest) {
        digest.update(bytes);
    }
}
