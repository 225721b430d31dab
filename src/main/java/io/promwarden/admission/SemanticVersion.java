package io.promwarden.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version in the order of semver.org: {@code 3.0.0-rc.1} comes before {@code 3.0.0}.
 *
 * @param preRelease its identifiers; empty for a release
 */
public record SemanticVersion(long major, long minor, long patch, List<String> preRelease)
        implements Comparable<SemanticVersion> {

    private static final Pattern STRICT =
            Pattern.compile("(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})"
                    + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    public SemanticVersion {
        preRelease = List.copyOf(preRelease);
    }

    /** A version that we write ourselves. */
    public static SemanticVersion of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no version"));
    }

    /**
     * As the operator reads a version: blanks around it and a leading {@code v} are forgiven, as are leading zeros and missing
     * numbers at the end, unless a pre-release follows.
     */
    public static Optional<SemanticVersion> tolerant(String text) {
        String bare = text.strip();
        String[] parts = (bare.startsWith("v") ? bare.substring(1) : bare).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = withoutLeadingZeros(parts[i]);
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.indexOf('+') >= 0 || last.indexOf('-') >= 0)) {
            return Optional.empty();
        }
        return parse(String.join(".", parts) + ".0".repeat(3 - parts.length));
    }

    public boolean atLeast(String floor) {
        return compareTo(of(floor)) >= 0;
    }

    public boolean before(String ceiling) {
        return !atLeast(ceiling);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        if (order != 0 || preRelease.equals(other.preRelease)) {
            return order;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return preRelease.isEmpty() ? 1 : -1;
        }
        for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
            int next = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
            if (next != 0) {
                return next;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    /** E.g. {@code 3.13.2}, without a leading v. */
    @Override
    public String toString() {
        String numbers = major + "." + minor + "." + patch;
        return preRelease.isEmpty() ? numbers : numbers + "-" + String.join(".", preRelease);
    }

    private static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = STRICT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> identifiers = new ArrayList<>();
        if (matcher.group(4) != null) {
            for (String identifier : matcher.group(4).split("\\.", -1)) {
                if (NUMBER.matcher(identifier).matches() && identifier.length() > 1 && identifier.startsWith("0")) {
                    return Optional.empty();
                }
                identifiers.add(identifier);
            }
        }
        return Optional.of(new SemanticVersion(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                identifiers));
    }

    private static String withoutLeadingZeros(String part) {
        int zeros = 0;
        while (part.length() > 1 && zeros < part.length() && part.charAt(zeros) == '0') {
            zeros++;
        }
        String rest = part.substring(zeros);
        boolean number = !rest.isEmpty() && rest.charAt(0) >= '0' && rest.charAt(0) <= '9';
        return number || part.length() < 2 ? rest : "0" + rest;
    }

    private static int compareIdentifiers(String one, String other) {
        boolean number = NUMBER.matcher(one).matches();
        boolean otherNumber = NUMBER.matcher(other).matches();
        if (number && otherNumber) {
            return one.length() != other.length()
                    ? Integer.compare(one.length(), other.length())
                    : one.compareTo(other);
        }
        return number == otherNumber ? one.compareTo(other) : number ? -1 : 1;
    }
}
