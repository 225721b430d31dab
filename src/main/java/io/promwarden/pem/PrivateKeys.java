package io.promwarden.pem;

import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Private keys in DER. The JDK reads PKCS#8 only; OpenSSL's older forms (PKCS#1 for RSA, RFC 5915 for EC) are put into a PKCS#8
 * envelope here.
 */
public final class PrivateKeys {

    /** {@code AlgorithmIdentifier} of RSA: its OID and NULL. */
    private static final byte[] RSA = {
        0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    /** The OID of EC keys; the curve's own follows it. */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private PrivateKeys() {}

    /** A PKCS#8 key; empty if it is none, or neither RSA, EC nor EdDSA. */
    public static Optional<PrivateKey> pkcs8(byte[] der) {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
            } catch (InvalidKeySpecException e) {
                // Another algorithm's, perhaps.
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + algorithm, e);
            }
        }
        return Optional.empty();
    }

    /** An RSA key in PKCS#1. */
    public static Optional<PrivateKey> pkcs1(byte[] der) {
        return pkcs8(envelope(RSA, der));
    }

    /** The curve's object identifier in an EC key after RFC 5915, if it names one. */
    public static Optional<byte[]> curve(byte[] der) {
        return curveOf(der);
    }

    /** An EC key after RFC 5915 on a curve. */
    public static Optional<PrivateKey> ec(byte[] der, byte[] curve) {
        return pkcs8(envelope(der(0x30, EC, curve), der));
    }

    /** A key in any of the three forms, told by what follows the version number. */
    static Optional<PrivateKey> any(byte[] der) {
        int version = contentAt(der, 0);
        int next = version < 0 || version + 1 >= der.length ? -1 : contentAt(der, version) + lengthAt(der, version);
        if (next < 0 || next >= der.length) {
            return Optional.empty();
        }
        return switch (der[next]) {
            case 2 -> pkcs1(der);
            case 4 -> curveOf(der).flatMap(curve -> ec(der, curve));
            default -> pkcs8(der);
        };
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
