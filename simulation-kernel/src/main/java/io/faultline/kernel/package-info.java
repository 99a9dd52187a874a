/// Virtual time: a [Simulation] runs events in the order (time, priority, sequence) and keeps the
/// [Trace] of what they observed.
///
/// A modeller writes `@Entity` classes and calls [io.faultline.kernel.entity.Kronos] from their
/// events (package `entity`), draws from named streams (package `random`), and reports what happens
/// as [Observation] records. The weaver turns the public methods of an entity into events when they
/// are compiled. Nothing in here knows of clusters.
package io.faultline.kernel;
