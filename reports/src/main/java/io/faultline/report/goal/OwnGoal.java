package io.faultline.report.goal;

import io.faultline.model.Door;
import io.faultline.report.Kinds;

/// A goal of your own: the door for kinds that are not part of this program.
///
/// A kind is a record. Expectations name it by its class, with its components in parentheses if it
/// has any: `eventually: [{ com.acme.CanariesSing(calls=3): { within: 5s } }]`.
@Door
public non-sealed interface OwnGoal extends Goal {

    @Override
    default String name() {
        return Kinds.ownName(this);
    }
}
