package io.faultline.scenario.campaign;

import java.nio.file.Path;

/// A file of results that is not as it was written.
public final class DamagedResults extends RuntimeException {

    /// @param file the file
    /// @param why what is wrong with it
    DamagedResults(Path file, String why) {
        super(file + " is damaged: " + why);
    }
}
