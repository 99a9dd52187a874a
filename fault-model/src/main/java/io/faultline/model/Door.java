package io.faultline.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the interface through which classes of your own enter a family that is closed otherwise.
///
/// In scenario files they are told by the key `class` and the full name of the class; the
/// components of the record are the other keys, described by [Setting]s as everywhere.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Door {}
