package io.faultline.scenario.cli;

import picocli.CommandLine.IVersionProvider;

import java.util.Optional;

/// The version of the product, as its jar says.
final class Version implements IVersionProvider {

    /// The version, or `development` where classes are run without their jar.
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"faultline " + text()};
    }
}
