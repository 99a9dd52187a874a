/// Chance: one seed, many named streams, and the distributions drawn from them.
///
/// Three rules keep runs comparable:
///
/// 1. **A stream per component and purpose.** [RandomStreams] derives each [RandomStream] from the
///    seed and the stream's name alone, so a further stream, or a further draw in one of them,
///    shifts no other.
/// 2. **One uniform per variate.** Every [Distribution] is sampled by inversion. Two runs that
///    differ in a parameter stay in step, and their difference is that of the parameter.
/// 3. **The same bits everywhere.** Nothing here calls a transcendental method of [Math], whose
///    last bit may differ between processors; [StrictMath] and Commons Math's `FastMath` are pure
///    Java.
package io.faultline.kernel.random;
