package io.promwarden.manifests;

import io.promwarden.inventory.Position;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What files hold.
 *
 * @param objects in the order of the files; the entries of a {@code List} stand for themselves
 * @param problems what could not be read; the rest of its document is missing from {@code objects}
 */
public record Manifests(List<RawObject> objects, List<Problem> problems) {

    /** Something that can't be read, and where. */
    public record Problem(Position position, String message) {
        @Override
        public String toString() {
            return position + ": " + message;
        }
    }

    public Manifests {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /** Both, these objects first. */
    public Manifests and(Manifests more) {
        List<RawObject> allObjects = new ArrayList<>(objects);
        allObjects.addAll(more.objects);
        List<Problem> allProblems = new ArrayList<>(problems);
        allProblems.addAll(more.problems);
        return new Manifests(allObjects, allProblems);
    }
}
