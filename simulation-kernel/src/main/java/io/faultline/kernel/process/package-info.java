/// What events wait for and share: a [Channel] to hand something over, a [Store] to keep it in
/// between, a [Resource] with so many places, a [Signal], and a [Condition].
///
/// Four rules hold for all of them:
///
/// 1. **First come, first served.** Whoever began to wait first goes first, also where somebody
///    behind wants less.
/// 2. **The local clock counts.** A call takes place at the local clock of the event that makes it.
///    An event that has slept (`Kronos.sleep`) is ahead of the run: a call that may wait, or that
///    answers, first suspends it until the run is there; any other call is posted for that time.
/// 3. **A time-out is exact.** Whoever waits for at most `nanos` goes on at that very instant. What
///    happens at the same instant wins if its event was posted before the wait began, and loses
///    otherwise, as with any two events. A time-out of 0 does not wait at all, one of
///    [Long#MAX_VALUE] for ever.
/// 4. **A wait can be called off.** `cancel(entity)` ends every wait of that entity's events with a
///    [java.util.concurrent.CancellationException], thrown where they wait.
///
/// Each is made in a run (in a constructor or field of an entity that is made in
/// `Simulation.within`, say), belongs to it, and has a name for people, which
/// [io.faultline.kernel.Simulation#suspensions] shows. Calls that need not wait may also be made
/// from code outside the order of events.
package io.faultline.kernel.process;
