package io.faultline.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a component, a list of records, that may be given by the name of a CSV file under another
/// key: `file: crashes.csv` instead of `outages: [{ node: n3, down: 5s, up: 8s }]`. Its columns are
/// called like the components of the records.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Table {

    /// The key that takes the name of a file.
    String value();
}
