/// The model against closed forms: where the behaviour of a part of it can be computed, runs of it
/// must give what was computed, and runs of something slightly different must not.
///
/// By default to within some percent, which takes seconds; with the system property `validation` to
/// within the precision that each test names, which takes minutes.
package io.faultline.model.validation;
