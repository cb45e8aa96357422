package io.flintwheel.local.apiserver.admission;

import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.HashSet;
import java.util.Set;

/** Cluster addresses of Services, from 10.96.0.0/16. Nothing routes to them. */
final class ServiceAddresses {

  private static final String PREFIX = "10.96.";
  private static final int SIZE = 1 << 16;

  private final ObjectStore store;
  private int next = 1;

  ServiceAddresses(ObjectStore store) {
    this.store = store;
  }

  /** Whether an address is one of those that can be given. */
  static boolean contains(String address) {
    return address.startsWith(PREFIX);
  }

  String allocate() {
    Set<String> taken = new HashSet<>();
    for (StoredObject service : store.list(ResourceTypes.SERVICES, null)) {
      taken.add(Json.textOrEmpty(service.tree(), "spec", "clusterIP"));
    }
    for (int tried = 0; tried < SIZE; tried++) {
      String address = PREFIX + (next >> 8) + "." + (next & 0xff);
      next = next + 1 >= SIZE - 1 ? 1 : next + 1;
      if (!taken.contains(address)) {
        return address;
      }
    }
    throw new IllegalStateException("all 65,534 service addresses are taken");
  }
}
