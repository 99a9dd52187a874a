package io.faultline.report.invariant;

import io.faultline.model.Door;
import io.faultline.report.Kinds;

/// An invariant of your own: the door for kinds that are not part of this program.
///
/// A kind is a record. Expectations name it by its class, with its components in parentheses if it
/// has any, under `always`, `breaks` or `tolerates`; it is checked if one of them does.
@Door
public non-sealed interface OwnInvariant extends Promise {

    @Override
    default String name() {
        return Kinds.ownName(this);
    }
}
