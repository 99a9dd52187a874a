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
/// it comes from: another entity, the entity itself, its constructor, a lambda, a method reference,
/// an interface, or code outside the run. Not events are
///
/// - methods marked [NonEvent];
/// - private, protected and package-private methods, unless marked [Event] or [Blocking];
/// - static methods, constructors and initialisers;
/// - `toString`, `equals`, `hashCode`, `compareTo` and the accessors of a record;
/// - a default method that the class inherits from an interface and does not override: it runs at
///   once, and what it calls on the entity posts;
/// - `super.method()`, which is a direct call within the same event, wherever it stands.
///
/// Subclasses of an entity are entities, also without the annotation; an overriding method is an
/// event or not by its own visibility and annotations, and the compiler warns if it differs from
/// what it overrides. Classes and records can be entities, generic, abstract, nested, local and
/// anonymous ones too; interfaces and enums cannot.
///
/// The class must be compiled with the weaver (`faultline-weaver`) on the annotation processor
/// path, which says at the line what cannot work. A run notices an entity that was not.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Entity {}
