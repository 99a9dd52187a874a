package io.faultline.model.recovery;

import java.util.List;

/// The survivors take over the entities, and the partition gets its share back: everything as the
/// settings of the phases say.
public record Phased() implements Strategy {

    @Override
    public List<Level> levels(RecoverySettings settings) {
        return List.of(Level.rebuild(settings));
    }
}
