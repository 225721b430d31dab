package io.promwarden.catalog.monitor;

import io.promwarden.explain.PatchFix;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A patch as a command to copy. */
final class PatchCommand {

    private PatchCommand() {}

    /** Without the command where it would hold something that looks like a secret. */
    static Fix of(PatchFix fix) {
        StringBuilder json = new StringBuilder();
        write(fix.patch(), json);
        PatchFix.Target target = fix.target();
        String command = "kubectl patch " + Patch.shell(target.kind().toLowerCase(Locale.ROOT)) + " "
                + Patch.shell(target.name())
                + (target.namespace().isEmpty() ? "" : " -n " + Patch.shell(target.namespace()))
                + " --type merge -p '" + json.toString().replace("'", "'\\''") + "'";
        return Redaction.text(command).equals(command) ? Fix.of(fix.text(), command) : Fix.of(fix.text());
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        switch (value) {
            case null -> json.append("null");
            case Map<?, ?> map -> {
                String comma = "";
                json.append('{');
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.append(comma);
                    text(String.valueOf(entry.getKey()), json);
                    json.append(':');
                    write(entry.getValue(), json);
                    comma = ",";
                }
                json.append('}');
            }
            case List<?> list -> {
                String comma = "";
                json.append('[');
                for (Object entry : list) {
                    json.append(comma);
                    write(entry, json);
                    comma = ",";
                }
                json.append(']');
            }
            case Number number -> json.append(number);
            case Boolean flag -> json.append(flag);
            default -> text(value.toString(), json);
        }
    }

    private static void text(String value, StringBuilder json) {
        json.append('"');
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || c == 0x7f || Character.getType(c) == Character.FORMAT) {
                for (char unit : Character.toChars(c)) {
                    json.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                json.appendCodePoint(c);
            }
        });
        json.append('"');
    }
}
