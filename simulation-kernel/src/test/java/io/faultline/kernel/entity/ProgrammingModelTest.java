package io.faultline.kernel.entity;

import static io.faultline.kernel.entity.Said.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Every Java construct that an entity may use, and what a call means there.
class ProgrammingModelTest {

    private final Simulation simulation = new Simulation(1);

    /// Runs code as the model's set-up, then the events it posted.
    private List<String> saidAfter(Runnable setUp) {
        simulation.within(setUp);
        simulation.run();
        return Said.in(simulation);
    }

    @Nested
    class Inheritance {

        @Entity
        abstract static class Machine {
            public abstract void work(int n);

            protected abstract String name();

            public void twice(int n) {
                work(n);
                work(n + 1);
            }

            public void report() {
                say(name() + " reports");
            }
        }

        static class Lathe extends Machine {
            @Override
            public void work(int n) {
                say(name() + " works " + n);
            }

            @Override
            protected String name() {
                return "lathe";
            }
        }

        static class LoudLathe extends Lathe {
            LoudLathe() {
                super.report();
                report();
            }

            @Override
            public void work(int n) {
                super.work(-n);
                say("!");
            }

            @Override
            public void report() {
                say("loud");
                super.report();
            }

            void plainlyReport() {
                super.report();
            }

            void reportFromALambda() {
                Runnable report = () -> super.report();
                report.run();
            }

            void reportByReference() {
                Runnable report = super::report;
                report.run();
            }

            void reportFromAnInnerClass() {
                new Runnable() {
                    @Override
                    public void run() {
                        LoudLathe.super.report();
                    }
                }.run();
            }
        }

        static class QuietLathe extends LoudLathe {
            @Override
            public void work(int n) {
                say("quietly");
                super.work(n);
            }
        }

        @Test
        void anAbstractEntitysEventsRunTheMethodsThatImplementThem() {
            assertThat(saidAfter(() -> new Lathe().twice(1)))
                    .containsExactly("lathe works 1", "lathe works 2");
            assertThat(simulation.executed()).isEqualTo(3);
        }

        @Test
        void anInheritedEventIsAnEventOfTheSubclass() {
            assertThat(saidAfter(() -> new Lathe().report())).containsExactly("lathe reports");
            assertThat(simulation.trace().get(0).actor()).isEqualTo("Lathe");
        }

        @Test
        void superCallsAreDirectThroughSeveralGenerations() {
            assertThat(saidAfter(() -> new QuietLathe().work(3)))
                    .endsWith("quietly", "lathe works -3", "!");
        }

        @Test
        void aConstructorCallsSuperDirectlyAndPostsItsOwnEvents() {
            var before = new ArrayList<String>();
            assertThat(
                            saidAfter(() -> {
                                new LoudLathe();
                                before.addAll(Said.in(simulation));
                            }))
                    .containsExactly("lathe reports", "loud", "lathe reports");
            assertThat(before).containsExactly("lathe reports");
            assertThat(simulation.executed()).isEqualTo(1);
        }

        @Test
        void superIsDirectInPlainMethodsLambdasReferencesAndInnerClasses() {
            simulation.within(() -> {
                var lathe = new LoudLathe();
                lathe.plainlyReport();
                lathe.reportFromALambda();
                lathe.reportByReference();
                lathe.reportFromAnInnerClass();
            });
            assertThat(Said.in(simulation)).hasSize(5).containsOnly("lathe reports");
            assertThat(simulation.pending()).isEqualTo(1);
        }

        @Test
        void anAnonymousSubclassOfAnEntityIsAnEntity() {
            simulation.within(() ->
                    new Lathe() {
                        @Override
                        public void report() {
                            say("anonymous");
                            super.report();
                        }
                    }.report());
            assertThat(Said.in(simulation)).isEmpty();
            simulation.run();
            assertThat(Said.in(simulation)).containsExactly("anonymous", "lathe reports");
        }
    }

    @Nested
    class Generics {

        @Entity
        abstract static class Inbox<T> {
            public void put(T item) {
                say("inbox " + item);
            }

            @Blocking
            public Object newest() {
                return "nothing";
            }

            public <E extends Comparable<E>> void largest(E a, E b) {
                say(a.compareTo(b) > 0 ? a : b);
            }
        }

        static class Letters extends Inbox<String> {
            @Override
            public void put(String letter) {
                say("letter " + letter);
                super.put(letter);
            }

            @Override
            @Blocking
            public String newest() {
                return "news after " + super.newest();
            }
        }

        @Entity
        static class Reader implements Comparable<Reader> {
            public void read(Inbox<String> inbox) {
                say(inbox.newest());
            }

            @Override
            public int compareTo(Reader other) {
                return 7;
            }
        }

        @Test
        void aCallThroughABridgeIsOneEvent() {
            Inbox<String> inbox = new Letters();
            assertThat(saidAfter(() -> inbox.put("a"))).containsExactly("letter a", "inbox a");
            assertThat(simulation.executed()).isEqualTo(1);
        }

        @Test
        void aBridgeForANarrowerResultHandsTheResultOn() {
            assertThat(saidAfter(() -> new Reader().read(new Letters())))
                    .containsExactly("news after nothing");
            // Reading, finding the newest, and going on with it.
            assertThat(simulation.executed()).isEqualTo(3);
        }

        @Test
        void aMethodMayHaveTypeVariables() {
            assertThat(saidAfter(() -> new Letters().largest("x", "y"))).containsExactly("y");
        }

        @Test
        void comparisonIsNoEventThroughItsBridgeEither() {
            Comparable<Reader> reader = new Reader();
            assertThat(reader.compareTo(new Reader())).isEqualTo(7);
        }
    }

    @Nested
    class Interfaces {

        interface Greeter {
            void greet(String who);

            default void greetAll(String... all) {
                for (var who : all) {
                    greet(who);
                }
                say("greeted " + all.length);
            }

            default void wave() {
                say("a hand");
            }
        }

        @Entity
        static class Host implements Greeter {
            @Override
            public void greet(String who) {
                say("hello " + who);
            }
        }

        @Entity
        static class WavingHost extends Host {
            @Override
            public void wave() {
                say("hats off");
                super.wave();
            }
        }

        @Test
        void aCallThroughAnInterfacePosts() {
            Greeter host = new Host();
            simulation.within(() -> host.greet("you"));
            assertThat(Said.in(simulation)).isEmpty();
            assertThat(simulation.pending()).isEqualTo(1);
        }

        @Test
        void aDefaultMethodIsOrdinaryAndWhatItCallsPosts() {
            Greeter host = new Host();
            assertThat(saidAfter(() -> host.greetAll("a", "b")))
                    .containsExactly("greeted 2", "hello a", "hello b");
        }

        @Test
        void anOverriddenDefaultMethodIsAnEventWhoseSuperCallIsDirect() {
            Greeter host = new WavingHost();
            assertThat(saidAfter(host::wave)).containsExactly("hats off", "a hand");
            assertThat(simulation.executed()).isEqualTo(1);
        }
    }

    @Nested
    class Methods {

        @Entity
        static class Radio {
            public void tune(int channel) {
                say("int " + channel);
            }

            public void tune(long channel) {
                say("long " + channel);
            }

            public void tune(Object channel) {
                say("object " + channel);
            }

            public void all(
                    boolean a,
                    byte b,
                    short c,
                    char d,
                    int e,
                    long f,
                    float g,
                    double h,
                    Object i) {
                say("" + a + b + c + d + e + f + g + h + i);
            }

            public void wide(long a, double b, long c, double d, int e) {
                say(a + " " + b + " " + c + " " + d + " " + e);
            }

            public void arrays(int[] a, long[][] b, String[] c) {
                say(a.length + " " + b.length + " " + c.length);
            }

            public void varargs(String first, Object... rest) {
                say(first + List.of(rest));
            }

            public final synchronized void locked() {
                say("locked " + Thread.holdsLock(this));
            }

            @Event
            protected void hum() {
                say("hum");
            }

            @Event
            void hiss() {
                say("hiss");
            }

            @Event
            private void click() {
                say("click");
            }

            @Blocking
            private int volume() {
                Kronos.sleep(5);
                return 11;
            }

            void plain() {
                say("plain");
            }

            protected void plainToo() {
                say("plain too");
            }

            public void quietly() {
                click();
                hum();
                hiss();
                plain();
                plainToo();
            }

            public void turnUp() {
                say(volume() + " at " + Kronos.currentTime());
            }

            public void mention(Consumer<String> how) {
                how.accept("mentioned");
            }

            public void several() {
                List.of(1, 2).forEach(this::tune);
                Runnable later = () -> tune(3L);
                later.run();
            }

            public static void broadcast() {
                say("broadcast");
            }
        }

        private final Radio radio = new Radio();

        @Test
        void overloadsAreChosenAsJavaChoosesThem() {
            assertThat(
                            saidAfter(() -> {
                                radio.tune(1);
                                radio.tune(2L);
                                radio.tune("3");
                            }))
                    .containsExactly("int 1", "long 2", "object 3");
        }

        @Test
        void argumentsOfEveryTypeArrive() {
            assertThat(
                            saidAfter(() -> {
                                radio.all(true, (byte) 1, (short) 2, '3', 4, 5, 6, 7, null);
                                radio.wide(1, 2, 3, 4, 5);
                                radio.arrays(new int[1], new long[2][], new String[3]);
                                radio.varargs("a");
                                radio.varargs("a", 1, "b");
                            }))
                    .containsExactly(
                            "true12345" + "6.07.0null", "1 2.0 3 4.0 5", "1 2 3", "a[]", "a[1, b]");
        }

        @Test
        void aSynchronizedEventLocksWhenItRunsAndNotWhenItIsPosted() throws Exception {
            assertThat(saidAfter(radio::locked)).containsExactly("locked true");
            assertThat(Radio.class.getMethod("locked").getModifiers())
                    .isEqualTo(
                            java.lang.reflect.Modifier.PUBLIC | java.lang.reflect.Modifier.FINAL);
        }

        @Test
        void methodsOfAnyVisibilityAreEventsIfTheySaySo() {
            assertThat(saidAfter(radio::quietly))
                    .containsExactly("plain", "plain too", "click", "hum", "hiss");
        }

        @Test
        void aPrivateBlockingMethodHandsBackItsValue() {
            assertThat(saidAfter(radio::turnUp)).containsExactly("11 at 5");
        }

        @Test
        void lambdasAndMethodReferencesPostToo() {
            assertThat(
                            saidAfter(() -> {
                                radio.several();
                                radio.mention(radio::tune);
                            }))
                    .containsExactly("object 1", "object 2", "long 3", "object mentioned");
        }

        @Test
        void aStaticMethodIsAPlainCall() {
            simulation.within(Radio::broadcast);
            assertThat(Said.in(simulation)).containsExactly("broadcast");
        }
    }

    @Nested
    class Classes {

        private final List<String> heard = new ArrayList<>();

        @Entity
        class Inner {
            public void hear(String what) {
                heard.add(what);
            }
        }

        @Entity
        record Counter(List<Integer> counts) {
            public void count(int n) {
                counts.add(n);
            }
        }

        @Entity
        static class Initialised {
            static final List<String> LOG = new ArrayList<>();

            static {
                LOG.add("class");
            }

            private final String name;

            {
                LOG.add("instance");
                started();
            }

            Initialised(String name) {
                this.name = name;
                LOG.add("constructor");
            }

            public void started() {
                say(name + " started");
            }
        }

        @Test
        void anInnerClassSeesItsOuterInstance() {
            saidAfter(() -> new Inner().hear("a word"));
            assertThat(heard).containsExactly("a word");
        }

        @Test
        void aLocalClassKeepsWhatItCaptured() {
            var captured = new ArrayList<String>();
            @Entity
            class Local {
                public void hear(String what) {
                    captured.add(what);
                }
            }
            simulation.within(() -> new Local().hear("a word"));
            assertThat(captured).isEmpty();
            simulation.run();
            assertThat(captured).containsExactly("a word");
        }

        @Test
        void aRecordMayBeAnEntityAndItsAccessorsAreOrdinary() {
            var counter = new Counter(new ArrayList<>());
            simulation.within(() -> counter.count(3));
            assertThat(counter.counts()).isEmpty();
            simulation.run();
            assertThat(counter.counts()).containsExactly(3);
            assertThat(counter)
                    .isEqualTo(new Counter(List.of(3)))
                    .hasToString("Counter[counts=[3]]");
        }

        @Test
        void initialisersAndConstructorsRunAtOnceAndTheEventsTheyCallLater() {
            assertThat(saidAfter(() -> new Initialised("it"))).containsExactly("it started");
            assertThat(Initialised.LOG).containsExactly("class", "instance", "constructor");
        }
    }

    @Nested
    class Exceptions {

        @Entity
        static class Disk {
            @Blocking
            public byte[] read(boolean broken) throws IOException {
                Kronos.sleep(3);
                if (broken) {
                    throw new IOException("bad sector");
                }
                return new byte[4];
            }

            @Blocking
            public void check() throws IOException {
                throw new IOException("no disk");
            }

            public void scrub() throws IOException {
                throw new IOException("cannot scrub");
            }
        }

        @Entity
        static class Program {
            public void run(Disk disk) {
                try {
                    say(disk.read(false).length);
                    disk.read(true);
                } catch (IOException e) {
                    say(e.getMessage() + " at " + Kronos.currentTime());
                }
                try {
                    disk.check();
                } catch (IOException e) {
                    say(e.getMessage());
                }
            }

            public void runOnABrokenDisk(Disk disk) throws IOException {
                disk.read(true);
            }
        }

        @Test
        void aCallerThatWaitsCatchesTheCheckedException() {
            assertThat(saidAfter(() -> new Program().run(new Disk())))
                    .containsExactly("4", "bad sector at 6", "no disk");
        }

        @Test
        void anExceptionThatTheCallerPassesOnEndsTheRun() {
            simulation.within(() -> {
                try {
                    new Program().runOnABrokenDisk(new Disk());
                } catch (IOException e) {
                    throw new AssertionError("the call only posts", e);
                }
            });
            assertThatThrownBy(simulation::run)
                    .isInstanceOf(SimulationException.class)
                    .hasMessageContaining("Program.runOnABrokenDisk(Disk)")
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasRootCauseMessage("bad sector");
        }

        @Test
        void anExceptionOfAnEventThatNobodyWaitsForEndsTheRun() {
            simulation.within(() -> {
                try {
                    new Disk().scrub();
                } catch (IOException e) {
                    throw new AssertionError("the call only posts", e);
                }
            });
            assertThatThrownBy(simulation::run)
                    .hasMessageContaining("Disk.scrub()")
                    .hasRootCauseMessage("cannot scrub");
        }

        @Test
        void theDeclaredExceptionsStayDeclared() throws NoSuchMethodException {
            assertThat(Disk.class.getMethod("check").getExceptionTypes())
                    .containsExactly(IOException.class);
        }
    }
}
