package io.faultline.model.cluster;

/// What nodes that fail together have in common: power, a switch, a data centre.
public enum Domain {
    RACK,
    ZONE,
    REGION
}
