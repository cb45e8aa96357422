package io.flintwheel.submitter.policy;

import java.util.List;

/** The deny list, by what the key would make the submitter do. */
final class ForbiddenKeys {

  private static final String REMOVE = "remove the key";

  static final List<ForbiddenKey> ALL =
      List.of(
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_FILES,
              "spark\\.kubernetes\\.authenticate\\.(?!(driver|executor)\\.serviceAccountName$).*",
              "makes the submitter read credentials or put them into a Secret",
              "driver.serviceAccount or executor.serviceAccount"),
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_FILES,
              "spark\\.(kubernetes\\.)?kerberos\\..*|spark\\.yarn\\.(keytab|principal|kerberos\\..*)",
              "makes the submitter read a keytab or a Kerberos configuration",
              "Kerberos is not supported; remove the key"),
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_FILES,
              "spark\\.kubernetes\\.(driver|executor)\\.podTemplate(File|ContainerName)",
              "makes the submitter read a file or fetch an address",
              "the fields of driver and executor"),
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_FILES,
              "spark\\.kubernetes\\.file\\.upload\\..*",
              "makes the submitter upload files of its own disk",
              "files that the driver can reach, such as local:// or s3a://"),
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_FILES,
              "spark\\.home",
              "makes the submitter read a configuration directory",
              REMOVE),
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_CLASSES,
              "spark\\.kubernetes\\.(driver|executor)\\.pod\\.(excludedF|f)eatureSteps",
              "loads classes into the submitter or leaves out what it relies on",
              REMOVE),
          ForbiddenKey.of(
              Rule.NO_SUBMITTER_CLASSES,
              "spark\\.security\\.credentials\\..*",
              "loads credential providers into the submitter",
              REMOVE),
          ForbiddenKey.of(
              Rule.NO_FOREIGN_ENDPOINTS,
              "spark\\.master|spark\\.submit\\.deployMode|spark\\.kubernetes\\.(context"
                  + "|driver\\.master|trust\\.certificates|submitInDriver|submission\\..*)",
              "names an API server or how to reach it, which the submitter decides",
              REMOVE),
          ForbiddenKey.of(
              Rule.NAMES_FOLLOW_THE_JOB,
              "spark\\.kubernetes\\.(executor\\.podNamePrefix|driver\\.resourceNamePrefix)",
              "names objects, whose names follow from the job id and the attempt",
              "choose the job id instead"),
          ForbiddenKey.of(
              Rule.NAMES_FOLLOW_THE_JOB,
              "spark\\.driver\\.(host|bindAddress)",
              "is the address of the driver pod, which Kubernetes decides",
              REMOVE),
          ForbiddenKey.of(
              Rule.STAY_IN_NAMESPACE,
              "spark\\.kubernetes\\.(driver|executor)\\.volumes\\.hostPath\\..*",
              "mounts a directory of the node",
              "a volume of type persistentVolumeClaim, emptyDir or nfs"));

  private ForbiddenKeys() {}
}
