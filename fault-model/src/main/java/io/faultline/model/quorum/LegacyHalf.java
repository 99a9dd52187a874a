package io.faultline.model.quorum;

/// `(n + 1) / 2` in whole numbers, a way to write a majority that is one short of it for even n:
/// the same numbers as [HalfOrMore], under the name by which it is found in code.
public record LegacyHalf() implements Quorum {
    @Override
    public int needed(int total) {
        return (total + 1) / 2;
    }
}
