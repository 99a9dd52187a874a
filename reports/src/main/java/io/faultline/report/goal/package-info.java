/// Goals: what a run is to reach and to keep, a record each ([io.faultline.report.goal.Goal]).
package io.faultline.report.goal;
