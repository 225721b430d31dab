package io.promwarden.http;

import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM. The JDK reads PKCS#8 only; OpenSSL's older forms (PKCS#1 for RSA, RFC 5915 for EC) are put into a
 * PKCS#8 envelope here.
 */
final class PemReader {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** {@code AlgorithmIdentifier} of RSA: its OID and NULL. */
    private static final byte[] RSA = {
        0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    /** The OID of EC keys; the curve's own follows it. */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private PemReader() {}

    static PemKey read(String pem) {
        if (pem.contains("ENCRYPTED")) {
            return new PemKey.Unsound(
                    "holds an encrypted key: write it without a passphrase, " + "e.g. openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] curve = new byte[0];
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            byte[] der;
            try {
                der = Base64.getMimeDecoder().decode(block.group(2));
            } catch (IllegalArgumentException e) {
                return new PemKey.Unsound("isn't sound PEM");
            }
            switch (block.group(1)) {
                case "EC PARAMETERS" -> curve = der;
                case "PRIVATE KEY" -> {
                    return key(der);
                }
                case "RSA PRIVATE KEY" -> {
                    return key(envelope(RSA, der));
                }
                case "EC PRIVATE KEY" -> {
                    byte[] named = curveOf(der).orElse(curve);
                    return named.length == 0
                            ? new PemKey.Unsound("holds an EC key that doesn't name its curve")
                            : key(envelope(der(0x30, EC, named), der));
                }
                default -> {
                    // A certificate, or something else that may stand beside the key.
                }
            }
        }
        return new PemKey.Unsound("holds no private key in PEM");
    }

    private static PemKey key(byte[] pkcs8) {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return new PemKey.Sound(
                        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (InvalidKeySpecException e) {
                // Another algorithm's, perhaps.
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + algorithm, e);
            }
        }
        return new PemKey.Unsound("holds a key that is neither RSA, EC nor EdDSA, or a damaged one");
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return der(0x30, new byte[] {2, 1, 0}, algorithm, der(4, key));
    }

    /** {@code ECPrivateKey ::= SEQUENCE { version, privateKey, parameters [0] OPTIONAL, ... }}. */
    private static Optional<byte[]> curveOf(byte[] der) {
        int at = contentAt(der, 0);
        while (at >= 0 && at < der.length) {
            int content = contentAt(der, at);
            int end = content < 0 ? -1 : content + lengthAt(der, at);
            if (end < 0 || end > der.length) {
                return Optional.empty();
            }
            if ((der[at] & 0xff) == 0xa0) {
                return Optional.of(java.util.Arrays.copyOfRange(der, content, end));
            }
            at = end;
        }
        return Optional.empty();
    }

    private static int contentAt(byte[] der, int at) {
        if (at + 1 >= der.length) {
            return -1;
        }
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            if (at + 2 + i >= der.length || length > 0xffff) {
                return Integer.MAX_VALUE / 2;
            }
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >> 8);
            whole.write(length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
