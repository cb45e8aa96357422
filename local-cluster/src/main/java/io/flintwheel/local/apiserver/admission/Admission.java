package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** Defaults and checks of an object that is about to be stored. */
public final class Admission {

  private final PodAdmission pods;
  private final ServiceDefaults services;

  public Admission(ObjectStore store, RandomSuffix suffix) {
    this.pods = new PodAdmission(store, suffix);
    this.services = new ServiceDefaults(new ServiceAddresses(store));
  }

  /**
   * Completes a new object in place.
   *
   * @throws ApiFailure 422 with every wrong field, 403 when the pod may not be
   */
  public void create(ResourceType type, String namespace, ObjectNode object) {
    String name = Json.textOrEmpty(object, "metadata", "name");
    List<FieldError> errors = new ArrayList<>();
    if (type.equals(ResourceTypes.SERVICES)) {
      ServiceValidation.checkBeforeDefaults(object, errors);
    }
    defaults(type, object);
    if (type.equals(ResourceTypes.PODS)) {
      pods.admit(namespace, name, object);
      object.set("status", PodStatus.initial(object));
      if (!object.path("spec").path("ephemeralContainers").isEmpty()) {
        errors.add(FieldError.forbidden("spec.ephemeralContainers", "cannot be set on create"));
      }
    }
    errors.addAll(MetadataValidation.check(type, object));
    errors.addAll(ContentValidation.check(type, object));
    if (!errors.isEmpty()) {
      throw ApiFailure.invalid(type, name, errors);
    }
  }

  /**
   * Checks a new version of an object.
   *
   * @throws ApiFailure 422 with every wrong field
   */
  public void update(ResourceType type, ObjectNode next, ObjectNode old) {
    defaults(type, next);
    if (type.equals(ResourceTypes.PODS)) {
      pods.tolerateLostNodes(next);
    }
    List<FieldError> errors = new ArrayList<>(MetadataValidation.check(type, next));
    errors.addAll(ContentValidation.check(type, next));
    errors.addAll(ContentValidation.checkUpdate(type, next, old));
    if (!errors.isEmpty()) {
      throw ApiFailure.invalid(type, Json.textOrEmpty(old, "metadata", "name"), errors);
    }
  }

  private void defaults(ResourceType type, ObjectNode object) {
    if (type.equals(ResourceTypes.PODS)) {
      PodDefaults.fill(object);
    } else if (type.equals(ResourceTypes.SERVICES)) {
      services.fill(object);
    } else {
      OtherDefaults.fill(type, object);
    }
  }
}
