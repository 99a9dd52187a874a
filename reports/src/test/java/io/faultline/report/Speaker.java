package io.faultline.report;

import io.faultline.kernel.Observation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import java.util.List;

/// An actor of a given name who observes what he is told to.
@Entity
public class Speaker {

    private final String name;

    Speaker(String name) {
        this.name = name;
    }

    public void say(List<Observation> observations) {
        observations.forEach(Kronos::observe);
    }

    @Override
    public String toString() {
        return name;
    }
}
