package io.flintwheel.submitter.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.SparkApplicationSpec;
import io.flintwheel.events.spark.SparkApplicationSpecReader;
import io.flintwheel.events.spark.SpecReading;
import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.policy.ConfPolicy;
import io.flintwheel.submitter.policy.FilePolicy;
import io.flintwheel.submitter.policy.JavaOptionPolicy;
import io.flintwheel.submitter.policy.LabelPolicy;
import io.flintwheel.submitter.policy.NamespacePolicy;
import io.flintwheel.submitter.spark.Application;
import io.flintwheel.submitter.spark.DriverIdentity;
import io.flintwheel.submitter.spark.DriverRequest;
import io.flintwheel.submitter.spark.ExecutorEnvironment;
import io.flintwheel.submitter.spark.RolePod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a request: is it readable, supported and allowed? A pure function of the request. */
@ApplicationScoped
public class RequestReviewer {

  private final NamespacePolicy namespaces;
  private final String driverServiceAccount;

  RequestReviewer(NamespacePolicy namespaces, SubmitterConfig config) {
    this.namespaces = namespaces;
    this.driverServiceAccount = config.driverServiceAccount();
  }

  /** All that there is to say about a request. */
  public Review review(Event<JobRequested> event) {
    JobRequested request = event.data();
    List<Problem> problems = new ArrayList<>();
    SpecReading reading = SparkApplicationSpecReader.read(request.spec());
    List<Problem> warnings = new ArrayList<>(reading.warnings());
    namespaces.check(request.namespace()).ifPresent(problems::add);
    Optional<DriverIdentity> identity = identity(request, problems);
    problems.addAll(reading.refusal());
    if (identity.isEmpty() || reading.spec().isEmpty()) {
      return refused(problems);
    }
    DriverRequest driver = driver(event, identity.get(), reading.spec().get(), problems, warnings);
    return problems.isEmpty()
        ? new Review.Admitted(driver, Problem.bounded(warnings, "spec"))
        : refused(problems);
  }

  /** What is told of a small request must not be a large event. */
  private static Review.Refused refused(List<Problem> problems) {
    return new Review.Refused(Problem.bounded(problems, "spec"));
  }

  private DriverRequest driver(
      Event<JobRequested> event,
      DriverIdentity identity,
      SparkApplicationSpec spec,
      List<Problem> problems,
      List<Problem> warnings) {
    problems.addAll(HonouredFields.check(spec));
    problems.addAll(ApplicationCheck.check(spec));
    warnings.addAll(ApplicationCheck.warnings(spec));
    problems.addAll(ResourceCheck.check(spec));
    problems.addAll(ConfKeyCheck.check(spec.sparkConf()));
    problems.addAll(ConfPolicy.check(spec.sparkConf(), identity));
    problems.addAll(JavaOptionPolicy.check(spec.sparkConf(), identity));
    warnings.addAll(ConfPolicy.warnings(spec.sparkConf()));
    FilePolicy.check("spec.mainApplicationFile", spec.mainApplicationFile())
        .ifPresent(problems::add);
    ConfPolicy.interpolation("spec.mainApplicationFile", spec.mainApplicationFile())
        .ifPresent(problems::add);
    if (spec.image() != null) {
      ConfPolicy.interpolation("spec.image", spec.image()).ifPresent(problems::add);
    }
    problems.addAll(LabelPolicy.check("spec.driver.labels", spec.driver().pod().labels()));
    problems.addAll(LabelPolicy.check("spec.executor.labels", spec.executor().pod().labels()));
    KubernetesDocuments documents = new KubernetesDocuments(problems, warnings);
    JobRequested request = event.data();
    Map<String, String> conf = SparkConfiguration.of(spec, driverServiceAccount);
    List<ObjectNode> driverVariables = spec.driver().pod().env();
    for (int i = 0; i < driverVariables.size(); i++) {
      problems.addAll(
          JavaOptionPolicy.checkVariable(
              "spec.driver.env[" + i + "].value",
              driverVariables.get(i).path("name").asText(),
              driverVariables.get(i).path("value").asText(),
              identity));
    }
    List<EnvVar> executorEnv = documents.env("spec.executor.env", spec.executor().pod().env());
    if (executorEnv.size() == spec.executor().pod().env().size()) {
      problems.addAll(ExecutorEnvironment.of(executorEnv, conf).problems());
    }
    return new DriverRequest(
        identity,
        new Application(
            spec.type(),
            spec.sparkVersion(),
            spec.mainClass() == null ? "" : spec.mainClass(),
            spec.mainApplicationFile(),
            spec.arguments()),
        conf,
        Map.of(
            JobLabels.SPEC_DIGEST, request.spec().digest(),
            JobLabels.REQUEST, RequestAnnotation.encode(event)),
        new RolePod(
            labels(request, spec.driver().pod().labels()),
            documents.env("spec.driver.env", spec.driver().pod().env()),
            documents.securityContext(
                "spec.driver.securityContext", spec.driver().pod().securityContext())),
        new RolePod(
            labels(request, spec.executor().pod().labels()),
            executorEnv,
            documents.securityContext(
                "spec.executor.securityContext", spec.executor().pod().securityContext())));
  }

  private static Optional<DriverIdentity> identity(JobRequested request, List<Problem> problems) {
    String resourceName =
        request.resourceName() == null ? request.jobId().value() : request.resourceName();
    try {
      // The names that follow from it must be right and nobody else's: what a job id has to be.
      new JobId(resourceName);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem("resourceName", "not a name for pods", JobId.PATTERN));
      return Optional.empty();
    }
    return Optional.of(
        new DriverIdentity(request.jobId(), request.attempt(), request.namespace(), resourceName));
  }

  private static Map<String, String> labels(JobRequested request, Map<String, String> ofRole) {
    Map<String, String> labels = new LinkedHashMap<>(request.labels());
    labels.putAll(ofRole);
    labels.put(JobLabels.JOB_ID, request.jobId().value());
    labels.put(JobLabels.ATTEMPT, Integer.toString(request.attempt()));
    labels.put(JobLabels.MANAGED_BY, JobLabels.MANAGED_BY_VALUE);
    if (request.tick() != null) {
      labels.put(JobLabels.SCHEDULE, request.tick().scheduleId().value());
    }
    return labels;
  }
}
