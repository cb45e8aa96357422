package io.flintwheel.local.apiserver.schema;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.Map;

/** The shape of each type that is stored. */
final class Schemas {

  private static final Map<ResourceType, Class<?>> MODELS =
      Map.ofEntries(
          Map.entry(ResourceTypes.CONFIG_MAPS, ConfigMap.class),
          Map.entry(ResourceTypes.ENDPOINTS, Endpoints.class),
          Map.entry(ResourceTypes.EVENTS, Event.class),
          Map.entry(ResourceTypes.LIMIT_RANGES, LimitRange.class),
          Map.entry(ResourceTypes.NAMESPACES, Namespace.class),
          Map.entry(ResourceTypes.NODES, Node.class),
          Map.entry(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, PersistentVolumeClaim.class),
          Map.entry(ResourceTypes.PERSISTENT_VOLUMES, PersistentVolume.class),
          Map.entry(ResourceTypes.PODS, Pod.class),
          Map.entry(ResourceTypes.RESOURCE_QUOTAS, ResourceQuota.class),
          Map.entry(ResourceTypes.SECRETS, Secret.class),
          Map.entry(ResourceTypes.SERVICE_ACCOUNTS, ServiceAccount.class),
          Map.entry(ResourceTypes.SERVICES, Service.class),
          Map.entry(ResourceTypes.LEASES, Lease.class),
          Map.entry(ResourceTypes.ENDPOINT_SLICES, EndpointSlice.class),
          Map.entry(ResourceTypes.POD_DISRUPTION_BUDGETS, PodDisruptionBudget.class),
          Map.entry(ResourceTypes.ROLES, Role.class),
          Map.entry(ResourceTypes.ROLE_BINDINGS, RoleBinding.class),
          Map.entry(ResourceTypes.CLUSTER_ROLES, ClusterRole.class),
          Map.entry(ResourceTypes.CLUSTER_ROLE_BINDINGS, ClusterRoleBinding.class),
          Map.entry(ResourceTypes.PRIORITY_CLASSES, PriorityClass.class));

  private Schemas() {}

  static Schema of(ResourceType type) {
    Class<?> model = MODELS.get(type);
    return model == null ? new Schema.Any() : new Schema.Struct(type.kind(), model);
  }
}
