package io.faultline.model.recovery;

import io.faultline.model.Door;

/// A recovery strategy of your own: the door for kinds that are not part of this program.
///
/// A kind is a record. In a scenario file it is told by the name of its class, followed by its
/// components: `strategy: { class: com.acme.HotStandby, takes: 20ms }`. It says which levels are
/// tried one after the other: what each phase takes, how likely it is to fail, and whether the
/// survivors look after the entities meanwhile.
@Door
public non-sealed interface OwnStrategy extends Strategy {}
