package io.promwarden.capture;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a capture is read from. */
interface CaptureFiles {

    /** The file of this name, if the capture has one. The caller closes it. */
    Optional<InputStream> open(String name) throws IOException;

    /** How a person finds that file. */
    String place(String name);

    /** A folder, of whatever file system. */
    static CaptureFiles folder(Path folder) {
        return new CaptureFiles() {
            @Override
            public Optional<InputStream> open(String name) throws IOException {
                Path file = folder.resolve(name);
                return Files.isRegularFile(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
            }

            @Override
            public String place(String name) {
                return folder.resolve(name).toString();
            }
        };
    }

    /** A folder on the class path, also inside the product's jar. */
    static CaptureFiles resources(ClassLoader loader, String folder) {
        return new CaptureFiles() {
            @Override
            public Optional<InputStream> open(String name) throws IOException {
                URL file = loader.getResource(folder + "/" + name);
                if (file == null) {
                    return Optional.empty();
                }
                URLConnection connection = file.openConnection();
                // A cached connection would share one open jar file among all readers.
                connection.setUseCaches(false);
                return Optional.of(connection.getInputStream());
            }

            @Override
            public String place(String name) {
                return "classpath:" + folder + "/" + name;
            }
        };
    }
}
