package io.flintwheel.local.apiserver.http;

import java.util.Locale;

/** What a request does, in the words of RBAC. */
enum Verb {
  GET,
  LIST,
  WATCH,
  CREATE,
  UPDATE,
  PATCH,
  DELETE,
  DELETECOLLECTION,
  NONE;

  String rbac() {
    return name().toLowerCase(Locale.ROOT);
  }
}
