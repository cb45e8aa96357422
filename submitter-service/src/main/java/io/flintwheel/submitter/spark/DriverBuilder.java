package io.flintwheel.submitter.spark;

/** Builds the objects of a driver without talking to anybody. */
public interface DriverBuilder {

  /**
   * The objects of a driver.
   *
   * @throws UnbuildableJobException when Spark refuses the configuration; trying again is no use
   */
  DriverResources build(DriverRequest request) throws UnbuildableJobException;
}
