package io.promwarden.capture;

import io.promwarden.http.HttpQuestion;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.ReferencedData.Reference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where in a capture something stands. Names of files follow from what is in them and are never read from the capture:
 * a hostile capture cannot point outside of its folder.
 */
final class CaptureLayout {

    static final String MANIFEST = "capture.json";

    private static final int LONGEST = 80;

    private CaptureLayout() {}

    static String objects(String cluster, ObjectKind kind) {
        return fileName(cluster) + "/kubernetes/" + kind.plural() + ".json";
    }

    /** A question about references; each has a file of its own. */
    static String reference(String cluster, String question, List<Reference> about) {
        String text = question + "-" + about.stream().map(Reference::text).collect(Collectors.joining("-"));
        return fileName(cluster) + "/references/" + fileName(text) + ".json";
    }

    static String answer(String cluster, CapturedServer server, HttpQuestion question) {
        String folder = fileName(server.kind().word().toLowerCase(java.util.Locale.ROOT) + "-"
                + server.id().owner() + "-" + server.id().instance());
        return fileName(cluster) + "/servers/" + folder + "/" + questionFile(question) + ".json";
    }

    /** The path, and a hash of the parameters where there are any: GET and POST of the same question are the same. */
    private static String questionFile(HttpQuestion question) {
        String path = fileName(question.path().substring(1).replace('/', '-'));
        if (question.parameters().isEmpty()) {
            return path;
        }
        String parameters = question.parameters().stream()
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .sorted()
                .collect(Collectors.joining("\0"));
        return path + "-" + hash(parameters, 6);
    }

    /** A name that is a file name everywhere; two different names stay different. */
    static String fileName(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length() && i < LONGEST; i++) {
            char c = name.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (i > 0 && (c == '-' || c == '.'));
            plain.append(allowed ? c : '_');
        }
        return plain.toString().equals(name) && !name.isEmpty() ? name : plain + "-" + hash(name, 4);
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
