package io.faultline.kernel.junit;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.Simulation.Settings;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Runs a [SimulationTest] once for each of its seeds.
final class SimulationExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), SimulationTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        var method = context.getRequiredTestMethod();
        var test = AnnotationSupport.findAnnotation(method, SimulationTest.class).orElseThrow();
        var name = context.getRequiredTestClass().getName() + "#" + method.getName();
        if (test.repetitions() < 1) {
            throw new ExtensionConfigurationException(
                    name
                            + ": the repetitions of a @SimulationTest are at least 1, but were "
                            + test.repetitions());
        }
        return IntStream.range(0, test.repetitions())
                .mapToObj(n -> new SeededTest(name, seed(test.seed(), n)));
    }

    /// The seed of the n-th repetition: output n of SplitMix64 from the seed of the first, which is
    /// that seed itself, so that any one can be run alone.
    ///
    /// Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the
    /// finalizer "Mix13" of Stafford.
    static long seed(long first, int n) {
        if (n == 0) {
            return first;
        }
        long z = first + n * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// The test with one seed, and its simulation.
    private static final class SeededTest
            implements TestTemplateInvocationContext,
                    ParameterResolver,
                    InvocationInterceptor,
                    AfterEachCallback {
        private final String test;
        private final long seed;
        private final Simulation simulation;

        SeededTest(String test, long seed) {
            this.test = test;
            this.seed = seed;
            this.simulation =
                    new Simulation(
                            new Settings(seed, Long.MAX_VALUE, annotation() + " on " + test));
        }

        private String annotation() {
            var suffix = seed == (int) seed ? "" : "L";
            return "@SimulationTest(seed = " + seed + suffix + ")";
        }

        @Override
        public String getDisplayName(int invocation) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Simulation.class;
        }

        @Override
        public Simulation resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return simulation;
        }

        @Override
        public void interceptBeforeEachMethod(
                Invocation<Void> invocation,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            within(invocation);
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            within(invocation);
        }

        @Override
        public void interceptAfterEachMethod(
                Invocation<Void> invocation,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            within(invocation);
        }

        private void within(Invocation<Void> invocation) throws Throwable {
            var thrown = new Throwable[1];
            simulation.within(() -> {
                try {
                    invocation.proceed();
                } catch (Throwable e) {
                    thrown[0] = e;
                }
            });
            if (thrown[0] != null) {
                throw thrown[0];
            }
        }

        @Override
        public void afterEach(ExtensionContext context) {
            context.getExecutionException()
                    .filter(thrown -> !(thrown instanceof TestAbortedException))
                    .ifPresent(thrown ->
                            System.err.println(
                                    test
                                            + " failed with seed "
                                            + seed
                                            + " at "
                                            + simulation.now()
                                            + ", after "
                                            + simulation.executed()
                                            + " events; to run this seed alone: "
                                            + annotation()));
        }
    }
}
