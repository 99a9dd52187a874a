package io.faultline.model.quorum;

import io.faultline.model.Setting;

/// The same number whatever the size of the system.
public record Fixed(@Setting("how many must be active") int members) implements Quorum {

    public Fixed {
        if (members < 1) {
            throw new IllegalArgumentException("members must be at least 1, but was " + members);
        }
    }

    @Override
    public int needed(int total) {
        return members;
    }
}
