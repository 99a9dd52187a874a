package io.faultline.kernel.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a class an actor: calling one of its public instance methods posts an event instead of
/// running the method.
///
/// The event runs at the local clock of the event that made the call. A call is an event wherever
/// it comes from: another entity, the entity itself, a lambda, or code outside the run. Not events
/// are: methods marked [NonEvent]; private, protected and package-private methods, unless marked
/// [Event]; static methods and constructors; `toString`, `equals`, `hashCode`, `compareTo` and the
/// accessors of a record; and `super.method()`, which is a direct call. Subclasses of an entity are
/// entities.
///
/// The class must be compiled with the weaver (`faultline-weaver`) on the annotation processor
/// path.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Entity {}
