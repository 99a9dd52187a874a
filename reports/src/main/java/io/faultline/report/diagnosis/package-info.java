/// What is wrong with a run, by name: each [Diagnosis] finds one kind of trouble in a trace, and
/// hands over a [Certificate] by which anybody can check the trace for it.
package io.faultline.report.diagnosis;
