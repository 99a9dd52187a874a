package io.faultline.scenario.format;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component whose type is a sealed family, or a [Pattern] of one: it is not a key of its
/// own, but the mapping has exactly one key that names a kind, with the kind's parameters below it.
///
/// ```yaml
/// - at: 5s                         # one kind of schedule …
///   crash: { partitions: [P3] }    # … and one kind of fault
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Inline {

    /// What a member of the family is called in error messages, such as `fault`.
    String value();
}
