package io.flintwheel.local.apiserver.resource;

import static io.flintwheel.local.apiserver.resource.ResourceType.Trait.CREATE_ON_UPDATE;
import static io.flintwheel.local.apiserver.resource.ResourceType.Trait.GENERATION;
import static io.flintwheel.local.apiserver.resource.ResourceType.Trait.RETURNS_DELETED;
import static io.flintwheel.local.apiserver.resource.ResourceType.Trait.REVIEW;
import static io.flintwheel.local.apiserver.resource.ResourceType.Trait.VERSIONED_UPDATE;
import static io.flintwheel.local.apiserver.resource.ResourceType.Trait.VIEW;

import io.flintwheel.local.apiserver.resource.ResourceType.Trait;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every type that the server knows. */
public final class ResourceTypes {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private static final Map<String, ResourceType> BY_PATH = new LinkedHashMap<>();
  private static final Map<String, ResourceType> BY_KIND = new LinkedHashMap<>();

  private static final List<String> ALL = List.of("all");
  private static final List<String> NONE = List.of();
  private static final Set<String> STATUS = Set.of("status");

  public static final ResourceType BINDINGS =
      add("", "v1", "bindings", "Binding", true, NONE, NONE, Set.of(), REVIEW);
  public static final ResourceType CONFIG_MAPS =
      add("", "v1", "configmaps", "ConfigMap", true, List.of("cm"), NONE, Set.of());
  public static final ResourceType ENDPOINTS =
      add(
          "",
          "v1",
          "endpoints",
          "Endpoints",
          true,
          List.of("ep"),
          NONE,
          Set.of(),
          CREATE_ON_UPDATE);
  public static final ResourceType EVENTS =
      add("", "v1", "events", "Event", true, List.of("ev"), NONE, Set.of(), CREATE_ON_UPDATE);
  public static final ResourceType LIMIT_RANGES =
      add("", "v1", "limitranges", "LimitRange", true, List.of("limits"), NONE, Set.of());
  public static final ResourceType NAMESPACES =
      add("", "v1", "namespaces", "Namespace", false, List.of("ns"), NONE, STATUS);
  public static final ResourceType NODES =
      add("", "v1", "nodes", "Node", false, List.of("no"), NONE, STATUS);
  public static final ResourceType PERSISTENT_VOLUME_CLAIMS =
      add(
          "",
          "v1",
          "persistentvolumeclaims",
          "PersistentVolumeClaim",
          true,
          List.of("pvc"),
          NONE,
          STATUS,
          RETURNS_DELETED);
  public static final ResourceType PERSISTENT_VOLUMES =
      add(
          "",
          "v1",
          "persistentvolumes",
          "PersistentVolume",
          false,
          List.of("pv"),
          NONE,
          STATUS,
          RETURNS_DELETED);
  public static final ResourceType PODS =
      add(
          "",
          "v1",
          "pods",
          "Pod",
          true,
          List.of("po"),
          ALL,
          Set.of("status", "log", "binding", "eviction"),
          GENERATION,
          RETURNS_DELETED);
  public static final ResourceType RESOURCE_QUOTAS =
      add(
          "",
          "v1",
          "resourcequotas",
          "ResourceQuota",
          true,
          List.of("quota"),
          NONE,
          STATUS,
          RETURNS_DELETED);
  public static final ResourceType SECRETS =
      add("", "v1", "secrets", "Secret", true, NONE, NONE, Set.of());
  public static final ResourceType SERVICE_ACCOUNTS =
      add(
          "",
          "v1",
          "serviceaccounts",
          "ServiceAccount",
          true,
          List.of("sa"),
          NONE,
          Set.of("token"),
          RETURNS_DELETED);
  public static final ResourceType SERVICES =
      add("", "v1", "services", "Service", true, List.of("svc"), ALL, STATUS, RETURNS_DELETED);

  public static final ResourceType LEASES =
      add(
          "coordination.k8s.io",
          "v1",
          "leases",
          "Lease",
          true,
          NONE,
          NONE,
          Set.of(),
          CREATE_ON_UPDATE,
          VERSIONED_UPDATE);
  public static final ResourceType EVENTS_V1 =
      add("events.k8s.io", "v1", "events", "Event", true, List.of("ev"), NONE, Set.of(), VIEW);
  public static final ResourceType ENDPOINT_SLICES =
      add(
          "discovery.k8s.io",
          "v1",
          "endpointslices",
          "EndpointSlice",
          true,
          NONE,
          NONE,
          Set.of(),
          GENERATION);
  public static final ResourceType POD_DISRUPTION_BUDGETS =
      add(
          "policy",
          "v1",
          "poddisruptionbudgets",
          "PodDisruptionBudget",
          true,
          List.of("pdb"),
          NONE,
          STATUS,
          GENERATION);
  public static final ResourceType ROLES =
      add(RBAC, "v1", "roles", "Role", true, NONE, NONE, Set.of(), CREATE_ON_UPDATE);
  public static final ResourceType ROLE_BINDINGS =
      add(RBAC, "v1", "rolebindings", "RoleBinding", true, NONE, NONE, Set.of(), CREATE_ON_UPDATE);
  public static final ResourceType CLUSTER_ROLES =
      add(RBAC, "v1", "clusterroles", "ClusterRole", false, NONE, NONE, Set.of(), CREATE_ON_UPDATE);
  public static final ResourceType CLUSTER_ROLE_BINDINGS =
      add(
          RBAC,
          "v1",
          "clusterrolebindings",
          "ClusterRoleBinding",
          false,
          NONE,
          NONE,
          Set.of(),
          CREATE_ON_UPDATE);
  public static final ResourceType PRIORITY_CLASSES =
      add(
          "scheduling.k8s.io",
          "v1",
          "priorityclasses",
          "PriorityClass",
          false,
          List.of("pc"),
          NONE,
          Set.of(),
          GENERATION);
  public static final ResourceType TOKEN_REVIEWS =
      add(
          "authentication.k8s.io",
          "v1",
          "tokenreviews",
          "TokenReview",
          false,
          NONE,
          NONE,
          Set.of(),
          REVIEW);
  public static final ResourceType SELF_SUBJECT_REVIEWS =
      add(
          "authentication.k8s.io",
          "v1",
          "selfsubjectreviews",
          "SelfSubjectReview",
          false,
          NONE,
          NONE,
          Set.of(),
          REVIEW);
  public static final ResourceType SELF_SUBJECT_ACCESS_REVIEWS =
      add(
          "authorization.k8s.io",
          "v1",
          "selfsubjectaccessreviews",
          "SelfSubjectAccessReview",
          false,
          NONE,
          NONE,
          Set.of(),
          REVIEW);
  public static final ResourceType SELF_SUBJECT_RULES_REVIEWS =
      add(
          "authorization.k8s.io",
          "v1",
          "selfsubjectrulesreviews",
          "SelfSubjectRulesReview",
          false,
          NONE,
          NONE,
          Set.of(),
          REVIEW);
  public static final ResourceType SUBJECT_ACCESS_REVIEWS =
      add(
          "authorization.k8s.io",
          "v1",
          "subjectaccessreviews",
          "SubjectAccessReview",
          false,
          NONE,
          NONE,
          Set.of(),
          REVIEW);

  private ResourceTypes() {}

  /** All types, the core group first. */
  public static List<ResourceType> all() {
    return List.copyOf(BY_PATH.values());
  }

  /** The group versions served beside the core one, as {@code group/version}. */
  public static Set<String> groupVersions() {
    Set<String> found = new LinkedHashSet<>();
    for (ResourceType type : BY_PATH.values()) {
      if (!type.group().isEmpty()) {
        found.add(type.apiVersion());
      }
    }
    return found;
  }

  public static List<ResourceType> of(String apiVersion) {
    return BY_PATH.values().stream().filter(type -> type.apiVersion().equals(apiVersion)).toList();
  }

  public static Optional<ResourceType> find(String apiVersion, String plural) {
    return Optional.ofNullable(BY_PATH.get(apiVersion + "/" + plural));
  }

  public static Optional<ResourceType> ofKind(@Nullable String apiVersion, @Nullable String kind) {
    return Optional.ofNullable(BY_KIND.get(apiVersion + "/" + kind));
  }

  private static ResourceType add(
      String group,
      String version,
      String plural,
      String kind,
      boolean namespaced,
      List<String> shortNames,
      List<String> categories,
      Set<String> subresources,
      Trait... traits) {
    ResourceType type =
        new ResourceType(
            group,
            version,
            plural,
            kind,
            namespaced,
            shortNames,
            categories,
            subresources,
            Set.of(traits));
    BY_PATH.put(type.apiVersion() + "/" + plural, type);
    BY_KIND.put(type.apiVersion() + "/" + kind, type);
    return type;
  }
}
