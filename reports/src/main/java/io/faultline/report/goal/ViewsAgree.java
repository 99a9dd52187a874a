package io.faultline.report.goal;

import io.faultline.kernel.Trace;
import io.faultline.report.Handlers;

import java.util.Optional;

/// All handlers believe the same of every partition. Those whose nodes are down are not asked, nor
/// those whose nodes host only partitions that are kept out.
public record ViewsAgree() implements Goal {

    @Override
    public String description() {
        return "all handlers who are up believe the same of every partition";
    }

    @Override
    public Optional<Need> need() {
        return Optional.of(Need.HANDLERS);
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        var views = new Views(aftermath);
        return Reach.atEachInstant(trace, views::see, views::agree);
    }

    /// Asks handlers again only when something about them was observed.
    private static final class Views {
        private final Handlers handlers = new Handlers();
        private final Aftermath aftermath;
        private boolean isNew;
        private boolean agreed = true;

        Views(Aftermath aftermath) {
            this.aftermath = aftermath;
        }

        void see(Trace.Entry entry) {
            handlers.see(entry);
            isNew |= Handlers.KINDS.contains(entry.what().getClass());
        }

        boolean agree() {
            if (isNew) {
                agreed = handlers.agree(aftermath.core()::contains);
                isNew = false;
            }
            return agreed;
        }
    }
}
