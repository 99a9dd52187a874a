package io.faultline.kernel.junit;

import io.faultline.kernel.Simulation;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A test in virtual time. Its parameter is a [Simulation] of its own, and its code stands inside
/// that simulation, as in [Simulation#within]: calling an entity posts an event.
///
/// ```java
/// @SimulationTest
/// void aHeartBeatsOnceASecond(Simulation simulation) {
///     new Heart().beat();
///     simulation.runUntil(SimTime.of(Duration.ofSeconds(10)));
///     TraceAssert.of(simulation).observed(Beat.class).times(11);
/// }
/// ```
///
/// The methods around it (`@BeforeEach` and `@AfterEach`) stand inside the same simulation and may
/// have it as a parameter too. A test that fails says with which seed, and how to run that one
/// alone. The annotation can be put on annotations of one's own.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(SimulationExtension.class)
public @interface SimulationTest {

    /// The source of all chance in the simulation.
    long seed() default 42;

    /// How often the test runs: with the seed itself, then with others that are derived from it.
    int repetitions() default 1;
}
