package io.plumbline;

import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system under the scheme {@code killed}, which at a chosen change of a file stops to answer, as if the
 * process that uses it had been killed: nothing that was written is taken back, nothing that follows is written.
 */
public final class KilledFileSystem extends RawLocalFileSystem {

    private static final URI ROOT = URI.create("killed:///");
    private static final AtomicLong CHANGES = new AtomicLong();
    private static volatile long last = Long.MAX_VALUE;

    /** Lets a number of changes happen and no more; files may be left half written. */
    public static void killAfter(long changes) {
        CHANGES.set(0);
        last = changes;
    }

    /** Lets everything happen; returns how many changes were asked for since the last call of {@link #killAfter}. */
    public static long revive() {
        last = Long.MAX_VALUE;
        return CHANGES.get();
    }

    /** Whether nothing happens any more. */
    public static boolean isKilled() {
        return CHANGES.get() > last;
    }

    /** A folder's path under this scheme. */
    public static String path(java.nio.file.Path folder) {
        return "killed://" + folder.toAbsolutePath();
    }

    private static void change() throws IOException {
        CHANGES.incrementAndGet();
        live();
    }

    private static void live() throws IOException {
        if (isKilled()) {
            throw new IOException("the process was killed");
        }
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return ROOT.getScheme();
    }

    @Override
    public File pathToFile(Path path) {
        return new File(path.toUri().getPath());
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        live();
        return super.open(path, bufferSize);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        live();
        return super.listStatus(path);
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        change();
        return mortal(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        change();
        return mortal(super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        change();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        change();
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        change();
        return super.mkdirs(path);
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        change();
        return super.mkdirs(path, permission);
    }

    private static FSDataOutputStream mortal(OutputStream out) throws IOException {
        return new FSDataOutputStream(
                new FilterOutputStream(out) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        live();
                        out.write(bytes, from, length);
                    }
                },
                null);
    }
}
