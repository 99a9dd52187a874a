package io.faultline.scenario.cli;

import io.faultline.scenario.Catalogue;

import java.util.Iterator;

/// The names of the catalogue, for shell completion.
final class ScenarioNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Catalogue.load().names().iterator();
    }
}
