package io.promwarden.pem;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The two questions that the Prometheus Operator asks of key material before it gives it to a Prometheus. */
public final class KeyMaterial {

    private static final byte[] PROBE = {1, 2, 3, 4};

    private KeyMaterial() {}

    /** True if the first PEM block is an X.509 certificate. Nothing, which nobody would parse, is fine too. */
    public static boolean firstIsCertificate(byte[] pem) {
        if (pem.length == 0) {
            return true;
        }
        List<PemBlock> blocks = PemBlock.all(pem);
        return !blocks.isEmpty() && certificate(blocks.getFirst().bytes()).isPresent();
    }

    /** True if the first certificate of the one and the first private key of the other belong together, or one is empty. */
    public static boolean isPair(byte[] certificatePem, byte[] keyPem) {
        if (certificatePem.length == 0 || keyPem.length == 0) {
            return true;
        }
        Optional<X509Certificate> certificate = PemBlock.all(certificatePem).stream()
                .filter(block -> block.type().equals("CERTIFICATE"))
                .findFirst()
                .flatMap(block -> certificate(block.bytes()));
        Optional<PrivateKey> key = PemBlock.all(keyPem).stream()
                .filter(block ->
                        block.type().equals("PRIVATE KEY") || block.type().endsWith(" PRIVATE KEY"))
                .findFirst()
                .flatMap(block -> PrivateKeys.any(block.bytes()));
        return certificate.isPresent() && key.isPresent() && belong(certificate.get(), key.get());
    }

    private static Optional<X509Certificate> certificate(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
                                    instanceof X509Certificate certificate
                            && certificate.getEncoded().length == der.length
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** What the one signs, the other must verify. */
    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            // The key alone: the certificate's key usage and dates are nobody's concern here.
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(PROBE);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
