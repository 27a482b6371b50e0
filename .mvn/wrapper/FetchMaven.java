import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Downloads the Maven distribution of {@code maven-wrapper.properties}, compares its SHA-512 sum and unpacks it. It
 * needs nothing but a JDK: {@code java FetchMaven.java PROPERTIES HOME}.
 *
 * <p>The distribution comes from the repository named by {@code MVNW_REPOURL}, else from the mirror of all or of the
 * central repository in {@code ~/.m2/settings.xml}, else from the archive of the Apache Software Foundation.
 */
class FetchMaven {

    private static final Pattern MIRROR = Pattern.compile("<mirror>(.*?)</mirror>", Pattern.DOTALL);
    private static final Pattern URL = Pattern.compile("<url>\\s*(.*?)\\s*</url>");
    private static final Pattern MIRROR_OF = Pattern.compile("<mirrorOf>\\s*(central|\\*|external:\\*)[,\\s]*.*?</mirrorOf>");

    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            properties.load(in);
        }
        String version = properties.getProperty("distributionVersion");
        Path home = Path.of(args[1]).toAbsolutePath();
        try {
            fetch(version, properties.getProperty("distributionSha512Sum"), home);
        } catch (IOException e) {
            System.err.println("Maven " + version + " cannot be downloaded: " + e
                    + ". Install Maven, or set MVNW_REPOURL to a Maven repository that can be reached.");
            System.exit(1);
        }
    }

    private static void fetch(String version, String sum, Path home) throws Exception {
        Files.createDirectories(home.getParent());
        Path folder = Files.createTempDirectory(home.getParent(), "fetch");
        try {
            URI source = source(version);
            System.err.println("Downloading Maven " + version + " from " + source);
            Path archive = folder.resolve("maven.zip");
            download(source, archive);
            check(archive, sum, source);
            unpack(archive, folder);
            Path unpacked = folder.resolve("apache-maven-" + version);
            unpacked.resolve("bin/mvn").toFile().setExecutable(true);
            if (!Files.exists(home)) {
                Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            delete(folder);
        }
    }

    private static URI source(String version) throws IOException {
        String file = "apache-maven-" + version + "-bin.zip";
        return repository()
                .map(url -> url.replaceFirst("/+$", "") + "/org/apache/maven/apache-maven/" + version + "/" + file)
                .map(URI::create)
                .orElseGet(() -> URI.create(
                        "https://archive.apache.org/dist/maven/maven-3/" + version + "/binaries/" + file));
    }

    private static Optional<String> repository() throws IOException {
        String named = System.getenv("MVNW_REPOURL");
        if (named != null && !named.isBlank()) {
            return Optional.of(named);
        }
        Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        if (!Files.exists(settings)) {
            return Optional.empty();
        }
        String text = Files.readString(settings).replaceAll("(?s)<!--.*?-->", "");
        return MIRROR.matcher(text)
                .results()
                .map(mirror -> mirror.group(1))
                .filter(mirror -> MIRROR_OF.matcher(mirror).find())
                .map(URL::matcher)
                .filter(Matcher::find)
                .map(url -> url.group(1))
                .findFirst();
    }

    private static void download(URI source, Path archive) throws IOException {
        try (InputStream in = source.toURL().openConnection(proxy(source)).getInputStream()) {
            Files.copy(in, archive);
        }
    }

    /** The proxy of {@code https_proxy} or {@code http_proxy}, which a JVM does not read by itself. */
    private static Proxy proxy(URI source) {
        return Stream.of(source.getScheme() + "_proxy", source.getScheme().toUpperCase() + "_PROXY")
                .map(System::getenv)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .map(URI::create)
                .map(uri -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort())))
                .orElse(Proxy.NO_PROXY);
    }

    private static void check(Path archive, String expected, URI source) throws Exception {
        String actual =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive)));
        if (!actual.equals(expected)) {
            throw new IOException("the SHA-512 sum of " + source + " is " + actual + ", expected " + expected);
        }
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("the archive names a file outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted((left, right) -> right.compareTo(left)).forEach(path -> path.toFile().delete());
        }
    }
}
