/// Why a run ended as it did: the chain of what led to it, what of it would not have happened
/// without something that came before, and from when on it could hardly have ended otherwise.
package io.faultline.scenario.explain;
