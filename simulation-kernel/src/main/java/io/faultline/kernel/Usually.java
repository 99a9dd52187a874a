package io.faultline.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component of an observation, an `int`, that has one value as a rule and is not worth a
/// word then. Where it has that value, the fingerprint and the event log are as if it were not
/// there; so a component can be added to an observation, and runs that have no use for it keep
/// their fingerprints.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Usually {

    /// The value that it has as a rule.
    int value();
}
