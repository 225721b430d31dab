package io.promwarden.mail;

import io.promwarden.delivery.Deliverer;
import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.DeliveryOutcome.Accepted;
import io.promwarden.delivery.DeliveryOutcome.Failed;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.MessageComposer;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.report.GovernanceReport;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Properties;

/** Writes the mail that would be sent into the report's folder, as {@code <channel>.eml}. */
public final class EmlFile implements Deliverer {

    private final String channel;
    private final Letter letter;

    /**
     * A channel that ends in a file.
     *
     * @param channel also the file's name
     * @throws IllegalArgumentException if the channel's name is no file name
     */
    public EmlFile(String channel, String from, List<String> to, MessageComposer composer, Clock clock) {
        if (!channel.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("not a file name: " + channel);
        }
        this.channel = channel;
        this.letter = new Letter(composer, from, to, clock);
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport report, RenderedFiles files) {
        Path file = files.folder().resolve(channel + ".eml");
        try {
            Path written = Files.createTempFile(files.folder(), channel, ".tmp");
            try (OutputStream out = Files.newOutputStream(written)) {
                letter.write(Session.getInstance(new Properties()), dispatch, report, files)
                        .writeTo(out);
            }
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return new Accepted(file.toString());
        } catch (IOException | MessagingException e) {
            return new Failed("cannot write " + file + ": " + e.getMessage());
        }
    }
}
