package io.faultline.report.metric;

import io.faultline.model.Door;
import io.faultline.report.Kinds;

/// A metric of your own that is a share: the door for kinds that are not part of this program.
///
/// A kind is a record. Thresholds name it by its class, with its components in parentheses if it
/// has any, and it is measured, and stands in reports, if one does.
@Door
public non-sealed interface OwnShare extends Share {

    @Override
    default String name() {
        return Kinds.ownName(this);
    }
}
