package io.promwarden.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operating system's lock on a file beside the database. H2 locks its own file too, but within one process it lets a
 * second opener in, and it cannot say who has it.
 */
final class FileRunLock implements RunLock {

    /** POSIX drops a process's locks on a file when any of its channels to that file closes: never open it twice. */
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path note;
    private final FileChannel channel;
    private final FileLock lock;

    private FileRunLock(Path file, Path note, FileChannel channel, FileLock lock) {
        this.file = file;
        this.note = note;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the lock of a database. */
    static Attempt take(Path database) {
        try {
            Path folder = Files.createDirectories(database.toAbsolutePath().getParent())
                    .toRealPath();
            Path file = folder.resolve(database.getFileName() + ".lock");
            Path note = folder.resolve(database.getFileName() + ".lock-info");
            if (!HELD_BY_THIS_PROCESS.add(file)) {
                return new Held(holder(note));
            }
            Attempt attempt = lock(file, note);
            if (!(attempt instanceof Taken)) {
                HELD_BY_THIS_PROCESS.remove(file);
            }
            return attempt;
        } catch (IOException e) {
            return new Failed(StoreTrouble.folder(database.getParent(), e));
        }
    }

    private static Attempt lock(Path file, Path note) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return new Held(holder(note));
            }
            return new Taken(new FileRunLock(file, note, channel, lock));
        } catch (IOException e) {
            return new Failed(StoreTrouble.folder(file.getParent(), e));
        }
    }

    private static String holder(Path note) {
        try {
            String text = Files.readString(note).strip();
            return text.isEmpty() ? "another run" : text;
        } catch (IOException e) {
            return "another run";
        }
    }

    @Override
    public void announce(Holder holder) {
        try {
            Files.writeString(note, holder.text() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean held() {
        return lock.isValid();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(note);
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_BY_THIS_PROCESS.remove(file);
        }
    }
}
