/// Tests of models, with JUnit 5: a [SimulationTest] gets a simulation of its own, and a
/// [TraceAssert] says what was to be observed in it.
///
/// JUnit is an optional dependency of the kernel: whoever uses this package has it anyway.
package io.faultline.kernel.junit;
