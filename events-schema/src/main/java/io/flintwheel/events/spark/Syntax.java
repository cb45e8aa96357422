package io.flintwheel.events.spark;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the text of a field must look like. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Syntax {

  /** Memory as Spark writes it; without a unit it is MiB. */
  String MEMORY = "[0-9]+([kKmMgGtTpP][bB]?)?";

  String MEMORY_SAYS = "a whole number with a unit of k, m, g or t, such as 512m or 1g";

  /** A Kubernetes quantity. */
  String QUANTITY = "[0-9]+(\\.[0-9]*)?([eE][0-9]+|[numkMGTPE]|[KMGTPE]i)?";

  String QUANTITY_SAYS = "a Kubernetes quantity, such as 500m or 1.5";

  /** A Kubernetes quantity or memory as Spark writes it. */
  String MEMORY_LIMIT = "(" + QUANTITY + ")|(" + MEMORY + ")";

  String MEMORY_LIMIT_SAYS = "memory such as 1Gi or 1g";

  String FRACTION = "[0-9]+(\\.[0-9]+)?|\\.[0-9]+";

  String FRACTION_SAYS = "a number such as 0.1";

  /** Matched against the whole text. */
  String pattern();

  /** The same in words, with an example. */
  String says();
}
