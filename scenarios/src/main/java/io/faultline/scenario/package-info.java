/// What people run: a scenario file as data, and how it gets there and back.
///
/// [io.faultline.scenario.Scenario] is the file; [io.faultline.scenario.ScenarioParser] reads it
/// and makes all complaints that can be made before a run; [io.faultline.scenario.ScenarioWriter]
/// writes it out again with every default spelled out; [io.faultline.scenario.ScenarioSchema]
/// describes it to editors; [io.faultline.scenario.Catalogue] holds those that come with the
/// program.
package io.faultline.scenario;
