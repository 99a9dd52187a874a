/// What became of the expectations of a run: a [Judgement] for each, and the [Verdict] over all of
/// them, which decides about the exit code.
package io.faultline.report.verdict;
