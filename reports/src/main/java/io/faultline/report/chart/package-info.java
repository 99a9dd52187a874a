/// Pictures of runs: what is to be drawn is folded from the trace into plain values first, which
/// are also the data to be downloaded; then JFreeChart lays it out, and Batik writes it as SVG.
///
/// Nothing outside of this package may touch AWT, which is slow to start.
package io.faultline.report.chart;
