package io.promwarden.job;

import java.util.List;

/** What came of reading a job file. */
public sealed interface Reading {

    /**
     * A job that can be run.
     *
     * @param warnings what is worth knowing and no reason not to run, e.g. an exemption that has expired
     */
    record Sound(JobDefinition definition, List<Problem> warnings) implements Reading {
        public Sound {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A job that must not be run.
     *
     * @param problems all of them, in the order of the file; never empty
     */
    record Unsound(List<Problem> problems) implements Reading {
        public Unsound {
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("nothing is wrong");
            }
            problems = List.copyOf(problems);
        }
    }
}
