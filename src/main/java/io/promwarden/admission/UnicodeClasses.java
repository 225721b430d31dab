package io.promwarden.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names that may stand in {@code \p{...}}: Go finds them without heed of case, blanks, dashes and underscores. */
final class UnicodeClasses {

    private static final Set<String> NAMES = names();

    private UnicodeClasses() {}

    static boolean knows(String name) {
        return NAMES.contains(folded(name));
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(List.of("any", "assigned", "ascii"));
        for (String category :
                ("C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm "
                                + "So Z Zl Zp Zs Cased_Letter Close_Punctuation Combining_Mark Connector_Punctuation Control "
                                + "Currency_Symbol Dash_Punctuation Decimal_Number Enclosing_Mark Final_Punctuation Format "
                                + "Initial_Punctuation Letter Letter_Number Line_Separator Lowercase_Letter Mark Math_Symbol "
                                + "Modifier_Letter Modifier_Symbol Nonspacing_Mark Number Open_Punctuation Other Other_Letter "
                                + "Other_Number Other_Punctuation Other_Symbol Paragraph_Separator Private_Use Punctuation "
                                + "Separator Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned "
                                + "Uppercase_Letter cntrl digit punct")
                        .split(" ", -1)) {
            names.add(folded(category));
        }
        for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
            if (script != Character.UnicodeScript.UNKNOWN) {
                names.add(folded(script.name()));
            }
        }
        return names;
    }

    private static String folded(String name) {
        StringBuilder folded = new StringBuilder();
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != ' ' && c != '-' && c != '_') {
                folded.append(c);
            }
        }
        return folded.toString();
    }
}
