package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.scenario.format.Durations;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;

class AxisTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    500ms..2s:4          | 500ms;1s;1500ms;2s
                    1s..2s:4             | 1s;1333ms;1667ms;2s
                    2..10:3              | 2;6;10
                    1.00004..1.00006:3   | 1.00004;1.00006
                    1..3:5               | 1;2;3
                    0%..1%:3             | 0%;0.5%;1%
                    20/s..60/s:3         | 20/s;40/s;60/s
                    a,b                  | a;b
                    0ms..2ms,1ms         | 0ms..2ms;1ms
                    gamma(shape=2,mean=5ms),5ms | gamma(shape=2,mean=5ms);5ms
                    7                    | 7
                    """)
    void aRangeOrAListHasItsValues(String spec, String values) {
        assertThat(Axis.parse("x.y=" + spec).values()).containsExactly(values.split(";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "=1,2", "x=1..2:1", "x=2..1:3", "x=1s..2:3", "x=a..b:3"})
    void whatIsNoAxisIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> Axis.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGridHasEveryCombinationOnce() {
        var points = Sampler.GRID.points(List.of(Axis.parse("a=1,2,3"), Axis.parse("b=x,y")), 1);
        assertThat(points).hasSize(6).doesNotHaveDuplicates();
        assertThat(points.getFirst())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "x"));
    }

    @Test
    void aLatinHypercubeHasOnePointInEachLayerOfEachAxis() {
        var axes = List.of(Axis.parse("a=0ms..1000ms:20"), Axis.parse("c=0%..100%:20"));
        for (long seed = 1; seed < 50; seed++) {
            var points = Sampler.LHS.points(axes, seed);
            assertThat(points).hasSize(20).isEqualTo(Sampler.LHS.points(axes, seed));
            for (var axis : List.of("a", "c")) {
                var layers = new HashSet<Integer>();
                for (var point : points) {
                    var value = point.get(axis);
                    double share =
                            axis.equals("a")
                                    ? Durations.parse(value).toNanos() / 1e9
                                    : Double.parseDouble(value.replace("%", "")) / 100;
                    layers.add(Math.min(19, (int) (share * 20)));
                }
                // Four digits may round a point into the next layer.
                assertThat(layers).hasSizeGreaterThanOrEqualTo(19);
            }
        }
    }
}
