package io.faultline.kernel.entity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Written by the weaver on every entity class it has woven; never by hand. Not inherited, so that
/// a subclass which was compiled without the weaver can be told from one that was not.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Woven {}
