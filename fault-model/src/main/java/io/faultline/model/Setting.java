package io.faultline.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes a record component that people set in a scenario file.
///
/// The file format, its JSON Schema and its reference page are all read off these annotations, so
/// what a setting means and what it is by default is said once, where it is declared.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /// What it is, in one sentence without a full stop.
    String value();

    /// Its default, written as in a scenario file; a setting without one must be given, unless it
    /// is optional, a list or a map.
    String byDefault() default "";
}
