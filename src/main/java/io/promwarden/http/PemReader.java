package io.promwarden.http;

import io.promwarden.pem.PrivateKeys;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM: PKCS#8, or one of OpenSSL's older forms. */
final class PemReader {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

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
                    return key(PrivateKeys.pkcs8(der));
                }
                case "RSA PRIVATE KEY" -> {
                    return key(PrivateKeys.pkcs1(der));
                }
                case "EC PRIVATE KEY" -> {
                    byte[] named = PrivateKeys.curve(der).orElse(curve);
                    return named.length == 0
                            ? new PemKey.Unsound("holds an EC key that doesn't name its curve")
                            : key(PrivateKeys.ec(der, named));
                }
                default -> {
                    // A certificate, or something else that may stand beside the key.
                }
            }
        }
        return new PemKey.Unsound("holds no private key in PEM");
    }

    private static PemKey key(Optional<PrivateKey> key) {
        return key.<PemKey>map(PemKey.Sound::new)
                .orElseGet(() -> new PemKey.Unsound("holds a key that is neither RSA, EC nor EdDSA, or a damaged one"));
    }
}
