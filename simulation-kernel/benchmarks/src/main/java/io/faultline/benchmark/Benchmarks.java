package io.faultline.benchmark;

/// placeholder
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {}
}
