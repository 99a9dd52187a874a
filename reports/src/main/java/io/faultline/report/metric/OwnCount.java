package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.Door;
import io.faultline.report.Kinds;

/// A metric of your own that counts: the door for kinds that are not part of this program.
///
/// A kind is a record. Thresholds name it by its class, with its components in parentheses if it
/// has any, and it is measured, and stands in reports, if one does.
@Door
public non-sealed interface OwnCount extends Count {

    @Override
    default String name() {
        return Kinds.ownName(this);
    }

    @Override
    Tally of(Trace trace);

    /// Begins to measure a run; unless this is written, too, [#of] is asked anew whenever the
    /// measurement is looked at. A kind that has tags has to write it, and leave out what the sieve
    /// does not take.
    @Override
    default Fold<Tally> begin(Sieve sieve) {
        return Fold.anew(() -> of(sieve.trace()));
    }
}
