package io.flintwheel.events.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What driver and executors have in common; in JSON its fields stand in the role itself.
 *
 * <p>Kubernetes' own types stay the JSON documents they are, so that nothing of them is lost.
 *
 * @param template a PodTemplateSpec; Spark overwrites its CPU and memory
 * @param cores CPU cores of a pod; 1 when {@code sparkConf} does not say either
 * @param coreLimit the container's CPU limit, a quantity
 * @param memory JVM heap, such as {@code 512m}; {@code 1g} when {@code sparkConf} does not say
 *     either
 * @param memoryOverhead beside the heap, as Spark writes memory
 * @param memoryLimit the container's memory limit alone
 * @param gpu graphics processors
 * @param image the application's when not given
 * @param configMaps ConfigMaps to mount
 * @param secrets Secrets to mount
 * @param env EnvVar documents
 * @param envVars plain variables; deprecated upstream in favour of {@code env}
 * @param envFrom EnvFromSource documents
 * @param envSecretKeyRefs variables from Secrets; deprecated upstream in favour of {@code env}
 * @param labels of the pods
 * @param annotations of the pods
 * @param volumeMounts VolumeMount documents
 * @param affinity an Affinity
 * @param tolerations Toleration documents
 * @param podSecurityContext a PodSecurityContext
 * @param securityContext a SecurityContext of Spark's container
 * @param schedulerName who places the pods
 * @param sidecars Container documents beside Spark's
 * @param initContainers Container documents before Spark's
 * @param hostNetwork whether the pods share their node's network
 * @param nodeSelector labels that a node must have
 * @param dnsConfig a PodDNSConfig
 * @param terminationGracePeriodSeconds before a pod that is deleted is killed
 * @param serviceAccount whom the pods act as
 * @param hostAliases HostAlias documents
 * @param shareProcessNamespace whether the containers of a pod see each other's processes
 */
public record SparkPodSpec(
    @Nullable ObjectNode template,
    @Bounds(min = 1, max = Integer.MAX_VALUE) @Nullable Integer cores,
    @Syntax(pattern = Syntax.QUANTITY, says = Syntax.QUANTITY_SAYS) @Nullable String coreLimit,
    @Syntax(pattern = Syntax.MEMORY, says = Syntax.MEMORY_SAYS) @Nullable String memory,
    @Syntax(pattern = Syntax.MEMORY, says = Syntax.MEMORY_SAYS) @Nullable String memoryOverhead,
    @Syntax(pattern = Syntax.MEMORY_LIMIT, says = Syntax.MEMORY_LIMIT_SAYS)
        @Nullable String memoryLimit,
    @Nullable Gpu gpu,
    @Nullable String image,
    List<NamePath> configMaps,
    List<SecretInfo> secrets,
    List<ObjectNode> env,
    Map<String, String> envVars,
    List<ObjectNode> envFrom,
    Map<String, NameKey> envSecretKeyRefs,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<ObjectNode> volumeMounts,
    @Nullable ObjectNode affinity,
    List<ObjectNode> tolerations,
    @Nullable ObjectNode podSecurityContext,
    @Nullable ObjectNode securityContext,
    @Nullable String schedulerName,
    List<ObjectNode> sidecars,
    List<ObjectNode> initContainers,
    @Nullable Boolean hostNetwork,
    Map<String, String> nodeSelector,
    @Nullable ObjectNode dnsConfig,
    @Bounds(min = 0) @Nullable Long terminationGracePeriodSeconds,
    @Nullable String serviceAccount,
    List<ObjectNode> hostAliases,
    @Nullable Boolean shareProcessNamespace) {}
