package io.faultline.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a record for which a list or a scalar may stand in a file: that of one of its components,
/// if nothing is said of the others. `nodes: [n1, n2]` is short for `nodes: { nodes: [n1, n2] }`,
/// and `p99<3s` for `{ threshold: p99<3s }`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {

    /// The component whose list or scalar it is.
    String value();
}
