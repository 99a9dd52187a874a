/// Many runs of one scenario: where they take place, what is kept of each, and what is made of all
/// of them.
///
/// A campaign is a stream of [Task]s, which an [Engine] turns into [RunRecord]s. Both are plain
/// values with a form in JSON, so an engine may be anywhere; records merge in any order and
/// grouping.
package io.faultline.scenario.campaign;
