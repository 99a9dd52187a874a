/// From traces to numbers, verdicts and pages: a [Result] holds all that is known of a run, and
/// each [Report] writes it down in its way. Nothing in here has access to a live world.
package io.faultline.report;
