/// How records are written in a file: the half of the scenario format that knows no scenario.
///
/// [YamlReader] turns text into a tree of [Yaml] in which every value knows its [Place]; [Binder]
/// turns such a tree into records, and [Unbinder] records into a tree, which [YamlWriter] prints.
/// [JsonSchema] describes the same files to editors. All of them are driven by nothing but record
/// components and their [io.faultline.model.Setting] annotations:
///
/// | component | in a file |
/// |---|---|
/// | a type with a [Syntax] (durations, percentages, …) | a scalar |
/// | enum | its constant in kebab-case |
/// | record | a mapping, keys named like the components |
/// | sealed interface | a mapping whose `kind` is a permitted record's name in kebab-case |
/// | sealed interface, component marked [Inline] | one key of the enclosing mapping, named like the kind |
/// | [Pattern] of a sealed interface | the same, with any of the components |
/// | `List`, `Map<String, …>`, `Optional` | a list, a mapping, or nothing at all |
///
/// Whoever adds a kind to a family, or a component to a record, has changed parser, writer and
/// schema with that.
package io.faultline.scenario.format;
