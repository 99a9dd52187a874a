package io.faultline.scenario;

/// When a fault takes effect. A kind is a record, and its class name in kebab-case is the key that
/// stands beside the fault: `at: 5s`, `during: 10s..18s`.
public sealed interface Schedule permits At, During {}
