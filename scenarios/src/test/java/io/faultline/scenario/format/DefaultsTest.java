package io.faultline.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Door;
import io.faultline.model.Protocol;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.fault.Fault;
import io.faultline.model.script.Action;
import io.faultline.scenario.Scenario;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the parser relies on, for every record that a scenario is made of.
class DefaultsTest {
    private final Set<Class<?>> records = new HashSet<>();

    @Test
    void everyDefaultIsWrittenAsItsTypeIs() {
        collect(Scenario.class);
        assertThat(records).contains(Topology.class, Protocol.class, HeartbeatTimeout.class);
        for (var record : records) {
            for (var component : Component.of(record)) {
                if (component.byDefault().isEmpty() || component.byDefault().matches("[\\[{].*")) {
                    continue;
                }
                var problems = new Problems();
                var text = component.byDefault();
                var place = Place.whole(record.getSimpleName() + "." + component.name());
                var scalar = new Yaml.Scalar(place, text, YamlReader.typeOf(text));
                var raw = Component.raw(component.type());
                if (raw.isSealed() && !Scalars.isScalar(raw)) {
                    assertThat(Names.kinds(raw)).containsKey(text);
                } else {
                    new Scalars(problems).value(raw, scalar, component.name());
                }
                assertThat(problems.sorted()).isEmpty();
            }
        }
    }

    @Test
    void whatIsLeftOutIsWhatItsDefaultSays() {
        collect(Scenario.class);
        for (var record : records) {
            for (var component : Component.of(record)) {
                if (component.byDefault().matches("[\\[{].*")) {
                    var problems = new Problems();
                    var written = YamlReader.read("", component.byDefault(), problems);
                    var read =
                            new Binder(problems)
                                    .value(
                                            component.type(),
                                            written.orElseThrow(),
                                            "",
                                            component.name());
                    assertThat(problems.sorted()).isEmpty();
                    assertThat(Binder.absent(component))
                            .as("%s of %s", component.name(), record)
                            .contains(read);
                }
            }
        }
    }

    @Test
    void everySettingIsDescribed() {
        collect(Scenario.class);
        for (var record : records) {
            for (var component : Component.of(record)) {
                assertThat(component.description() + component.family())
                        .as("%s of %s", component.name(), record)
                        .isNotEmpty()
                        .doesNotEndWith(".");
            }
        }
    }

    private void collect(Type type) {
        var raw = Component.raw(type);
        if (raw.isAnnotationPresent(Door.class)) {
            return;
        } else if (raw == Optional.class || raw == List.class || raw == Map.class) {
            collect(Component.argument(type));
        } else if (raw == Pattern.class || Scalars.isScalar(raw)) {
            return;
        } else if (raw.isSealed()) {
            Names.kinds(raw).values().forEach(this::collect);
        } else if (records.add(raw)) {
            Component.of(raw).forEach(component -> collect(component.type()));
        }
    }

    @Test
    void faultsAndActionsAreAmongThem() {
        collect(Scenario.class);
        assertThat(records).containsAll(Names.kinds(Fault.class).values());
        assertThat(records).containsAll(Names.kinds(Action.class).values());
    }
}
