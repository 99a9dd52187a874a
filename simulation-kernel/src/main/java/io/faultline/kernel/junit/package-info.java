/// Tests of models, with JUnit 5: a [SimulationTest] gets a simulation of its own, and a
/// [TraceAssert] says what was to be observed in it. What chance decides is judged over many runs:
/// averages by [Replications], chances by a [Proportion].
///
/// JUnit is an optional dependency of the kernel: whoever uses this package has it anyway.
package io.faultline.kernel.junit;
