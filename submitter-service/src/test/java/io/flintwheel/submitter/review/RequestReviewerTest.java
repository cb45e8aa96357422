package io.flintwheel.submitter.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReviewerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          proxyUser | nobody
          imagePullSecrets | [regcred]
          hadoopConf | {fs.defaultFS: x}
          sparkConfigMap | conf
          hadoopConfigMap | conf
          volumes | [{name: v, emptyDir: {}}]
          deps | {jars: [local:///a.jar]}
          nodeSelector | {disk: ssd}
          memoryOverheadFactor | "0.2"
          monitoring | {exposeDriverMetrics: true, exposeExecutorMetrics: true}
          batchScheduler | volcano
          timeToLiveSeconds | 60
          sparkUIOptions | {servicePort: 4040}
          driverIngressOptions | [{servicePort: 80, servicePortName: x, ingressURLFormat: x}]
          dynamicAllocation | {enabled: true}
          suspend | true
          failureRetries | 1
          driverPodDisruptionBudget | true
          driver.podName | other
          driver.coreRequest | 500m
          driver.coreLimit | 1200m
          driver.javaOptions | -Xss4m
          driver.memoryOverhead | 512m
          driver.template | {spec: {hostNetwork: true}}
          driver.volumeMounts | [{name: v, mountPath: /v}]
          driver.sidecars | [{name: s, image: i}]
          driver.initContainers | [{name: s, image: i}]
          driver.hostNetwork | true
          driver.tolerations | [{operator: Exists}]
          driver.envVars | {A: b}
          driver.envFrom | [{secretRef: {name: s}}]
          driver.kubernetesMaster | https://elsewhere
          driver.annotations | {a: b}
          driver.podSecurityContext | {fsGroup: 185}
          driver.priorityClassName | high
          executor.deleteOnTermination | false
          executor.coreRequest | 500m
          executor.gpu | {name: nvidia.com/gpu, quantity: 1}
          executor.schedulerName | volcano
          executor.secrets | [{name: s, path: /s, secretType: Generic}]
          """)
  void refusesKnownFieldsThatDoNothingYetByName(String path, String yaml) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiWith(path, yaml));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec." + path);
              assertThat(problem.message()).isEqualTo("this field is not supported yet");
              assertThat(problem.expected()).startsWith("remove it; supported beside it are ");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode | client | spec.mode
          restartPolicy | {type: OnFailure, onFailureRetries: 3} | spec.restartPolicy.type
          restartPolicy | {type: Always} | spec.restartPolicy.type
          mainApplicationFile | /etc/passwd | spec.mainApplicationFile
          mainApplicationFile | local:///${system:user.home}/a.jar | spec.mainApplicationFile
          mainClass | "" | spec.mainClass
          image | "" | spec.image
          image | x:${system:user.home} | spec.image
          sparkVersion | "4.1.1 (mine)" | spec.sparkVersion
          sparkVersion | system | spec.sparkVersion
          sparkVersion | "{{SPARK_VERSION}}" | spec.sparkVersion
          image | "x/${{{SPARK_VERSION}}:user.home}" | spec.image
          mainApplicationFile | "local:///{{SPARK_VERSION}}.jar" | spec.mainApplicationFile
          driver.cores | zero | spec.driver.cores
          driver.serviceAccount | Not_A_Name | spec.driver.serviceAccount
          driver.labels | {flintwheel.io/job-id: other} | spec.driver.labels[flintwheel.io/job-id]
          executor.labels | {spark-role: driver} | spec.executor.labels[spark-role]
          executor.labels | {a b: c} | spec.executor.labels[a b]
          driver.env | [{value: x}] | spec.driver.env[0].name
          driver.env | [{name: 1x}] | spec.driver.env[0].name
          executor.env | [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: a}}}] | spec.executor.env[0]
          executor.env | [{name: A, valueFrom: {}}] | spec.executor.env[0].valueFrom
          executor.securityContext | {runAsUser: root} | spec.executor.securityContext.runAsUser
          executor.securityContext | {capabilities: {drop: [[ALL]]}} | spec.executor.securityContext.capabilities.drop[0]
          driver.env | [{name: A, valueFrom: {fieldRef: x}}] | spec.driver.env[0].valueFrom.fieldRef
          executor.securityContext | {procMount: Bogus} | spec.executor.securityContext.procMount
          executor.securityContext | {runAsUser: -1} | spec.executor.securityContext.runAsUser
          driver.securityContext | {runAsGroup: 2147483648} | spec.driver.securityContext.runAsGroup
          executor.securityContext | {seccompProfile: {}} | spec.executor.securityContext.seccompProfile.type
          executor.securityContext | {seccompProfile: {type: Other}} | spec.executor.securityContext.seccompProfile.type
          executor.securityContext | {appArmorProfile: {type: Localhost}} | spec.executor.securityContext.appArmorProfile.localhostProfile
          executor.securityContext | {seccompProfile: {type: Unconfined, localhostProfile: x}} | spec.executor.securityContext.seccompProfile.localhostProfile
          executor.securityContext | {allowPrivilegeEscalation: false, privileged: true} | spec.executor.securityContext.allowPrivilegeEscalation
          executor.securityContext | {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}} | spec.executor.securityContext.allowPrivilegeEscalation
          executor.env | [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.generateName}}}] | spec.executor.env[0].valueFrom.fieldRef.fieldPath
          executor.env | [{name: A, valueFrom: {fieldRef: {}}}] | spec.executor.env[0].valueFrom.fieldRef.fieldPath
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: cpu}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.resource
          executor.env | [{name: A, valueFrom: {configMapKeyRef: {key: a}}}] | spec.executor.env[0].valueFrom.configMapKeyRef.name
          executor.env | [{name: A, valueFrom: {secretKeyRef: {name: s}}}] | spec.executor.env[0].valueFrom.secretKeyRef.key
          executor.env | [{name: A, valueFrom: {secretKeyRef: {name: s, key: a/b}}}] | spec.executor.env[0].valueFrom.secretKeyRef.key
          executor.env | [{name: A, valueFrom: {fieldRef: {apiVersion: v2, fieldPath: metadata.name}}}] | spec.executor.env[0].valueFrom.fieldRef.apiVersion
          driver.env | [{name: A, valueFrom: {fieldRef: {apiVersion: v2, fieldPath: metadata.name}}}] | spec.driver.env[0].valueFrom.fieldRef.apiVersion
          executor.env | [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['bad key!']"}}}] | spec.executor.env[0].valueFrom.fieldRef.fieldPath
          driver.env | [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['Big.example.com/a']"}}}] | spec.driver.env[0].valueFrom.fieldRef.fieldPath
          executor.env | [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['a/b/c']"}}}] | spec.executor.env[0].valueFrom.fieldRef.fieldPath
          executor.env | [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['']"}}}] | spec.executor.env[0].valueFrom.fieldRef.fieldPath
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: "3"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: "1k"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: "1m"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: "1024"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: requests.ephemeral-storage, divisor: "1000Ki"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: "1e3"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.hugepages-2Mi, divisor: "2"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: "much"}}}] | spec.executor.env[0].valueFrom.resourceFieldRef.divisor
          driver.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 3}}}] | spec.driver.env[0].valueFrom.resourceFieldRef.divisor
          executor.env | [{name: A, valueFrom: {secretKeyRef: {name: s, key: ..a}}}] | spec.executor.env[0].valueFrom.secretKeyRef.key
          driver.env | [{name: A, valueFrom: {configMapKeyRef: {name: s, key: ..a}}}] | spec.driver.env[0].valueFrom.configMapKeyRef.key
          executor.env | [{name: A, valueFrom: {secretKeyRef: {name: Bad_Name, key: a}}}] | spec.executor.env[0].valueFrom.secretKeyRef.name
          executor.securityContext | {seccompProfile: {type: Localhost, localhostProfile: /a.json}} | spec.executor.securityContext.seccompProfile.localhostProfile
          driver.securityContext | {seccompProfile: {type: Localhost, localhostProfile: a/../b.json}} | spec.driver.securityContext.seccompProfile.localhostProfile
          executor.securityContext | {seccompProfile: {type: RuntimeDefault, localhostProfile: ""}} | spec.executor.securityContext.seccompProfile.localhostProfile
          executor.securityContext | {appArmorProfile: {type: Localhost, localhostProfile: " a"}} | spec.executor.securityContext.appArmorProfile.localhostProfile
          driver.securityContext | {appArmorProfile: {type: Localhost, localhostProfile: "a\\u00a0"}} | spec.driver.securityContext.appArmorProfile.localhostProfile
          executor.securityContext | {appArmorProfile: {type: Unconfined, localhostProfile: ""}} | spec.executor.securityContext.appArmorProfile.localhostProfile
          executor.securityContext | {procMount: Unmasked} | spec.executor.securityContext.procMount
          executor.securityContext | {windowsOptions: {runAsUserName: a}} | spec.executor.securityContext.windowsOptions
          driver.securityContext | {windowsOptions: {}} | spec.driver.securityContext.windowsOptions
          driver.env | [{name: A}, {name: JAVA_TOOL_OPTIONS, value: -Dspark.master=x}] | spec.driver.env[1].value
          sparkConf | {spark.driver.extraJavaOptions: -Dspark.home=x} | spec.sparkConf[spark.driver.extraJavaOptions]
          executor.env | [{name: A, value: a}, {name: SPARK_LOCAL_DIRS, value: /x}] | spec.executor.env[1].name
          executor.env | [{name: MINE, value: "/$(SPARK_EXECUTOR_POD_IP)"}] | spec.executor.env[0].value
          """)
  void namesTheFieldThatIsWrong(String path, String yaml, String field) {
    List<Problem> problems = Reviewers.problems(Requests.sparkPiWith(path, yaml));

    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.expected()).isNotBlank())
        .extracting(Problem::field)
        .contains(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode | cluster
          restartPolicy | {type: Never}
          suspend | false
          driver.hostNetwork | false
          imagePullPolicy | Always
          executor.instances | 3
          driver.labels | {version: 4.1.1}
          executor.env | [{name: A, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: "metadata.annotations['Big.Example.com/A']"}}}]
          executor.env | [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['example.com/A_b']"}}}]
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}]
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1000m}}}]
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 0}}}]
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}]
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1000}}}]
          executor.env | [{name: A, valueFrom: {resourceFieldRef: {resource: requests.ephemeral-storage, divisor: 1E}}}]
          driver.env | [{name: A, valueFrom: {resourceFieldRef: {resource: requests.memory, divisor: 1}}}]
          executor.env | [{name: A, valueFrom: {secretKeyRef: {name: a.b, key: .dockerconfigjson}}}]
          executor.securityContext | {procMount: Default}
          executor.securityContext | {seccompProfile: {type: Localhost, localhostProfile: a/b..c.json}}
          executor.securityContext | {appArmorProfile: {type: Localhost, localhostProfile: a b}}
          """)
  void admitsWhatIsHonoured(String path, String yaml) {
    Review review = Reviewers.standard().review(Requests.sparkPiWith(path, yaml));

    assertThat(review).isInstanceOf(Review.Admitted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          driver.securityContext | {frob: 1} | spec.driver.securityContext.frob
          executor.securityContext | {seccompProfile: {type: Localhost, localhostProfile: a.json}, x: 1} | spec.executor.securityContext.x
          executor.env | [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['a']"}}, x: 1}] | spec.executor.env[0].x
          driver.securityContext | {capabilities: {dropp: [ALL]}} | spec.driver.securityContext.capabilities.dropp
          executor.securityContext | {seccompProfile: {type: RuntimeDefault, kind: {a: 1}}} | spec.executor.securityContext.seccompProfile.kind
          driver.env | [{name: A, val: x}] | spec.driver.env[0].val
          driver.env | [{name: A, valueFrom: {secretKeyRef: {name: s, key: k, opt: true}}}] | spec.driver.env[0].valueFrom.secretKeyRef.opt
          """)
  void warnsOfUnknownFieldsOfKubernetesDocumentsAtAnyDepth(String path, String yaml, String field) {
    Review review = Reviewers.standard().review(Requests.sparkPiWith(path, yaml));

    assertThat(review)
        .isInstanceOfSatisfying(
            Review.Admitted.class,
            admitted ->
                assertThat(admitted.warnings()).extracting(Problem::field).containsExactly(field));
  }

  @ParameterizedTest
  @CsvSource({"Python, spec.mainClass", "R, spec.mainClass", "Scala,"})
  void warnsOfAMainClassThatHasNoEffect(String type, String field) {
    Review review = Reviewers.standard().review(Requests.sparkPiWith("type", type));

    assertThat(review)
        .isInstanceOfSatisfying(
            Review.Admitted.class,
            admitted ->
                assertThat(admitted.warnings())
                    .extracting(Problem::field)
                    .isEqualTo(field == null ? List.of() : List.of(field)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void refusesAServiceAccountInTheConfigurationThatCannotBe(String role) {
    String key = "spark.kubernetes.authenticate." + role + ".serviceAccountName";

    List<Problem> problems = Reviewers.problems(Requests.sparkPiConfigured(key, "Bad Name"));

    assertThat(problems).extracting(Problem::field).contains("spec.sparkConf[" + key + "]");
  }

  @Test
  void warnsOfUnknownFieldsWithTheirPath() {
    Review review = Reviewers.standard().review(Requests.sparkPiWith("driver.corez", "1"));

    assertThat(review)
        .isInstanceOfSatisfying(
            Review.Admitted.class,
            admitted ->
                assertThat(admitted.warnings())
                    .singleElement()
                    .extracting(Problem::field)
                    .isEqualTo("spec.driver.corez"));
  }

  @Test
  void refusesANamespaceThatIsNotAllowedAndSaysWhichAre() {
    Event<JobRequested> request =
        Requests.ofYaml(
            "{jobId: x, namespace: kube-system, spec: " + Requests.SPEC_IN_ONE_LINE + "}");

    List<Problem> problems = Reviewers.problems(request);

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("namespace");
              assertThat(problem.message()).contains("rule stay-in-namespace", "kube-system");
              assertThat(problem.expected()).isEqualTo("one of default");
            });
  }

  @Test
  void tellsAllProblemsAtOnce() {
    Event<JobRequested> request =
        Requests.withSpec(
            "many",
            """
            type: Scala
            mode: client
            image: spark
            mainApplicationFile: /a.jar
            sparkVersion: 4.1.1
            sparkConf: {spark.home: /, spark.master: local}
            driver: {hostNetwork: true}
            executor: {}
            """);

    List<Problem> problems = Reviewers.problems(request);

    assertThat(problems)
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "spec.mode",
            "spec.mainClass",
            "spec.mainApplicationFile",
            "spec.sparkConf[spark.home]",
            "spec.sparkConf[spark.master]",
            "spec.driver.hostNetwork");
  }

  @Test
  void offersNoProcMountThatIsRefusedAnyway() {
    List<Problem> problems =
        Reviewers.problems(
            Requests.sparkPiWith("executor.securityContext", "{procMount: Unmasked}"));

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains("hostUsers", "not supported");
              assertThat(problem.expected()).isEqualTo("Default, or nothing");
            });
  }

  @Test
  void refusesAnAppArmorProfileWhoseNameIsTooLong() {
    String name = "é".repeat(2048);

    List<Problem> problems =
        Reviewers.problems(
            Requests.sparkPiWith(
                "executor.securityContext",
                "{appArmorProfile: {type: Localhost, localhostProfile: " + name + "}}"));

    assertThat(problems).singleElement().extracting(Problem::expected).asString().contains("4095");
  }
}
