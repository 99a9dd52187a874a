package io.faultline.kernel.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a method of an [Entity] an event whose caller waits until it has run.
///
/// The caller's event is suspended, and goes on at the local clock at which this one ends, with its
/// value or its exception. A method with a result is a blocking event with or without this
/// annotation, which says that it is meant; without it the compiler warns. A method need not be
/// public.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Blocking {}
