/// What holds in every run: each [Invariant] reads a trace, and points at the places where it does
/// not hold.
package io.faultline.report.invariant;
