package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.DeleteOptions;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.WriteOptions;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.Change;
import io.flintwheel.local.apiserver.store.Change.Kind;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Furnishes new namespaces with the default service account and the authority's certificate, and
 * empties deleted ones.
 */
public final class Namespaces {

  private static final String ROOT_CERTIFICATE = "kube-root-ca.crt";

  private final Objects objects;
  private final Executor later;
  private final String authority;

  /**
   * Begins to watch over the namespaces of a store.
   *
   * @param later runs a task on the server's event loop after the present one
   * @param authority PEM of the cluster's authority
   */
  public Namespaces(Objects objects, Executor later, String authority) {
    this.objects = objects;
    this.later = later;
    this.authority = authority;
    objects.store().listen(this::changed);
  }

  private void changed(Change change) {
    if (change.type().equals(ResourceTypes.NAMESPACES)) {
      if (change.kind() == Kind.ADDED) {
        later.execute(() -> furnish(change.object().key().name()));
      } else if (change.kind() == Kind.MODIFIED && change.object().terminating()) {
        later.execute(() -> empty(change.object().key().name()));
      }
    } else if (change.kind() == Kind.DELETED && change.type().namespaced()) {
      String namespace = change.object().key().namespace();
      objects
          .store()
          .find(ResourceTypes.NAMESPACES, "", namespace)
          .filter(StoredObject::terminating)
          .ifPresent(unused -> later.execute(() -> empty(namespace)));
      restore(change.object());
    }
  }

  private void restore(StoredObject deleted) {
    boolean furnishing =
        (deleted.type().equals(ResourceTypes.CONFIG_MAPS)
                && deleted.key().name().equals(ROOT_CERTIFICATE))
            || (deleted.type().equals(ResourceTypes.SERVICE_ACCOUNTS)
                && deleted.key().name().equals("default"));
    if (furnishing) {
      later.execute(() -> furnish(deleted.key().namespace()));
    }
  }

  /** Idempotent. */
  public void furnish(String namespace) {
    boolean active =
        objects
            .store()
            .find(ResourceTypes.NAMESPACES, "", namespace)
            .filter(found -> !found.terminating())
            .isPresent();
    if (!active) {
      return;
    }
    if (objects.store().get(ResourceTypes.SERVICE_ACCOUNTS, namespace, "default") == null) {
      ObjectNode account = Json.object();
      account.putObject("metadata").put("name", "default");
      objects
          .creation()
          .create(ResourceTypes.SERVICE_ACCOUNTS, namespace, account, WriteOptions.CONTROL_PLANE);
    }
    if (objects.store().get(ResourceTypes.CONFIG_MAPS, namespace, ROOT_CERTIFICATE) == null) {
      ObjectNode certificate = Json.object();
      certificate.putObject("metadata").put("name", ROOT_CERTIFICATE);
      certificate.putObject("data").put("ca.crt", authority);
      objects
          .creation()
          .create(ResourceTypes.CONFIG_MAPS, namespace, certificate, WriteOptions.CONTROL_PLANE);
    }
  }

  private void empty(String name) {
    StoredObject namespace = objects.store().get(ResourceTypes.NAMESPACES, "", name);
    if (namespace == null || !namespace.terminating()) {
      return;
    }
    boolean empty = true;
    for (ResourceType type : ResourceTypes.all()) {
      if (!type.namespaced()) {
        continue;
      }
      for (StoredObject object : List.copyOf(objects.store().list(type, name))) {
        if (!object.terminating()) {
          objects.deletion().delete(object, DeleteOptions.GRACEFUL);
        }
        empty &= objects.store().findByUid(object.uid()).isEmpty();
      }
    }
    StoredObject latest = objects.store().get(ResourceTypes.NAMESPACES, "", name);
    if (empty && latest != null && latest.terminating()) {
      objects.store().remove(latest);
    }
  }
}
