package io.faultline.benchmark.peer

import io.faultline.benchmark.Subject
import io.faultline.benchmark.hold.Hops
import kotlin.time.Duration.Companion.nanoseconds
import kotlinx.datetime.Instant
import org.kalasim.Component
import org.kalasim.Environment
import org.kalasim.createSimulation

/** The hold model in kalasim: each token is a process that holds; nothing is logged or tracked. */
class KalasimHops(private val hops: Hops) : Subject {

    private val environment: Environment = createSimulation(enableComponentLogger = false) {
        entityTrackingDefaults.disableAll()
        repeat(hops.tokens()) { Token(it, hops) }
    }

    override fun run(operations: Int) {
        hops.begin(operations)
        environment.run(until = FAR_FUTURE)
    }

    override fun checksum() = hops.checksum()

    private companion object {
        /** Finite, because a run without an end cannot be stopped from a process. */
        val FAR_FUTURE = Instant.fromEpochSeconds(1_000_000_000_000)
    }

    private class Token(token: Int, private val hops: Hops) : Component() {
        private val first = hops.first(token)
        private var place = hops.start(token)

        override fun process() = sequence {
            hold(first.nanoseconds)
            while (true) {
                if (hops.arrive(place)) {
                    env.stopSimulation()
                }
                val increment = hops.increment()
                place = hops.next(place)
                hold(increment.nanoseconds)
            }
        }
    }
}
