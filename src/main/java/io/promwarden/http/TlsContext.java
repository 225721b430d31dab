package io.promwarden.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What became of PEM files: something to speak TLS with, or the reason why not. */
public sealed interface TlsContext {

    /** The files are sound. */
    record Usable(SSLContext context) implements TlsContext {}

    /**
     * A file is missing or isn't what it should be.
     *
     * @param reason with the file's name and what is wrong with it, never with its content
     */
    record Unusable(String reason) implements TlsContext {}

    /** Reads the files. The JDK's own authorities count where no CA is given. */
    static TlsContext of(TlsMaterial material) {
        try {
            return new Usable(context(material));
        } catch (UnusableFileException e) {
            return new Unusable(e.reason);
        } catch (GeneralSecurityException | IOException e) {
            return new Unusable("the TLS files can't be used together: " + e.getMessage());
        }
    }

    private static SSLContext context(TlsMaterial material)
            throws GeneralSecurityException, IOException, UnusableFileException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(material), trustManagers(material.ca()), null);
        return context;
    }

    @SuppressWarnings("NullAway") // null stands for the JDK's own authorities
    private static TrustManager[] trustManagers(Optional<Path> ca)
            throws GeneralSecurityException, IOException, UnusableFileException {
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore trusted = emptyStore();
        for (Certificate certificate : certificates(ca.get())) {
            trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    @SuppressWarnings("NullAway") // null stands for no client certificate
    private static KeyManager[] keyManagers(TlsMaterial material)
            throws GeneralSecurityException, IOException, UnusableFileException {
        if (material.certificate().isEmpty() && material.key().isEmpty()) {
            return null;
        }
        if (material.certificate().isEmpty() || material.key().isEmpty()) {
            throw new UnusableFileException("a client certificate needs its key, and a key its certificate");
        }
        List<Certificate> chain = certificates(material.certificate().get());
        Path keyFile = material.key().get();
        PrivateKey key = switch (PemReader.read(text(keyFile))) {
            case PemKey.Sound sound -> sound.key();
            case PemKey.Unsound unsound -> throw new UnusableFileException(keyFile + " " + unsound.reason());
        };
        KeyStore own = emptyStore();
        own.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, new char[0]);
        return factory.getKeyManagers();
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException, UnusableFileException {
        byte[] pem = text(file).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        List<Certificate> certificates;
        try {
            certificates = new ArrayList<>(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)));
        } catch (CertificateException e) {
            throw new UnusableFileException(file + " isn't a file of PEM certificates");
        }
        if (certificates.isEmpty()) {
            throw new UnusableFileException(file + " holds no certificate");
        }
        return certificates;
    }

    private static String text(Path file) throws UnusableFileException {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableFileException(file + " doesn't exist");
        } catch (IOException e) {
            throw new UnusableFileException(file + " can't be read");
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Carries a reason out of the reading. */
    final class UnusableFileException extends Exception {
        private final String reason;

        UnusableFileException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
